import { type SQL, sql } from "drizzle-orm";
import { readBound } from "../../domain/query/period.ts";
import type { Filter, Query } from "../../domain/query/query.ts";
import type { Database } from "../client.ts";
import { type ResolvedNames, resolveNames } from "./query-names.ts";
import { type Condition, conditionOf } from "./search-condition.ts";
import { speaksFor } from "./speaks-for.ts";
import { quoteTerm, tag } from "./statement-index.ts";
import { anyTerm } from "./term-query.ts";

/** Writes a question as a condition on statements. */
export async function statementCondition(db: Database, query: Query): Promise<Condition> {
  // The index knows statements by the sides of their speakers.
  const names = await resolveNames(db, query, ["side"]);
  return conditionOf(query, {
    filter: (filter) => filterCondition(filter, names),
    written: (pattern) => sql`${theirs(sql`words`)} ~* ${pattern}`,
  });
}

/** A column of the statement that a row of the index stands for. */
function theirs(column: SQL): SQL {
  return sql`(select s.${column} from statements s where s.id = i.statement_id)`;
}

const tagged = {
  ...{ actor: tag.actor, topic: tag.topic, kind: tag.kind, act: tag.act },
  ...{ lang: tag.lang, source: tag.source, class: tag.source, fidelity: tag.fidelity },
} as const;

function filterCondition({ field, values }: Filter, names: ResolvedNames): Condition {
  const [value = ""] = values;
  const ids = names(field, values);
  const json = sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;
  const exact = (condition: SQL): Condition => ({ terms: null, exact: condition });
  switch (field) {
    case "since":
    case "until": {
      const bound = readBound(value, field)?.toISOString() ?? null;
      return exact(
        field === "since"
          ? sql`coalesce(i.said_instant >= ${bound}::timestamptz, false)`
          : sql`coalesce(i.said_instant < ${bound}::timestamptz, false)`,
      );
    }
    case "confidence":
      return exact(sql`${theirs(sql`confidence`)} >= ${value}::real`);
    case "severity":
      return exact(shows(sql`d.severity >= ${Number(value)}::integer`));
    case "status":
      return exact(shows(sql`d.status in ${json}`));
    case "type":
      return exact(shows(sql`d.type in ${json}`));
    case "first":
      return exact(
        value === "yes" ? shows(sql`d.type = 'statement.first'`) : sql`not ${shows(sql`d.type = 'statement.first'`)}`,
      );
    case "body":
      return exact(sql`exists (select from statement_actors a where a.statement_id = i.statement_id
        and ${speaksFor(sql`a.actor_id`, json, sql`i.said_instant`)})`);
    case "side":
      return { terms: [anyTerm(values.map((side) => quoteTerm(tag.side(side))))], exact: null };
    default:
      return { terms: [anyTerm(ids.map((id) => quoteTerm(tagged[field](id))))], exact: null };
  }
}

function shows(condition: SQL): SQL {
  return sql`i.statement_id in (select e.statement_id from development_evidence e join developments d on d.id = e.development_id where e.statement_id is not null and ${condition})`;
}
