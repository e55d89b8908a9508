/** Questions that analysts ask, answered in SQL over the views of the schema `parley`; a test runs every one. */
export const workedQueries: readonly { readonly asks: string; readonly sql: string }[] = [
  {
    asks: "Who spoke most about a topic in the last 90 days?",
    sql: `select a.name, a.side, count(*) as statements
from parley.statements s join parley.statement_topics t using (statement_id)
  join parley.statement_actors sa using (statement_id) join parley.actors a using (actor_id)
where t.topic_id like 'frontier.%' and s.said_at > now() - interval '90 days'
group by a.actor_id, a.name, a.side order by statements desc limit 20;`,
  },
  {
    asks: "What did each side say on one day, in order?",
    sql: `select said_on, sides, speaker, words from parley.statements
where said_at >= '2026-05-19' and said_at < '2026-05-20' order by said_at, statement_id;`,
  },
  {
    asks: "When did each actor first speak of a topic in our archive?",
    sql: `select distinct on (sa.actor_id, t.topic_id) sa.actor_id, t.topic_id, s.said_on, s.words
from parley.statements s join parley.statement_actors sa using (statement_id) join parley.statement_topics t using (statement_id)
where s.said_at is not null order by sa.actor_id, t.topic_id, s.said_at, s.statement_id;`,
  },
  {
    asks: "Which documents were edited after publication, and how often?",
    sql: `select document_id, title, url, edits, first_seen_at from parley.documents where edits > 0 order by edits desc, document_id;`,
  },
  {
    asks: "How do both sides' statements on a topic compare by month?",
    sql: `select date_trunc('month', s.said_at) as month, a.side, count(distinct s.statement_id) as statements
from parley.statements s join parley.statement_actors sa using (statement_id) join parley.actors a using (actor_id)
  join parley.statement_topics t using (statement_id)
where t.topic_id like 'process.%' and a.side in ('US', 'China') group by 1, 2 order by 1, 2;`,
  },
  {
    asks: "Which developments of weight were found this week, with the words that show them?",
    sql: `select d.detected_at, d.type, d.severity, d.summary, e.words
from parley.developments d join parley.evidence e using (development_id)
where d.status = 'new' and d.severity >= 4 and d.detected_at > now() - interval '7 days' order by d.detected_at desc, e.evidence_id;`,
  },
  {
    asks: "Which statements came to us by paraphrase only, from the press and state media?",
    sql: `select s.statement_key, s.speaker, s.words, so.title
from parley.statements s join parley.sources so using (source_id)
where s.fidelity = 'paraphrase' and so.class in ('press', 'state-media') order by s.said_at desc nulls last limit 100;`,
  },
  {
    asks: "Was every watched source reached in the last day?",
    sql: `select source_id, title, last_success_at, failures_in_row from parley.sources
where enabled and (last_success_at is null or last_success_at < now() - interval '1 day') order by last_success_at nulls first;`,
  },
  {
    asks: "Who held which office on a day?",
    sql: `select a.name, o.role, b.name as body from parley.offices o join parley.actors a using (actor_id)
  left join parley.actors b on b.actor_id = o.body_id
where (o.valid_from is null or o.valid_from <= left('2026-05-19', length(o.valid_from)))
  and (o.valid_to is null or o.valid_to >= left('2026-05-19', length(o.valid_to))) order by a.name, o.role;`,
  },
  {
    asks: "Which bytes does a statement stand on?",
    sql: `select s.statement_key, c.url, c.fetched_at, c.http_status, c.body_sha256, v.text_sha256
from parley.statements s join parley.versions v on v.document_id = s.document_id and v.current
  join parley.captures c using (capture_id) order by s.statement_id desc limit 20;`,
  },
];
