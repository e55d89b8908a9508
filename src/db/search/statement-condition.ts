import { type SQL, sql } from "drizzle-orm";
import { readBound } from "../../domain/query/period.ts";
import type { Filter, Near, Phrase, Query, Word } from "../../domain/query/query.ts";
import { writtenPattern } from "../../domain/query/written.ts";
import type { Database } from "../client.ts";
import { type ResolvedNames, resolveNames } from "./query-names.ts";
import { quoteTerm, tag } from "./statement-index.ts";
import { allTerms, anyTerm, looseQuery, placedQuery } from "./term-query.ts";

/**
 * A question in two parts of which both must hold: `terms`, a tsquery that the index answers by itself, and `exact`, what must be
 * looked up for each row `i` of statement_index: where words stand, what the statement says. Null where there is nothing of it.
 */
export type Condition = { readonly terms: string | null; readonly exact: SQL | null };

/** Writes a question as a condition on statements. */
export async function statementCondition(db: Database, query: Query): Promise<Condition> {
  // The index knows statements by the sides of their speakers.
  return conditionOf(query, await resolveNames(db, query, ["side"]));
}

/** Writes a condition whole, for where only one can stand. */
export function wholeCondition({ terms, exact }: Condition): SQL {
  const index = terms === null ? null : sql`i.terms @@ ${terms}::tsquery`;
  if (index && exact) return sql`(${index} and ${exact})`;
  return index ?? exact ?? sql`true`;
}

function conditionOf(query: Query, names: ResolvedNames): Condition {
  switch (query.is) {
    case "everything":
      return { terms: null, exact: null };
    case "and":
      return bothOf(query.parts.map((part) => conditionOf(part, names)));
    case "or":
      return oneOf(query.parts.map((part) => conditionOf(part, names)));
    case "not": {
      const part = conditionOf(query.part, names);
      if (part.exact === null && part.terms !== null) return { terms: `!${part.terms}`, exact: null };
      return { terms: null, exact: sql`not ${wholeCondition(part)}` };
    }
    case "filter":
      return filterCondition(query, names);
    case "phrase": {
      const { terms, exact } = wordCondition(query);
      const written = sql`${theirs(sql`words`)} ~* ${writtenPattern(query.words)}`;
      return { terms, exact: exact ? sql`(${exact} and ${written})` : written };
    }
    default:
      return wordCondition(query);
  }
}

function wordCondition(leaf: Word | Phrase | Near): Condition {
  const [terms, inPlace] = [looseQuery(leaf), placedQuery(leaf)];
  return { terms, exact: terms === inPlace ? null : sql`i.terms @@ ${inPlace}::tsquery` };
}

/** A column of the statement that a row of the index stands for. */
function theirs(column: SQL): SQL {
  return sql`(select s.${column} from statements s where s.id = i.statement_id)`;
}

function bothOf(parts: readonly Condition[]): Condition {
  const terms = parts.flatMap((part) => part.terms ?? []);
  const exact = parts.flatMap((part) => part.exact ?? []);
  return {
    terms: terms.length > 0 ? allTerms(terms) : null,
    exact: exact.length > 0 ? sql`(${sql.join(exact, sql` and `)})` : null,
  };
}

function oneOf(parts: readonly Condition[]): Condition {
  const terms = parts.flatMap((part) => part.terms ?? []);
  const indexed = terms.length === parts.length;
  const plain = parts.every(({ exact }) => exact === null);
  return {
    terms: indexed ? anyTerm(terms) : null,
    exact: indexed && plain ? null : sql`(${sql.join(parts.map(wholeCondition), sql` or `)})`,
  };
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
      return exact(speaksFor(json));
    case "side":
      return { terms: anyTerm(values.map((side) => quoteTerm(tag.side(side)))), exact: null };
    default:
      return { terms: anyTerm(ids.map((id) => quoteTerm(tagged[field](id)))), exact: null };
  }
}

function shows(condition: SQL): SQL {
  return sql`i.statement_id in (select e.statement_id from development_evidence e join developments d on d.id = e.development_id where e.statement_id is not null and ${condition})`;
}

/** The body itself, its parts, and whoever held an office in one of them on the day of the words. */
function speaksFor(bodies: SQL): SQL {
  const day = sql`to_char(i.said_instant at time zone 'UTC', 'YYYY-MM-DD')`;
  return sql`exists (
    select from statement_actors a where a.statement_id = i.statement_id and (a.actor_id in ${bodies} or exists (
      select from offices o where o.actor_id = a.actor_id and o.body_id in ${bodies}
        and (o.valid_from is null or left(${day}, length(o.valid_from)) >= o.valid_from)
        and (o.valid_to is null or left(${day}, length(o.valid_to)) <= o.valid_to))))`;
}
