import { type SQL, sql } from "drizzle-orm";

/** A table whose rows never change: the noun its seals are filed under, which with an s is its name, and the columns sealed. */
export type SealedTable = { readonly noun: string; readonly row: SQL };

/**
 * The tables whose rows are sealed one after the other by their `id`, in a fixed order of columns. Columns that move (which reader has
 * read a capture, what a list says of an item now) are left out; a column added later is sealed only under a new noun, so that old seals
 * keep their meaning.
 */
export const sealedTables: readonly SealedTable[] = [
  {
    noun: "capture",
    row: sql.raw("document_id, source_id, url, final_url, http_status, headers, body_sha256, fetched_at, elapsed_ms"),
  },
  {
    noun: "version",
    row: sql.raw(
      "document_id, capture_id, number, cause, reader_version, title, byline, publisher, kind, lang, published_at, updated_at, published_instant, text_sha256, md5(text), blocks, problems, created_at",
    ),
  },
  {
    noun: "statement",
    row: sql.raw(`version_id, ordinal, kind, act, polarity, content, words, quotes, cue, speaker, addressee, relayed_by, question, said_at,
      said_instant, confidence, rule, fidelity, flags, lang,
      (select jsonb_agg(jsonb_build_array(actor_id, method, confidence) order by actor_id) from statement_actors a where a.statement_id = t.id),
      (select jsonb_agg(jsonb_build_array(topic_id, score, evidence) order by topic_id) from statement_topics a where a.statement_id = t.id)`),
  },
  {
    noun: "poll",
    row: sql.raw(
      "source_id, started_at, finished_at, outcome, http_status, items_seen, items_new, failure_code, message, problems",
    ),
  },
  { noun: "document", row: sql.raw("identity, source_id, url, origin, first_seen_at") },
  { noun: "item", row: sql.raw("source_id, key, url, author, published_at, poll_id, first_seen_at") },
  { noun: "recheck", row: sql.raw("document_id, checked_at, outcome, http_status, failure_code, capture_id") },
  { noun: "place", row: sql.raw("document_id, identity, source_id, url, kind, first_seen_at") },
  { noun: "source_move", row: sql.raw("source_id, from_url, to_url, moved_at") },
  {
    noun: "analyst_act",
    row: sql.raw("act, development_id, thread_id, other_thread_id, by, reason, before, after, acted_at"),
  },
  {
    noun: "first_time_correction",
    row: sql.raw(
      "first_time_id, was_instant, was_version_id, was_words, became_instant, became_version_id, corrected_at",
    ),
  },
  {
    noun: "stance",
    row: sql.raw(
      "holder_id, actor_id, topic_id, side, object, instant, document_id, version_id, statement_id, span_start, span_end, words",
    ),
  },
  { noun: "stance_shift_correction", row: sql.raw("shift_id, was_stance_id, became_stance_id, corrected_at") },
  {
    noun: "delivery_attempt",
    row: sql.raw("delivery_id, attempted_at, request, http_status, failure_code, message, response, elapsed_ms"),
  },
  { noun: "row_change", row: sql.raw("noun, row_key, before, after, noted_at") },
];

/** A table whose rows change as Parley works: the columns that name a row, and those of which each change is noted. */
export type NotedTable = {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** The column that is null until what is noted is decided; null where every row is noted as it comes. */
  readonly decided: string | null;
};

/**
 * The tables of which triggers note each change in `row_changes`, which is sealed. The same lists stand in the migration that made the
 * triggers; a column added later needs a new migration that notes all rows anew.
 */
export const notedTables: readonly NotedTable[] = [
  noted(
    "developments",
    "id",
    `type key severity status summary hedge event_date event_instant document_id version_id previous_version_id detector_version
     detected_at certainty families is_one_sided hold dismissed_at is_severity_ruled`,
  ),
  noted("development_evidence", "id", "development_id version_id statement_id span_start span_end words"),
  noted("development_actors", "development_id actor_id", "development_id actor_id"),
  noted("development_topics", "development_id topic_id", "development_id topic_id"),
  noted("development_confirmations", "development_id document_id", "family_document_id is_primary side"),
  noted(
    "development_conflicts",
    "id",
    "development_id other_id about words version_id other_words other_version_id found_at",
  ),
  noted("threads", "id", "key course state state_instant opened_at merged_into_id"),
  noted("thread_developments", "development_id", "thread_id state is_known_step by_analyst"),
  noted(
    "first_times",
    "id",
    "kind actor_id subject instant statement_id version_id span_start span_end words searched found_at development_id",
  ),
  noted("meetings", "id", "key kind day found_at"),
  noted("readouts", "document_id", "version_id meeting_id side participants lang points published_instant"),
  noted(
    "meeting_points",
    "meeting_id topic_id",
    `verdict first_document_id first_start first_end first_words first_strength second_document_id second_start second_end second_words
     second_strength`,
  ),
  noted(
    "commitments",
    "id",
    `development_id version_id span_start span_end words by_actor_ids to_actor_ids action due due_instant state made_instant told_due_at`,
  ),
  noted("commitment_reports", "id", "commitment_id report version_id span_start span_end words reported_instant"),
  noted("dismissed_patterns", "id", "act_id type words_sha256 lifted_at"),
  noted("rules", "id", "name query about manner enabled created_at"),
  noted("alerts", "id", "rule_id matter kind development_id version_id late batch_id corrects_id created_at"),
  noted("deliveries", "id", "alert_id endpoint_id body status created_at delivered_at first_delivered_at replayed_at"),
  noted(
    "digests",
    "id",
    "subscriber_id period day period_start period_end status message_id subject html plain claimed_at sent_at message",
  ),
  noted("digest_developments", "digest_id development_id correction", "digest_id development_id correction"),
  noted(
    "stance_shifts",
    "id",
    "development_key holder_id topic_id stance_id earlier_stance_id earlier_days instant found_at overturned_at",
  ),
  noted("documents", "id", "withdrawn_at", "withdrawn_at"),
  noted("items", "id", "outcome failure_code message document_id decided_at", "outcome"),
];

function noted(table: string, key: string, columns: string, decided: string | null = null): NotedTable {
  return { table, key: key.split(" "), columns: columns.trim().split(/\s+/), decided };
}
