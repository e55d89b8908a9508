import { sql } from "drizzle-orm";
import type { QuestionMention, QuestionMistake } from "../../domain/query/ask.ts";
import { type FieldName, fieldOf } from "../../domain/query/field.ts";
import { type KnownName, type QueryNames, unknownName } from "../../domain/query/names.ts";
import { leavesOf, type Query } from "../../domain/query/query.ts";
import type { Database } from "../client.ts";
import { actorFamily } from "./families.ts";

/** The ids that the names of a question stand for: actors with what belongs to them, topics with their leaves. */
export type ResolvedNames = (field: FieldName, values: readonly string[]) => readonly string[];

/** Finds the mistakes in the names of a question, each with the name that may have been meant. */
export async function unknownNames(
  db: Database,
  mentions: readonly QuestionMention[],
): Promise<readonly QuestionMistake[]> {
  if (mentions.length === 0) return [];
  const asked = mentions.map(({ field, name }, place) => ({ place, list: fieldOf(field).names, name }));
  const rows = await db.execute<{ place: number }>(sql`
    select place
    from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as asked (place integer, list text, name text)
    where not case list
      when 'actors' then exists (select from actors a where lower(asked.name) in (a.id, lower(a.name), lower(a.name_zh)))
      when 'sides' then exists (select from actors a where lower(a.bloc) = lower(asked.name))
      when 'topics' then exists (select from topics t where lower(asked.name) in (t.id, lower(t.label), lower(t.label_zh)))
      when 'sources' then exists (select from sources s where s.id = asked.name)
      when 'classes' then exists (select from sources s where s.definition ->> 'class' = asked.name)
      else exists (select from development_types d where d.id = asked.name or starts_with(d.id, asked.name || '.'))
    end`);
  if (rows.length === 0) return [];
  const known = await catalogueNames(db);
  return rows.flatMap(({ place }) => {
    const mention = mentions[place];
    const list = mention && fieldOf(mention.field).names;
    return mention && list ? [{ ...unknownName(mention, known[list]), parameter: mention.parameter }] : [];
  });
}

/** Lists every name that a question may mention. */
export async function catalogueNames(db: Database): Promise<QueryNames> {
  const rows = await db.execute<{
    list: keyof QueryNames;
    id: string;
    name: string | null;
    name_zh: string | null;
  }>(sql`
    select 'actors' as list, id, name, name_zh from actors
    union all select distinct 'sides', bloc, null, null from actors
    union all select 'topics', id, label, label_zh from topics
    union all select 'types', id, null, null from development_types
    union all select distinct 'types', split_part(id, '.', 1), null, null from development_types
    union all select 'sources', id, null, null from sources
    union all select distinct 'classes', definition ->> 'class', null, null from sources`);
  const known: Record<keyof QueryNames, KnownName[]> = {
    ...{ actors: [], sides: [], topics: [], types: [], sources: [], classes: [] },
  };
  for (const { list, id, name, name_zh } of rows)
    known[list].push({ id, names: [name, name_zh].filter((one) => one !== null) });
  return known;
}

/**
 * Finds what the names in a question stand for.
 *
 * @param taken - Fields whose values are taken as they were given.
 */
export async function resolveNames(
  db: Database,
  query: Query,
  taken: readonly FieldName[] = [],
): Promise<ResolvedNames> {
  const found = new Map<string, readonly string[]>();
  for (const { leaf } of leavesOf(query)) {
    if (leaf.is !== "filter" || fieldOf(leaf.field).names === null || taken.includes(leaf.field)) continue;
    found.set(keyOf(leaf.field, leaf.values), await idsOf(db, leaf.field, leaf.values));
  }
  return (field, values) => found.get(keyOf(field, values)) ?? values;
}

function keyOf(field: FieldName, values: readonly string[]): string {
  return JSON.stringify([field, values]);
}

async function idsOf(db: Database, field: FieldName, values: readonly string[]): Promise<readonly string[]> {
  const list = sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`;
  const ids = async (query: ReturnType<typeof sql>) => (await db.execute<{ id: string }>(query)).map(({ id }) => id);
  switch (field) {
    case "actor":
    case "body":
      return actorFamily(db, values);
    case "side":
      return ids(sql`
        select a.id from actors a where lower(a.bloc) in (select lower(side) from unnest(array${list}) side)
          and exists (select from statement_actors s where s.actor_id = a.id)
        union select a.id from actors a where lower(a.bloc) in (select lower(side) from unnest(array${list}) side)
          and exists (select from development_actors d where d.actor_id = a.id)`);
    case "topic":
      return ids(sql`
        with named as (
          select id from topics, (select lower(jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb)) as name) asked
          where name in (id, lower(label), lower(label_zh))
        )
        select id from topics where id in (select id from named) or parent_id in (select id from named)`);
    case "type":
      return ids(sql`select id from development_types where id in ${list} or split_part(id, '.', 1) in ${list}`);
    case "class":
      return ids(sql`select id from sources where definition ->> 'class' in ${list}`);
    default:
      return values;
  }
}
