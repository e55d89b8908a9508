import { type SQL, sql } from "drizzle-orm";
import { FIRST_TIME } from "../../domain/query/match.ts";
import { readBound } from "../../domain/query/period.ts";
import { type Filter, leavesOf, type Query } from "../../domain/query/query.ts";
import { writtenPattern } from "../../domain/query/written.ts";
import type { Database } from "../client.ts";
import { freshenDevelopmentIndex } from "./development-index.ts";
import { type ResolvedNames, resolveNames } from "./query-names.ts";
import { speaksFor } from "./speaks-for.ts";
import { placedQuery } from "./term-query.ts";

/** Writes a question as a condition on the table `developments`; what it means is what `matches` means in memory. */
export async function developmentCondition(db: Database, query: Query): Promise<SQL> {
  if (leavesOf(query).some(({ leaf }) => leaf.is !== "filter")) await freshenDevelopmentIndex(db);
  return conditionOf(query, await resolveNames(db, query));
}

function conditionOf(query: Query, names: ResolvedNames): SQL {
  switch (query.is) {
    case "everything":
      return sql`true`;
    case "and":
    case "or": {
      const parts = query.parts.map((part) => conditionOf(part, names));
      return sql`(${sql.join(parts, query.is === "and" ? sql` and ` : sql` or `)})`;
    }
    case "not":
      return sql`not ${conditionOf(query.part, names)}`;
    case "filter":
      return filterCondition(query, names);
    case "phrase":
      return sql`(${hasTerms(placedQuery(query))} and (developments.summary ~* ${writtenPattern(query.words)} or exists (
        select from development_evidence e where e.development_id = developments.id and e.words ~* ${writtenPattern(query.words)})))`;
    default:
      return hasTerms(placedQuery(query));
  }
}

function hasTerms(terms: string): SQL {
  return sql`(developments.id in (select x.development_id from development_index x where x.terms @@ ${terms}::tsquery))`;
}

function filterCondition({ field, values }: Filter, names: ResolvedNames): SQL {
  const [value = ""] = values;
  const ids = sql`(select jsonb_array_elements_text(${JSON.stringify(names(field, values))}::text::jsonb))`;
  switch (field) {
    case "actor":
    case "side":
      return sql`exists (select from development_actors a where a.development_id = developments.id and a.actor_id in ${ids})`;
    case "body":
      return sql`exists (select from development_actors a where a.development_id = developments.id
        and ${speaksFor(sql`a.actor_id`, ids, sql`developments.detected_at`)})`;
    case "topic":
      return sql`exists (select from development_topics t where t.development_id = developments.id and t.topic_id in ${ids})`;
    case "type":
      return sql`(developments.type in ${ids})`;
    case "status":
      return sql`(developments.status in ${ids})`;
    case "severity":
      return sql`(developments.severity >= ${Number(value)}::integer)`;
    case "first":
      return value === "yes" ? sql`(developments.type = ${FIRST_TIME})` : sql`(developments.type <> ${FIRST_TIME})`;
    case "since":
    case "until": {
      const bound = readBound(value, field)?.toISOString() ?? null;
      const detected = sql`developments.detected_at`;
      return field === "since"
        ? sql`(${detected} >= ${bound}::timestamptz)`
        : sql`(${detected} < ${bound}::timestamptz)`;
    }
    case "kind":
      return shownBy(sql`s.kind in ${ids}`);
    case "act":
      return shownBy(sql`s.act in ${ids}`);
    case "fidelity":
      return shownBy(sql`s.fidelity in ${ids}`);
    case "confidence":
      return shownBy(sql`s.confidence >= ${value}::real`);
    case "lang":
      return shownIn(sql`v.lang in ${ids}`);
    case "source":
    case "class":
      return shownIn(sql`d.source_id in ${ids}`);
  }
}

/** A statement that shows it. */
function shownBy(condition: SQL): SQL {
  return sql`exists (select from development_evidence e join statements s on s.id = e.statement_id
    where e.development_id = developments.id and ${condition})`;
}

/** A document that shows it. */
function shownIn(condition: SQL): SQL {
  return sql`exists (select from development_evidence e join versions v on v.id = e.version_id join documents d on d.id = v.document_id
    where e.development_id = developments.id and ${condition})`;
}
