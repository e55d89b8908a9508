import { and, asc, eq, gte, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import { Failure } from "../../domain/failure.ts";
import type { Database } from "../client.ts";
import { deliveries, deliveryAttempts, endpoints } from "../schema/delivery.ts";
import { storable } from "../storable.ts";

/** A delivery that waits to be made, with the endpoint it goes to. */
export type PendingDelivery = {
  readonly id: string;
  readonly body: string;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date;
  readonly endpoint: typeof endpoints.$inferSelect;
};

/** Finds a delivery that waits; null when it was made, given up or never was. */
export async function pendingDelivery(db: Database, deliveryId: string): Promise<PendingDelivery | null> {
  const [row] = await db
    .select({
      ...{ id: deliveries.id, body: deliveries.body, attempts: deliveries.attempts, createdAt: deliveries.createdAt },
      ...{ nextAttemptAt: deliveries.nextAttemptAt, endpoint: endpoints },
    })
    .from(deliveries)
    .innerJoin(endpoints, eq(endpoints.id, deliveries.endpointId))
    .where(and(eq(deliveries.id, deliveryId), eq(deliveries.status, "pending")));
  if (!row?.nextAttemptAt) return null;
  return { ...row, nextAttemptAt: row.nextAttemptAt };
}

/**
 * Takes a due delivery for one attempt: until the lease ends nobody else finds it due, and if its process dies it is due again then.
 *
 * @param leaseMs - Longer than an attempt can take.
 * @returns Whether it was there to be taken.
 */
export async function claimDelivery(db: Database, deliveryId: string, now: Date, leaseMs: number): Promise<boolean> {
  const taken = await db
    .update(deliveries)
    .set({ nextAttemptAt: new Date(now.getTime() + leaseMs) })
    .where(and(eq(deliveries.id, deliveryId), eq(deliveries.status, "pending"), lte(deliveries.nextAttemptAt, now)))
    .returning({ id: deliveries.id });
  return taken.length > 0;
}

/** What one attempt sent and met. */
export type Attempt = {
  readonly attemptedAt: Date;
  readonly httpStatus: number | null;
  readonly failureCode: string | null;
  readonly message: string | null;
  readonly elapsedMs: number;
  /** Headers as sent and as answered; null where none were. */
  readonly request?: Readonly<Record<string, string>> | null;
  readonly response?: Readonly<Record<string, string>> | null;
};

/**
 * Records an attempt and what becomes of the delivery, in one statement: each way to the database counts where alerts go out by the
 * thousand.
 *
 * @param next - `delivered`; or when to try again; or null to give up.
 * @param again - The connection was lost while it was recorded, perhaps after the commit: what stands here is left as it is.
 */
export async function recordAttempt(
  db: Database,
  deliveryId: string,
  attempt: Attempt,
  next: "delivered" | Date | null,
  again = false,
): Promise<void> {
  if (again && (await isRecorded(db, deliveryId, attempt))) return;
  const status = next === "delivered" ? "delivered" : next === null ? "failed" : "pending";
  const settled = db.$with("settled").as(
    db
      .update(deliveries)
      .set({
        status,
        attempts: sql`${deliveries.attempts} + 1`,
        nextAttemptAt: next instanceof Date ? next : null,
        deliveredAt: next === "delivered" ? attempt.attemptedAt : null,
        ...(next === "delivered" ? { firstDeliveredAt: firstArrival(attempt.attemptedAt) } : {}),
      })
      .where(and(eq(deliveries.id, deliveryId), eq(deliveries.status, "pending")))
      .returning({ id: deliveries.id }),
  );
  await db
    .with(settled)
    .insert(deliveryAttempts)
    .values({ deliveryId, ...attempt, message: storable(attempt.message) });
}

function firstArrival(at: Date): SQL {
  return sql`coalesce(${deliveries.firstDeliveredAt}, ${at.toISOString()}::timestamptz)`;
}

async function isRecorded(db: Database, deliveryId: string, { attemptedAt, elapsedMs }: Attempt): Promise<boolean> {
  const { deliveryId: of, attemptedAt: at, elapsedMs: took } = deliveryAttempts;
  const same = and(eq(of, deliveryId), eq(at, attemptedAt), eq(took, elapsedMs));
  return (await db.$count(deliveryAttempts, same)) > 0;
}

/** Lists deliveries whose next attempt was due before a moment, the longest due first. */
export async function dueDeliveries(
  db: Database,
  dueBefore: Date,
  most: number,
): Promise<readonly { readonly id: string; readonly nextAttemptAt: Date; readonly attempts: number }[]> {
  const rows = await db
    .select({ id: deliveries.id, nextAttemptAt: deliveries.nextAttemptAt, attempts: deliveries.attempts })
    .from(deliveries)
    .where(and(eq(deliveries.status, "pending"), lte(deliveries.nextAttemptAt, dueBefore)))
    .orderBy(asc(deliveries.nextAttemptAt))
    .limit(most);
  return rows.flatMap(({ nextAttemptAt, ...rest }) => (nextAttemptAt ? [{ ...rest, nextAttemptAt }] : []));
}

/** Makes a delivery that no rule asked for, to try an endpoint: it goes the way of all others. */
export async function saveTestDelivery(
  db: Database,
  delivery: { readonly id: string; readonly endpointId: number; readonly body: string },
  now: Date,
): Promise<void> {
  await db.insert(deliveries).values({ ...delivery, nextAttemptAt: now, createdAt: now });
}

/** Which deliveries are to be sent again. */
export type ReplayChoice =
  | { readonly deliveryId: string }
  | {
      readonly endpointId: number;
      /** When they were made: first instant that counts, first that no longer counts. */
      readonly since: Date;
      readonly until: Date;
      /** Only those that were given up. */
      readonly failedOnly: boolean;
    };

/**
 * Makes deliveries due again, with the same id and the same bytes. Those that wait for an attempt are left to it.
 *
 * @returns Their ids, oldest first.
 * @throws {Failure} `endpoint-off` where the endpoint is switched off: it would take none of them.
 */
export async function replayDeliveries(db: Database, choice: ReplayChoice, now: Date): Promise<readonly string[]> {
  await refuseSwitchedOff(db, choice);
  const chosen: (SQL | undefined)[] =
    "deliveryId" in choice
      ? [eq(deliveries.id, choice.deliveryId)]
      : [
          eq(deliveries.endpointId, choice.endpointId),
          gte(deliveries.createdAt, choice.since),
          lt(deliveries.createdAt, choice.until),
        ];
  const settled =
    "deliveryId" in choice || !choice.failedOnly ? (["delivered", "failed"] as const) : (["failed"] as const);
  const rows = await db
    .update(deliveries)
    .set({ status: "pending", attempts: 0, nextAttemptAt: now, deliveredAt: null, replayedAt: now })
    .where(and(...chosen, inArray(deliveries.status, [...settled])))
    .returning({ id: deliveries.id, createdAt: deliveries.createdAt });
  return rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).map(({ id }) => id);
}

async function refuseSwitchedOff(db: Database, choice: ReplayChoice): Promise<void> {
  const endpointId =
    "endpointId" in choice
      ? choice.endpointId
      : db.select({ id: deliveries.endpointId }).from(deliveries).where(eq(deliveries.id, choice.deliveryId));
  const [off] = await db
    .select({ name: endpoints.name })
    .from(endpoints)
    .where(and(eq(endpoints.enabled, false), eq(endpoints.id, sql`(${endpointId})`)));
  if (off) throw new Failure("endpoint-off", `Endpoint ${off.name} is switched off; switch it on, then send again.`);
}
