import { promisify } from "node:util";
import { gunzip, gunzipSync, gzip, gzipSync } from "node:zlib";
import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Source } from "../../catalogue/source.ts";
import type { Fetched } from "../../domain/fetched.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import { boundedKey } from "../bounded-key.ts";
import type { Database } from "../client.ts";
import { notHeldBack } from "../collection/stage-failures.ts";
import { captures } from "../schema/archive.ts";
import { bytesDigest } from "./bytes-digest.ts";

const packAside = promisify(gzip);
const unpackAside = promisify(gunzip);

/** A page of usual length is packed sooner than handed to another thread, which takes three times the processor time. */
const PACKED_HERE_BYTES = 64 * 1024;

async function pack(bytes: Uint8Array): Promise<Uint8Array> {
  return bytes.byteLength <= PACKED_HERE_BYTES ? gzipSync(bytes, { level: 6 }) : packAside(bytes, { level: 6 });
}

/** @param byteLength - Length of the bytes when unpacked. */
async function unpack(packed: Uint8Array, byteLength: number): Promise<Uint8Array> {
  return byteLength <= PACKED_HERE_BYTES ? gunzipSync(packed) : unpackAside(packed);
}

/** What one fetch brought, ready to be archived. */
export type NewCapture = Fetched & {
  /** The address that was asked. */
  readonly askedUrl: string;
  readonly httpStatus: number | null;
  readonly fetchedAt: Date;
  readonly elapsedMs: number | null;
};

/** Which document a capture is of; it is made where it is not here yet. */
export type DocumentPlace = {
  readonly identity: string;
  readonly sourceId: string | null;
  readonly url: string | null;
  readonly origin: string | null;
  /** When it is to be fetched again; null for never. */
  readonly nextCheckAt: Date | null;
};

/**
 * Archives a fetch: bytes once by their hash, the capture, the document where it is new, the outcome of the item that led here, and
 * where a redirect led, all or nothing.
 *
 * @param ledTo - The further address at which the document stands, where its own sent on to it.
 */
export async function saveCapture(
  db: Database,
  capture: NewCapture,
  place: DocumentPlace,
  itemId: number | null,
  ledTo: { readonly identity: string; readonly url: string } | null = null,
): Promise<{ readonly captureId: number; readonly documentId: number; readonly isNew: boolean }> {
  const sha256 = bytesDigest(capture.bytes);
  const gzipped = await pack(capture.bytes);
  const identity = boundedKey(place.identity);
  const further = ledTo && boundedKey(ledTo.identity);
  const headers = JSON.stringify(capture.headers);
  const at = capture.fetchedAt.toISOString();
  // One statement instead of a transaction of six: this runs for every page that is fetched.
  const [row] = await db.execute<{ captureId: number; documentId: number; isNew: boolean }>(sql`
    with body as (
      insert into bodies (sha256, gzipped, byte_length) values (${sha256}, ${gzipped}::bytea, ${capture.bytes.byteLength}::integer)
      on conflict (sha256) do update set gzipped = excluded.gzipped where octet_length(bodies.gzipped) = 0
    ), made as (
      insert into documents (identity, source_id, url, origin, next_check_at, first_seen_at)
      values (${identity}, ${place.sourceId}, ${place.url}, ${place.origin}, ${place.nextCheckAt?.toISOString() ?? null}::timestamptz, ${at}::timestamptz)
      on conflict (identity) do nothing returning id
    ), document as (
      select id, true as is_new from made union all
      select id, false from documents where identity = ${identity}
      limit 1
    ), capture as (
      insert into captures (document_id, source_id, url, final_url, http_status, headers, body_sha256, fetched_at, elapsed_ms)
      select id, ${place.sourceId}, ${capture.askedUrl}, ${capture.url}, ${capture.httpStatus}::integer, ${headers}::text::jsonb,
        ${sha256}, ${at}::timestamptz, ${capture.elapsedMs}::integer from document
      returning id
    ), settled as (
      update items set outcome = case when is_new then 'new' else 'known' end, document_id = document.id, decided_at = ${at}::timestamptz
      from document where items.id = ${itemId}::bigint and outcome is null
    ), placed as (
      insert into places (document_id, identity, source_id, url, kind, first_seen_at)
      select id, ${further}::text, null, ${ledTo?.url ?? null}::text, 'redirect', ${at}::timestamptz from document
      where ${further}::text <> ${identity}
      on conflict do nothing
    )
    select capture.id::float8 as "captureId", document.id::float8 as "documentId", is_new as "isNew" from capture, document`);
  // Another process made the same document in the same moment: its row is seen by the next statement.
  return row ?? saveCapture(db, capture, place, itemId, ledTo);
}

/** A capture with its bytes and what was known when it was fetched. */
export type StoredCapture = {
  readonly id: number;
  readonly documentId: number;
  readonly fetched: Fetched;
  readonly fetchedAt: Date;
  readonly source: Source | null;
  /** What the feed or listing said of it. */
  readonly published: KnownDate | null;
  readonly title: string | null;
  /** Whether the document has no other capture and no version yet, as nearly all have that are read. */
  readonly isOnly: boolean;
};

/** Finds a capture with its bytes unpacked; null when there is none. */
export async function captureWithBody(db: Database, captureId: number): Promise<StoredCapture | null> {
  const [row] = await db.execute<Omit<StoredCapture, "fetched" | "fetchedAt"> & StoredBytes>(sql`
    select c.id::float8 as id, c.document_id::float8 as "documentId", c.final_url as url, c.headers, b.gzipped, b.byte_length as "byteLength",
      c.fetched_at as "fetchedAt", s.definition as source, i.published_at as published, i.title,
      d.current_version_id is null
        and not exists (select 1 from captures o where o.document_id = c.document_id and o.id <> c.id) as "isOnly"
    from captures c
    join bodies b on b.sha256 = c.body_sha256
    join documents d on d.id = c.document_id
    left join sources s on s.id = c.source_id
    left join lateral (select published_at, title from items where document_id = c.document_id order by id limit 1) i on true
    where c.id = ${captureId}::bigint`);
  if (!row) return null;
  const { gzipped, byteLength, url, headers, fetchedAt, ...rest } = row;
  return {
    ...rest,
    fetched: { bytes: await unpack(gzipped, byteLength), url, headers },
    fetchedAt: new Date(fetchedAt),
  };
}

type StoredBytes = {
  readonly gzipped: Uint8Array;
  readonly byteLength: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetchedAt: string;
};

/** The latest capture of a document, as far as another look is compared with it. */
export type LatestCapture = {
  readonly sha256: string;
  /** Validators of its answer, to be sent back byte for byte; null where another address answered than was asked. */
  readonly etag: string | null;
  readonly lastModified: string | null;
};

/** Finds the latest capture of a document; null when there is none. */
export async function latestCapture(db: Database, documentId: number): Promise<LatestCapture | null> {
  const [row] = await db
    .select({
      ...{ sha256: captures.bodySha256, headers: captures.headers },
      ...{ url: captures.url, finalUrl: captures.finalUrl },
    })
    .from(captures)
    .where(eq(captures.documentId, documentId))
    .orderBy(sql`${captures.id} desc`)
    .limit(1);
  if (!row) return null;
  const withoutScheme = (url: string) => url.replace(/^https?:/, "");
  // A page that is only sent on to, by script or frame, has validators that say nothing of the page that sends on.
  const { etag = null, "last-modified": lastModified = null } =
    withoutScheme(row.url) === withoutScheme(row.finalUrl) ? row.headers : {};
  return { sha256: row.sha256, etag, lastModified };
}

/** Marks a capture as read, also where nothing could be read from it. */
export async function markRead(db: Database, captureId: number, readerVersion: number): Promise<void> {
  await db.update(captures).set({ readBy: readerVersion }).where(eq(captures.id, captureId));
}

/** Lists captures fetched before a moment that no reader has read and no failure holds back. */
export async function unreadCaptures(db: Database, fetchedBefore: Date, most: number): Promise<readonly number[]> {
  const rows = await db
    .select({ id: captures.id })
    .from(captures)
    .where(and(isNull(captures.readBy), lt(captures.fetchedAt, fetchedBefore), notHeldBack(db, "read", captures.id)))
    .orderBy(asc(captures.fetchedAt))
    .limit(most);
  return rows.map(({ id }) => id);
}
