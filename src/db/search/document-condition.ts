import { type SQL, sql } from "drizzle-orm";
import { FIRST_TIME } from "../../domain/query/match.ts";
import { readBound } from "../../domain/query/period.ts";
import type { Filter, Query } from "../../domain/query/query.ts";
import { beginningOf } from "../beginning-of.ts";
import type { Database } from "../client.ts";
import { LONGEST_SEARCHED } from "./document-index.ts";
import { type ResolvedNames, resolveNames } from "./query-names.ts";
import { type Condition, conditionOf } from "./search-condition.ts";
import { speaksFor } from "./speaks-for.ts";
import { quoteTerm, tag } from "./statement-index.ts";
import { anyTerm } from "./term-query.ts";

/**
 * Writes a question as a condition on documents: words stand in the title or the text of the version that counts, what is asked of
 * speakers and statements is met by one of its statements (each filter by itself), what is asked of developments by one that it shows.
 */
export async function documentCondition(db: Database, query: Query): Promise<Condition> {
  // The index knows documents by the sides of those who speak in them.
  const names = await resolveNames(db, query, ["side"]);
  return conditionOf(query, {
    filter: (filter) => filterCondition(filter, names),
    written: (pattern) => sql`exists (select from versions v where v.id = i.version_id
      and (v.title ~* ${pattern} or ${beginningOf(sql`v.text`, LONGEST_SEARCHED)} ~* ${pattern}))`,
  });
}

const tagged = {
  ...{ actor: tag.actor, side: tag.side, topic: tag.topic, kind: tag.kind, act: tag.act, fidelity: tag.fidelity },
  ...{ lang: tag.lang, source: tag.source, class: tag.source },
} as const;

function filterCondition({ field, values }: Filter, names: ResolvedNames): Condition {
  const [value = ""] = values;
  const ids = names(field, values);
  const list = sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;
  const exact = (condition: SQL): Condition => ({ terms: null, exact: condition });
  switch (field) {
    case "since":
    case "until": {
      const bound = sql`${readBound(value, field)?.toISOString() ?? null}::timestamptz`;
      const comparison = field === "since" ? sql`>=` : sql`<`;
      return exact(sql`coalesce(i.published_instant ${comparison} ${bound}, false)`);
    }
    case "confidence":
      return exact(holds(sql`s.confidence >= ${value}::real`));
    case "body":
      return exact(
        holds(sql`exists (select from statement_actors a where a.statement_id = s.id
          and ${speaksFor(sql`a.actor_id`, list, sql`s.said_instant`)})`),
      );
    case "severity":
      return exact(shows(sql`d.severity >= ${Number(value)}::integer`));
    case "status":
      return exact(shows(sql`d.status in ${list}`));
    case "type":
      return exact(shows(sql`d.type in ${list}`));
    case "first": {
      const first = shows(sql`d.type = ${FIRST_TIME}`);
      return exact(value === "yes" ? first : sql`not ${first}`);
    }
    default:
      return { terms: [anyTerm(ids.map((id) => quoteTerm(tagged[field](id))))], exact: null };
  }
}

/** That a statement `s` of the version that counts is so. */
function holds(condition: SQL): SQL {
  return sql`exists (select from statements s where s.version_id = i.version_id and ${condition})`;
}

/** That it has shown, in whichever version, a development `d` that is so. */
function shows(condition: SQL): SQL {
  return sql`i.document_id in (select v.document_id from development_evidence e
    join developments d on d.id = e.development_id join versions v on v.id = e.version_id where ${condition})`;
}
