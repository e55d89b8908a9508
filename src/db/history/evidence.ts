import { sql } from "drizzle-orm";
import { captureBody } from "../archive/capture-body.ts";
import type { Database } from "../client.ts";

/** A version with what it was read from, as a bundle of evidence shows it. */
export type EvidenceVersion = {
  readonly id: number;
  readonly documentId: number;
  readonly number: number;
  readonly cause: string;
  readonly readerVersion: number;
  readonly title: string | null;
  readonly text: string;
  readonly textSha256: string;
  readonly captureId: number;
};

/** Brings versions whole. */
export async function versionsForEvidence(db: Database, ids: readonly number[]): Promise<readonly EvidenceVersion[]> {
  return db.execute<EvidenceVersion>(sql`
    select id::float8 as id, document_id::float8 as "documentId", number, cause, reader_version as "readerVersion", title, text,
      text_sha256 as "textSha256", capture_id::float8 as "captureId"
    from versions v where v.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)::bigint) order by v.id`);
}

/** Brings the bytes and headers of a fetch, in the form of a bundle; the bytes are null where they were taken away. */
export async function captureForEvidence(db: Database, captureId: number) {
  const capture = await captureBody(db, captureId);
  if (!capture) return null;
  const { id, url, finalUrl, httpStatus, headers, fetchedAt, bodySha256, bytes } = capture;
  return {
    ...{ id, url, finalUrl, httpStatus, headers, fetchedAt: fetchedAt.toISOString(), bodySha256 },
    bytesBase64: bytes && Buffer.from(bytes).toString("base64"),
  };
}

/** Brings what was sent about a development: rule, delivery and its body. Where it went is named, not addressed. */
export async function deliveriesOfDevelopment(db: Database, developmentId: number) {
  return db.execute<{
    id: string;
    rule: string;
    question: unknown;
    endpoint: string;
    status: string;
    body: string;
    attempts: unknown;
  }>(sql`
    select d.id, r.name as rule, to_jsonb(r.query) as question, e.name as endpoint, d.status, d.body,
      (select coalesce(jsonb_agg(jsonb_build_object('at', t.attempted_at, 'httpStatus', t.http_status, 'failureCode', t.failure_code) order by t.id), '[]')
        from delivery_attempts t where t.delivery_id = d.id) as attempts
    from deliveries d join alerts a on a.id = d.alert_id join rules r on r.id = a.rule_id join endpoints e on e.id = d.endpoint_id
    where a.development_id = ${developmentId}::bigint order by d.created_at, d.id`);
}
