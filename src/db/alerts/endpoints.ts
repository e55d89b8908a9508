import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { endpoints } from "../schema/delivery.ts";

/** Where alerts go, as stored; the secrets are sealed. */
export type Endpoint = typeof endpoints.$inferSelect;

/** An endpoint to be made, or to take the place of the one of this name. */
export type NewEndpoint = Pick<Endpoint, "kind" | "name" | "address" | "secret"> &
  Partial<Pick<Endpoint, "format" | "owner">>;

/** Makes an endpoint, or gives the one of this name a new address (and secret); then it is on, and nothing is held against it. */
export async function saveEndpoint(db: Database, endpoint: NewEndpoint, now: Date): Promise<number> {
  const anew = { enabled: true, disabledBecause: null, failingSince: null, previousSecret: null };
  const [row] = await db
    .insert(endpoints)
    .values({ ...endpoint, createdAt: now })
    .onConflictDoUpdate({
      target: endpoints.name,
      set: { format: "parley", owner: null, ...endpoint, ...anew, previousSecretUntil: null },
    })
    .returning({ id: endpoints.id });
  return row?.id ?? Number.NaN;
}

/** Lists all endpoints. */
export async function allEndpoints(db: Database): Promise<readonly Endpoint[]> {
  return db.select().from(endpoints).orderBy(asc(endpoints.id));
}

/** Finds endpoints by their ids. */
export async function endpointsByIds(db: Database, ids: readonly number[]): Promise<readonly Endpoint[]> {
  return ids.length === 0
    ? []
    : db
        .select()
        .from(endpoints)
        .where(inArray(endpoints.id, [...ids]));
}

/** Finds the endpoint of a name; null when there is none. */
export async function endpointNamed(db: Database, name: string): Promise<Endpoint | null> {
  const [row] = await db.select().from(endpoints).where(eq(endpoints.name, name));
  return row ?? null;
}

/** Switches an endpoint off and says why; tells whether it was on until now. */
export async function disableEndpoint(db: Database, endpointId: number, because: string): Promise<boolean> {
  const changed = await db
    .update(endpoints)
    .set({ enabled: false, disabledBecause: because })
    .where(and(eq(endpoints.id, endpointId), endpoints.enabled))
    .returning({ id: endpoints.id });
  return changed.length > 0;
}

/** Switches an endpoint on again; tells whether there is one of this name. */
export async function enableEndpoint(db: Database, name: string): Promise<boolean> {
  const changed = await db
    .update(endpoints)
    .set({ enabled: true, disabledBecause: null, failingSince: null })
    .where(eq(endpoints.name, name))
    .returning({ id: endpoints.id });
  return changed.length > 0;
}

/**
 * Gives a webhook a new secret; the one before signs too until a moment.
 *
 * @returns Whether there is a webhook of this name.
 */
export async function rotateSecret(
  db: Database,
  name: string,
  secret: Uint8Array,
  previousUntil: Date,
): Promise<boolean> {
  const changed = await db
    .update(endpoints)
    .set({ secret, previousSecret: sql`${endpoints.secret}`, previousSecretUntil: previousUntil })
    .where(and(eq(endpoints.name, name), eq(endpoints.kind, "webhook")))
    .returning({ id: endpoints.id });
  return changed.length > 0;
}

/** Notes that an endpoint took a delivery, or since when it takes none; gives since when. */
export async function noteEndpointHealth(
  db: Database,
  endpointId: number,
  took: boolean,
  now: Date,
): Promise<Date | null> {
  if (took) {
    await db
      .update(endpoints)
      .set({ failingSince: null })
      .where(and(eq(endpoints.id, endpointId), sql`${endpoints.failingSince} is not null`));
    return null;
  }
  await db
    .update(endpoints)
    .set({ failingSince: now })
    .where(and(eq(endpoints.id, endpointId), isNull(endpoints.failingSince)));
  const [row] = await db
    .select({ failingSince: endpoints.failingSince })
    .from(endpoints)
    .where(eq(endpoints.id, endpointId));
  return row?.failingSince ?? null;
}
