import { viewsOfRecords } from "./views-of-records.ts";
import { viewsOfTelling } from "./views-of-telling.ts";

/** A view for analysts: what it shows, the columns in order, and the query it stands for. */
export type View = {
  readonly name: string;
  readonly says: string;
  /** Name, type as Postgres names it, and what it says. */
  readonly columns: readonly (readonly [name: string, type: string, says: string])[];
  readonly query: string;
};

const date = (of: string) =>
  [
    [
      `${of}_on`,
      "text",
      "The date as precise as its source gave it: `2026-05-19T20:31+08:00`, `2026-05-19`, `2026-05`; null when unknown.",
    ],
    [`${of}_at`, "timestamp with time zone", "The first instant that date can mean, for sorting; null when unknown."],
  ] as const;

/** The views in the schema `parley`: promises to analysts. Columns are added at the end and never change their meaning. */
export const views: readonly View[] = [
  {
    name: "statements",
    says: "Words attributed to a speaker, as they stand in the version of their document that counts today.",
    columns: [
      ["statement_id", "bigint", "The number of this reading of the words; another reading has another."],
      [
        "statement_key",
        "text",
        "The lasting name of the words: /s/KEY leads to them, whatever reads the document again.",
      ],
      ["document_id", "bigint", "The document they stand in."],
      ["source_id", "text", "The source that published it; null for imported documents."],
      ["words", "text", "The words, exactly as archived."],
      ["lang", "text", "Language of the words: `en`, `zh`; null when not known."],
      ["kind", "text", "`direct`, `mixed` or `indirect`: how the words reach us."],
      [
        "act",
        "text",
        "What is done with the words: `speech`, `writing`, `claim`, `position`, `intent`, `question`, `no_comment`.",
      ],
      ["polarity", "text", "Whether the source says they were said: `affirmed`, `negated`, `hypothetical`."],
      ["speaker", "text", "The speaker as mentioned; null when nobody is named."],
      ["actor_ids", "text[]", "Whom that mention was resolved to, the surest first; empty when not known."],
      ["sides", "text[]", "The sides of these actors."],
      ["topic_ids", "text[]", "The topic leaves, the strongest first."],
      ...date("said"),
      ["confidence", "real", "0 to 1: how sure it is that the words are the speaker's."],
      [
        "fidelity",
        "text",
        "How near the words are to what was said: `verbatim-primary`, `verbatim-secondary`, `paraphrase`, `translated`.",
      ],
      ["flags", "text[]", "What a reader should beware of."],
      ["first_seen_at", "timestamp with time zone", "When we first saw the document."],
    ],
    query: `select s.id, replace(i.key::text, '-', ''), d.id, d.source_id, s.words, s.lang, s.kind, s.act, s.polarity, s.speaker ->> 'text',
      array(select actor_id from public.statement_actors a where a.statement_id = s.id order by confidence desc, actor_id),
      array(select distinct c.bloc from public.statement_actors a join public.actors c on c.id = a.actor_id where a.statement_id = s.id order by 1),
      array(select topic_id from public.statement_topics t where t.statement_id = s.id order by score desc, topic_id),
      s.said_at ->> 'value', s.said_instant, s.confidence, s.fidelity, s.flags, d.first_seen_at
      from public.statements s join public.documents d on d.current_version_id = s.version_id
      left join public.statement_index i on i.statement_id = s.id`,
  },
  {
    name: "statement_actors",
    says: "Whom the speakers of those statements were resolved to, a row each: joins statements with actors.",
    columns: [
      ["statement_id", "bigint", "The statement."],
      ["actor_id", "text", "The actor."],
      [
        "method",
        "text",
        "How the mention was resolved: `exact`, `alias`, `surname`, `coreference`, `metonym`, `office-at-date`, `source`.",
      ],
      ["confidence", "real", "0 to 1: how sure that is."],
    ],
    query: `select a.statement_id, a.actor_id, a.method, a.confidence from public.statement_actors a
      join public.statements s on s.id = a.statement_id join public.documents d on d.current_version_id = s.version_id`,
  },
  {
    name: "statement_topics",
    says: "The topic leaves of those statements, a row each: joins statements with topics.",
    columns: [
      ["statement_id", "bigint", "The statement."],
      ["topic_id", "text", "The leaf."],
      ["score", "real", "How strongly the words speak of it; from 3 on a leaf is given."],
    ],
    query: `select t.statement_id, t.topic_id, t.score from public.statement_topics t
      join public.statements s on s.id = t.statement_id join public.documents d on d.current_version_id = s.version_id`,
  },
  {
    name: "documents",
    says: "Publications, one row each, as their current version shows them.",
    columns: [
      ["document_id", "bigint", "The document."],
      ["identity", "text", "What makes it one: its canonical address, or the digest of an imported file."],
      ["source_id", "text", "The source that published it; null for imported documents."],
      ["url", "text", "Its address; null for imported documents without one."],
      ["title", "text", "Its title; null while it could not be read."],
      ["kind", "text", "`news`, `transcript`, `release`, `op-ed`, `interview` or `report`."],
      ["lang", "text", "Language of the text."],
      ...date("published"),
      ["first_seen_at", "timestamp with time zone", "When we first saw it."],
      ["withdrawn_at", "timestamp with time zone", "When it was found gone from its place; null while it is there."],
      ["versions", "integer", "How many versions we read."],
      ["edits", "integer", "How many of them are edits by the publisher."],
    ],
    query: `select d.id, d.identity, d.source_id, d.url, v.title, v.kind, v.lang, v.published_at ->> 'value', v.published_instant, d.first_seen_at, d.withdrawn_at,
      (select count(*)::integer from public.versions w where w.document_id = d.id),
      (select count(*)::integer from public.versions w where w.document_id = d.id and w.cause = 'edited')
      from public.documents d left join public.versions v on v.id = d.current_version_id`,
  },
  {
    name: "versions",
    says: "Every text that was read, never changed: the history of a document.",
    columns: [
      ["version_id", "bigint", "The version."],
      ["document_id", "bigint", "Its document."],
      ["number", "integer", "1, 2, 3 … inside the document."],
      ["cause", "text", "`first`; `edited` by the publisher; `reread` by a newer reader of ours."],
      ["current", "boolean", "Whether it counts today."],
      ["capture_id", "bigint", "The fetch it was read from."],
      ["title", "text", "Title in that version."],
      ["body", "text", "The text."],
      ["text_sha256", "text", "SHA-256 of the text in UTF-8, hex."],
      ["reader_version", "integer", "Version of the reader that read it."],
      ["created_at", "timestamp with time zone", "When we read it."],
    ],
    query: `select v.id, v.document_id, v.number, v.cause, v.id is not distinct from d.current_version_id, v.capture_id, v.title, v.text, v.text_sha256, v.reader_version, v.created_at
      from public.versions v join public.documents d on d.id = v.document_id`,
  },
  {
    name: "captures",
    says: "Every fetch of a document: what was asked, what came, and its hash.",
    columns: [
      ["capture_id", "bigint", "The fetch."],
      ["document_id", "bigint", "The document."],
      ["url", "text", "The address asked."],
      ["final_url", "text", "The address after redirects."],
      ["http_status", "integer", "The answer; null for imported files."],
      ["body_sha256", "text", "SHA-256 of the bytes received, hex."],
      ["byte_length", "integer", "How many bytes."],
      ["fetched_at", "timestamp with time zone", "When."],
    ],
    query: `select c.id, c.document_id, c.url, c.final_url, c.http_status, c.body_sha256, b.byte_length, c.fetched_at
      from public.captures c join public.bodies b on b.sha256 = c.body_sha256`,
  },
  {
    name: "developments",
    says: "What happened in the talks, one row for each happening however many documents tell of it.",
    columns: [
      ["development_id", "bigint", "The development."],
      ["type", "text", "Its type; docs/developments.md."],
      ["severity", "integer", "5 changes the state of the talks … 1 commentary."],
      ["status", "text", "`new`, or `background`: it recalls something known."],
      ["summary", "text", "One line in the source's words."],
      ["hedge", "text", '"reportedly" and its like, as written; null when the source is flat.'],
      ["actor_ids", "text[]", "Who takes part."],
      ["topic_ids", "text[]", "What it is about."],
      ...date("event"),
      ["document_id", "bigint", "The document that showed it first."],
      ["thread_id", "bigint", "The thread it belongs to; null for none."],
      ["detected_at", "timestamp with time zone", "When we found it."],
    ],
    query: `select e.id, e.type, e.severity, e.status, e.summary, e.hedge,
      array(select actor_id from public.development_actors a where a.development_id = e.id order by actor_id),
      array(select topic_id from public.development_topics t where t.development_id = e.id order by topic_id),
      e.event_date ->> 'value', e.event_instant, e.document_id,
      (select thread_id from public.thread_developments t where t.development_id = e.id), e.detected_at
      from public.developments e`,
  },
  {
    name: "evidence",
    says: "The places that show a development: exact words in an archived version.",
    columns: [
      ["evidence_id", "bigint", "The place."],
      ["development_id", "bigint", "What it shows."],
      ["version_id", "bigint", "The text it stands in."],
      ["statement_id", "bigint", "The statement it is; null where it is none."],
      ["words", "text", "The words."],
      [
        "span_start",
        "integer",
        "Where they begin in the text, in UTF-16 units (Postgres counts code points: compare words, not positions).",
      ],
      ["span_end", "integer", "Where they end."],
    ],
    query: `select id, development_id, version_id, statement_id, words, span_start, span_end from public.development_evidence`,
  },
  {
    name: "actors",
    says: "Who can speak: the catalogue.",
    columns: [
      ["actor_id", "text", "The actor."],
      ["type", "text", "`state`, `government-body`, `person`, `think-tank` …"],
      ["name", "text", "Name in English."],
      ["name_zh", "text", "Name in Chinese."],
      ["side", "text", "`US`, `China`, `EU`, `UN` or `third`."],
      ["parent_id", "text", "The body it belongs to."],
    ],
    query: `select id, type, name, name_zh, bloc, parent_id from public.actors`,
  },
  {
    name: "offices",
    says: "Offices that people hold or held.",
    columns: [
      ["actor_id", "text", "Who."],
      ["role", "text", "As what."],
      ["body_id", "text", "Where."],
      ["valid_from", "text", "First day, month or year; null when unknown."],
      ["valid_to", "text", "Last day, month or year; null while held, or unknown."],
    ],
    query: `select actor_id, role, body_id, valid_from, valid_to from public.offices`,
  },
  {
    name: "topics",
    says: "The taxonomy: statements carry its leaves.",
    columns: [
      ["topic_id", "text", "The topic."],
      ["label", "text", "Its name in English."],
      ["label_zh", "text", "Its name in Chinese."],
      ["parent_id", "text", "The upper level; null there."],
    ],
    query: `select id, label, label_zh, parent_id from public.topics`,
  },
  {
    name: "sources",
    says: "The places that are watched, and how watching them goes.",
    columns: [
      ["source_id", "text", "The source."],
      ["title", "text", "Its name."],
      ["actor_id", "text", "Whose it is."],
      ["class", "text", "Its class; docs/sources.md."],
      ["enabled", "boolean", "Whether it is watched."],
      ["last_success_at", "timestamp with time zone", "When it was last reached."],
      ["failures_in_row", "integer", "How often it failed since."],
    ],
    query: `select id, title, actor_id, definition ->> 'class', enabled, last_success_at, failures_in_row from public.sources`,
  },
  {
    name: "polls",
    says: "Every look at a source, with its outcome: whether silence is real.",
    columns: [
      ["source_id", "text", "The source."],
      ["started_at", "timestamp with time zone", "When."],
      ["outcome", "text", "`read`, `unchanged` or `failed`."],
      ["http_status", "integer", "The answer."],
      ["items_seen", "integer", "Entries in the list."],
      ["items_new", "integer", "Entries not seen before."],
      ["failure_code", "text", "Why it failed; null when it did not."],
    ],
    query: `select source_id, started_at, outcome, http_status, items_seen, items_new, failure_code from public.polls`,
  },
  ...viewsOfRecords,
  ...viewsOfTelling,
];
