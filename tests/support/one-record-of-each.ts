import type postgres from "postgres";

/** How many rows of each table. */
const ROWS = 50;

/**
 * Fills the tables that are written as developments are found and told, some rows each, by a connection that Parley would have. Needs the
 * catalogue, and documents and versions with the numbers 1 to 40.
 */
export async function keepOneOfEach(parley: postgres.Sql): Promise<void> {
  const at = "timestamptz '2026-05-19 12:00:00Z' + n * interval '1 minute'";
  const one = "1 + n % 40";
  const insert = (table: string, columns: string, values: string) =>
    parley.unsafe(`insert into ${table} (${columns}) select ${values} from generate_series(1, ${ROWS}) n`);
  const span = "n, n + 5, 'words ' || n";
  await insert(
    "items",
    "source_id, key, url, first_seen_at",
    `'norland-briefings', 'entry ' || n, 'https://norland.example/' || n, ${at}`,
  );
  await insert("polls", "source_id, started_at, finished_at, outcome", `'norland-briefings', ${at}, ${at}, 'read'`);
  await insert("rechecks", "document_id, checked_at, outcome", `${one}, ${at}, 'same'`);
  await insert(
    "places",
    "document_id, identity, url, kind, first_seen_at",
    `${one}, 'place ' || n, 'https://mirror.example/' || n, 'mirror', ${at}`,
  );
  await insert(
    "source_moves",
    "source_id, from_url, to_url, moved_at",
    `'norland-briefings', 'https://old.example', 'https://new.example/' || n, ${at}`,
  );
  await insert(
    "developments",
    "key, type, severity, status, summary, document_id, version_id, detector_version, detected_at",
    `'key ' || n, 'talks.announced', 3, 'new', 'Summary ' || n, ${one}, ${one}, 1, ${at}`,
  );
  await insert("development_evidence", "development_id, version_id, span_start, span_end, words", `n, ${one}, ${span}`);
  await insert("development_actors", "development_id, actor_id", "n, 'norland'");
  await insert("development_topics", "development_id, topic_id", "n, 'process.channel'");
  await insert(
    "development_confirmations",
    "development_id, document_id, family_document_id, is_primary",
    `n, ${one}, ${one}, true`,
  );
  await insert(
    "development_conflicts",
    "development_id, other_id, about, words, version_id, other_words, other_version_id, found_at",
    `n, 1 + n % ${ROWS}, 'date', 'on Monday', ${one}, 'on Tuesday', ${one}, ${at}`,
  );
  await insert("threads", "key, course, opened_at, updated_at", `'key ' || n, 'talks', ${at}, ${at}`);
  await insert("thread_developments", "development_id, thread_id, is_known_step", "n, n, true");
  await insert(
    "first_times",
    "kind, subject, instant, version_id, span_start, span_end, words, searched, found_at",
    `'body', 'body ' || n, ${at}, ${one}, ${span}, 7, ${at}`,
  );
  await insert(
    "first_time_corrections",
    "first_time_id, was_instant, was_version_id, was_words, became_instant, became_version_id, corrected_at",
    `n, ${at}, ${one}, 'words', ${at}, ${one}, ${at}`,
  );
  await insert("meetings", "key, kind, day, found_at", `'key ' || n, 'meeting', '2026-05-14', ${at}`);
  await parley`insert into readouts (document_id, version_id, meeting_id, side, participants)
    select n, n, n, 'norland', '{ada-example}' from generate_series(1, 40) n`;
  await insert(
    "meeting_points",
    "meeting_id, topic_id, verdict, first_words",
    "n, 'process.channel', 'only-first', 'words ' || n",
  );
  await insert(
    "commitments",
    "development_id, version_id, span_start, span_end, words, by_actor_ids, to_actor_ids, action",
    `n, ${one}, ${span}, '{norland}', '{}', 'will talk'`,
  );
  await insert(
    "commitment_reports",
    "commitment_id, report, version_id, span_start, span_end, words",
    `n, 'met', ${one}, ${span}`,
  );
  await insert(
    "analyst_acts",
    "act, development_id, by, before, after, acted_at",
    `'confirm', n, 'Ada', '{}', '{}', ${at}`,
  );
  await insert("dismissed_patterns", "act_id, type, words_sha256", "n, 'talks.announced', md5(n::text)");
  await insert("rules", "name, query, created_at", `'rule ' || n, 'hotline', ${at}`);
  await insert(
    "alerts",
    "rule_id, matter, kind, development_id, created_at",
    `n, 'development:' || n, 'development', n, ${at}`,
  );
  await insert("endpoints", "kind, name, address, created_at", `'mail', 'desk ' || n, 'desk@desk.example', ${at}`);
  await insert(
    "deliveries",
    "id, alert_id, endpoint_id, body, next_attempt_at, created_at",
    `'msg_' || n, n, n, '{"summary": "Summary"}', ${at}, ${at}`,
  );
  await insert(
    "delivery_attempts",
    "delivery_id, attempted_at, http_status, elapsed_ms",
    `'msg_' || n, ${at}, 200, 30`,
  );
  await insert("subscribers", "address, time_zone, send_at, created_at", `n || '@desk.example', 'UTC', '07:00', ${at}`);
  await insert(
    "digests",
    "subscriber_id, day, period_start, period_end, status, message_id, html, claimed_at",
    `n, '2026-05-19', ${at}, ${at} + interval '1 day', 'sent', 'message ' || n, '<p>Summary</p>', ${at}`,
  );
  await insert("digest_developments", "digest_id, development_id", "n, n");
  await insert(
    "stances",
    "holder_id, actor_id, topic_id, side, object, instant, document_id, version_id, span_start, span_end, words",
    `'norland', 'norland', 'process.channel', 'for', 'the hotline', ${at}, ${one}, ${one}, ${span}`,
  );
  await insert(
    "stance_shifts",
    "development_key, holder_id, topic_id, stance_id, earlier_stance_id, earlier_days, instant, found_at",
    `'key ' || n, 'norland', 'process.channel', n, 1 + n % ${ROWS}, 3, ${at}, ${at}`,
  );
  await insert("stance_shift_corrections", "shift_id, was_stance_id, corrected_at", `n, n, ${at}`);
}
