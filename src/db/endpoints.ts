import { asc, eq } from "drizzle-orm";
import type { Database } from "./client.ts";
import { endpoints } from "./schema/delivery.ts";

/** Where alerts go, as stored; the secret is sealed. */
export type Endpoint = typeof endpoints.$inferSelect;

/** Makes an endpoint, or gives the one of this name a new address (and secret). */
export async function saveEndpoint(
  db: Database,
  endpoint: {
    readonly kind: "webhook" | "mail";
    readonly name: string;
    readonly address: string;
    readonly secret: Uint8Array | null;
  },
  now: Date,
): Promise<number> {
  const [row] = await db
    .insert(endpoints)
    .values({ ...endpoint, createdAt: now })
    .onConflictDoUpdate({ target: endpoints.name, set: { ...endpoint, enabled: true, disabledBecause: null } })
    .returning({ id: endpoints.id });
  return row?.id ?? Number.NaN;
}

/** Lists all endpoints. */
export async function allEndpoints(db: Database): Promise<readonly Endpoint[]> {
  return db.select().from(endpoints).orderBy(asc(endpoints.id));
}

/** Switches an endpoint off and says why. */
export async function disableEndpoint(db: Database, endpointId: number, because: string): Promise<void> {
  await db.update(endpoints).set({ enabled: false, disabledBecause: because }).where(eq(endpoints.id, endpointId));
}
