import type postgres from "postgres";
import { saveCapture } from "../../src/db/archive/captures.ts";
import { saveFirstReading } from "../../src/db/archive/first-reading.ts";
import { writeStatements } from "../../src/db/archive/written-statements.ts";
import type { Database } from "../../src/db/client.ts";
import type { Article } from "../../src/domain/article.ts";
import type { Statement } from "../../src/domain/statement.ts";

/** Adds developments to versions spread over the archive, each with actors, evidence and a thread; gives how many there are now. */
export async function addDevelopments(sql: postgres.Sql, wanted: number): Promise<number> {
  await sql`
    with chosen as (
      select v.id, v.document_id, v.published_instant, v.text, row_number() over (order by v.id) as n from versions v
      where v.id % greatest(1, (select count(*) from versions) / ${wanted}::bigint) = 0 and v.published_instant is not null
    ), made as (
      insert into developments (key, type, severity, status, summary, event_date, event_instant, document_id, version_id,
        detector_version, detected_at, matched_at)
      select 'bench|' || id, (array['talks.announced', 'talks.scheduled', 'talks.held', 'summit.held', 'control.imposed',
          'proposal.tabled', 'position.stated', 'document.published'])[1 + n % 8], 3, 'background',
        'The two sides spoke about matter ' || n || ' of AI.',
        jsonb_build_object('value', to_char(published_instant, 'YYYY-MM-DD'), 'precision', 'day', 'basis', 'text', 'raw', ''),
        published_instant, document_id, id, 1, published_instant, published_instant
      from chosen on conflict do nothing returning id, key, type, version_id, event_instant
    ), people as (
      insert into development_actors select made.id, side from made, unnest(array['united-states', 'china']) as side
    ), shown as (
      insert into development_evidence (development_id, version_id, span_start, span_end, words)
      select id, version_id, 0, 10, 'generated.' from made
    ), opened as (
      insert into threads (key, course, state, state_instant, opened_at, updated_at)
      select key, split_part(type, '.', 1), 'held', event_instant, event_instant, event_instant from made returning id, key
    )
    insert into thread_developments (development_id, thread_id, is_known_step)
    select made.id, opened.id, true from made join opened using (key)`;
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from developments`;
  return row?.count ?? 0;
}

const CITIES = ["Geneva", "Vienna", "Oslo", "Seoul", "Lisbon", "Prague"];

/** Keeps a new document of 2026 with two statements, as the reader leaves it: one that tells of talks, or of nothing. */
export async function newDocument(
  db: Database,
  number: number,
  tells: boolean,
): Promise<{ readonly versionId: number; readonly at: Date }> {
  const at = new Date(Date.UTC(2026, 5, 1) + number * 3_600_000);
  const day = at.toISOString().slice(0, 10);
  const url = `https://bench.example/new/${tells ? "told" : "quiet"}/${number}/${Math.round(performance.now() * 1_000)}`;
  const capture = {
    bytes: new TextEncoder().encode(url),
    url,
    headers: {},
    askedUrl: url,
    httpStatus: 200,
    fetchedAt: at,
    elapsedMs: 1,
  };
  const place = { identity: url, sourceId: null, url, origin: null, nextCheckAt: null };
  const { captureId, documentId } = await saveCapture(db, capture, place, null);
  const first = tells
    ? `The United States and China will hold round ${number} of their talks on AI in ${CITIES[number % CITIES.length]} on 1 August 2026, a spokesperson said.`
    : `Paper ${number} on AI in ports was well received, a spokesperson said.`;
  const text = [
    first,
    ...Array.from({ length: 25 }, (_, line) => `Line ${line} of page ${number} speaks of ships, the weather and AI.`),
  ].join("\n");
  const date = { value: day, precision: "day", basis: "jsonld", raw: day } as const;
  const article: Article = {
    ...{ url, title: `Page ${number}`, byline: null, publisher: null, kind: "news", lang: "en", publishedAt: date },
    ...{ updatedAt: null, text, blocks: [], problems: [] },
  };
  const span = { start: 0, end: first.length };
  const statement: Statement = {
    ...{ kind: "indirect", act: "speech", polarity: "affirmed", content: [span], text: first, quotes: [], cue: null },
    speaker: { text: "a spokesperson", start: null, end: null, form: "role", via: "self" },
    actors: [{ actorId: "united-states", method: "exact", confidence: 0.9 }],
    ...{ addressee: null, relayedBy: null, question: null, saidAt: date },
    topics: [{ id: "process.dialogue-channel", score: 3, evidence: [span] }],
    ...{ confidence: 0.9, rule: "bench", fidelity: "verbatim-secondary", flags: [] },
  };
  const versionId = await saveFirstReading(db, {
    ...{ documentId, captureId, readerVersion: 1, article, createdAt: at, detectedBy: null },
    statements: writeStatements(documentId, [statement], article.lang),
  });
  if (versionId === null) throw new Error("the new document was here already");
  return { versionId, at };
}
