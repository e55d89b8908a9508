import { gunzipSync } from "node:zlib";
import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { wordsAt, wordsAtAll } from "../../domain/span.ts";
import { bytesDigest } from "../archive/bytes-digest.ts";
import { textDigest } from "../archive/versions.ts";
import type { Database } from "../client.ts";
import { bodies, captures, versions } from "../schema/archive.ts";
import { developmentEvidence } from "../schema/developments.ts";
import { statements } from "../schema/statements.ts";

/** Something in the archive that is not as it was recorded. */
export type Breach = { readonly row: string; readonly what: string };

/** What was checked. */
export type Verified = {
  readonly bodies: number;
  readonly versions: number;
  readonly statements: number;
  readonly evidence: number;
  readonly breaches: readonly Breach[];
};

/** Checks bytes against their hashes, texts against theirs, and that every span cuts out the stored words. */
export async function verifyArchive(db: Database, documentId: number | null): Promise<Verified> {
  const breaches: Breach[] = [];
  const counts = { bodies: 0, versions: 0, statements: 0, evidence: 0 };
  for await (const version of eachVersion(db, documentId)) {
    counts.versions += 1;
    if (textDigest(version.text) !== version.textSha256)
      breaches.push({ row: `version ${version.id}`, what: "the text does not have its hash" });
    for (const { id, content, words } of await db
      .select()
      .from(statements)
      .where(eq(statements.versionId, version.id))) {
      counts.statements += 1;
      if (wordsAtAll(version.text, content) !== words)
        breaches.push({ row: `statement ${id}`, what: "its spans do not cut out its words" });
    }
    for (const { id, spanStart: start, spanEnd: end, words } of await db
      .select()
      .from(developmentEvidence)
      .where(eq(developmentEvidence.versionId, version.id))) {
      counts.evidence += 1;
      if (wordsAt(version.text, { start, end }) !== words)
        breaches.push({ row: `evidence ${id}`, what: "its span does not cut out its words" });
    }
  }
  for await (const { sha256, gzipped, byteLength } of eachBody(db, documentId)) {
    counts.bodies += 1;
    if (gzipped.byteLength === 0) {
      if (await isRead(db, sha256))
        breaches.push({ row: `body ${sha256}`, what: "the bytes are gone, and a version was read from them" });
      continue;
    }
    const bytes = unpack(gzipped);
    if (!bytes || bytesDigest(bytes) !== sha256 || bytes.byteLength !== byteLength)
      breaches.push({ row: `body ${sha256}`, what: "the bytes do not have their hash" });
  }
  return { ...counts, breaches };
}

/** Tells whether a version was read from some bytes: those may not be thinned. */
async function isRead(db: Database, sha256: string): Promise<boolean> {
  const rows = await db
    .select({ id: versions.id })
    .from(versions)
    .innerJoin(captures, eq(captures.id, versions.captureId))
    .where(eq(captures.bodySha256, sha256))
    .limit(1);
  return rows.length > 0;
}

function unpack(gzipped: Uint8Array): Uint8Array | null {
  try {
    return gunzipSync(gzipped);
  } catch {
    return null;
  }
}

async function* eachVersion(db: Database, documentId: number | null) {
  for (let after = 0; ; ) {
    const rows = await db
      .select()
      .from(versions)
      .where(and(gt(versions.id, after), documentId === null ? undefined : eq(versions.documentId, documentId)))
      .orderBy(asc(versions.id))
      .limit(100);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

async function* eachBody(db: Database, documentId: number | null) {
  for (let after = ""; ; ) {
    const wanted = db
      .select({ sha256: captures.bodySha256 })
      .from(captures)
      .where(eq(captures.documentId, documentId ?? -1));
    const rows = await db
      .select()
      .from(bodies)
      .where(and(gt(bodies.sha256, after), documentId === null ? undefined : inArray(bodies.sha256, wanted)))
      .orderBy(asc(bodies.sha256))
      .limit(50);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.sha256;
  }
}
