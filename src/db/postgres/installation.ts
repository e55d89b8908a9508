import { and, eq, isNotNull, sql } from "drizzle-orm";
import { Failure } from "../../domain/failure.ts";
import { type Endpoint, rotateSecret, saveEndpoint } from "../alerts/endpoints.ts";
import type { Database } from "../client.ts";
import { endpoints } from "../schema/delivery.ts";
import { installation } from "../schema/operation.ts";

/**
 * Makes sure that this process has the key that sealed the secrets in the database: with another it would give up every alert.
 *
 * @param fingerprint - Of the key of this process.
 * @throws {Failure} `bad-setting` when secrets stand here that another key sealed.
 */
export async function checkSecretKey(db: Database, fingerprint: string): Promise<void> {
  const [row] = await db.select({ sealedWith: installation.secretKeyFingerprint }).from(installation);
  if (!row || row.sealedWith === fingerprint || (await sealedSecrets(db)) === 0) return;
  throw new Failure(
    "bad-setting",
    `The webhook secrets in this database were sealed with another key (${row.sealedWith}) than the one of this process (${fingerprint}). Give it the same PARLEY_SECRET_KEY, or the secret-key file of the folder PARLEY_DATA, as the process that added the endpoints. If that key is lost, add an endpoint again with parley endpoints add NAME URL --new-key: it switches the others off until they are added again.`,
  );
}

/**
 * Makes a webhook endpoint whose secret is sealed, and remembers by its fingerprint which key sealed it.
 *
 * @param newKey - Whether the key before is lost: webhooks that it sealed are switched off.
 * @throws {Failure} `bad-setting` when another key sealed the secrets that stand here, unless `newKey`.
 */
export async function saveSealedEndpoint(
  db: Database,
  endpoint: Pick<Endpoint, "name" | "address"> &
    Partial<Pick<Endpoint, "format" | "owner">> & { readonly secret: Uint8Array },
  { fingerprint, newKey }: { readonly fingerprint: string; readonly newKey: boolean },
  now: Date,
): Promise<number> {
  return db.transaction(async (tx) => {
    // Two machines that seal at the same moment must not both be the first.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley secret key'))`);
    if (newKey) await switchOffSealedWithAnother(tx, fingerprint);
    else await checkSecretKey(tx, fingerprint);
    const row = { secretKeyFingerprint: fingerprint, sealedAt: now };
    await tx.insert(installation).values(row).onConflictDoUpdate({ target: installation.id, set: row });
    return saveEndpoint(tx, { kind: "webhook", ...endpoint }, now);
  });
}

/**
 * Gives a webhook a new sealed secret, the one before signing too until a moment; tells whether there is one of this name.
 *
 * @throws {Failure} `bad-setting` when another key sealed the secrets that stand here.
 */
export async function rotateSealedSecret(
  db: Database,
  name: string,
  secret: Uint8Array,
  fingerprint: string,
  previousUntil: Date,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley secret key'))`);
    await checkSecretKey(tx, fingerprint);
    return rotateSecret(tx, name, secret, previousUntil);
  });
}

async function switchOffSealedWithAnother(db: Database, fingerprint: string): Promise<void> {
  const [row] = await db.select({ sealedWith: installation.secretKeyFingerprint }).from(installation);
  if (!row || row.sealedWith === fingerprint) return;
  await db
    .update(endpoints)
    .set({ enabled: false, disabledBecause: "its secret was sealed with a key that is lost" })
    .where(isNotNull(endpoints.secret));
}

/** Counts secrets that are in use. */
async function sealedSecrets(db: Database): Promise<number> {
  return db.$count(endpoints, and(isNotNull(endpoints.secret), eq(endpoints.enabled, true)));
}
