import { inArray, or, sql } from "drizzle-orm";
import type { Database } from "./client.ts";
import { actors, topics } from "./schema/catalogue.ts";

/** Finds actors by id or exact name, and all that belong to them: the parts of a body, the people of a side. */
export async function actorFamily(db: Database, names: readonly string[]): Promise<string[]> {
  const list = sql.join(
    names.map((name) => sql`${name.toLowerCase()}`),
    sql`, `,
  );
  const rows = await db.execute<{ id: string }>(sql`
    with recursive family as (
      select id from ${actors} where id in (${list}) or lower(name) in (${list}) or lower(name_zh) in (${list})
      union
      select child.id from ${actors} child join family on child.parent_id = family.id
    )
    select id from family`);
  return rows.map(({ id }) => id);
}

/** Finds topics and their leaves. */
export async function topicFamily(db: Database, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: topics.id })
    .from(topics)
    .where(or(inArray(topics.id, [...ids]), inArray(topics.parentId, [...ids])));
  return rows.map(({ id }) => id);
}

/** Names that no actor, topic, source or development type has: a typing error must not look like silence. */
export async function unknownNames(
  db: Database,
  names: Partial<Record<"actors" | "topics" | "sources" | "developmentTypes", readonly string[]>>,
): Promise<readonly { readonly noun: "actor" | "topic" | "source" | "type"; readonly name: string }[]> {
  const asked = [
    ...(names.actors ?? []).map((name) => ({ noun: "actor" as const, name })),
    ...(names.topics ?? []).map((name) => ({ noun: "topic" as const, name })),
    ...(names.sources ?? []).map((name) => ({ noun: "source" as const, name })),
    ...(names.developmentTypes ?? []).map((name) => ({ noun: "type" as const, name })),
  ];
  if (asked.length === 0) return [];
  const values = sql.join(
    asked.map(({ noun, name }) => sql`(${noun}::text, ${name}::text)`),
    sql`, `,
  );
  const rows = await db.execute<{ noun: "actor" | "topic" | "source" | "type"; name: string }>(sql`
    select noun, name from (values ${values}) as asked (noun, name)
    where not case noun
      when 'actor' then exists (select from actors a where lower(asked.name) in (a.id, lower(a.name), lower(a.name_zh)))
      when 'topic' then exists (select from topics t where t.id = asked.name)
      when 'source' then exists (select from sources s where s.id = asked.name)
      else exists (select from development_types d where d.id = asked.name)
    end`);
  return rows.map(({ noun, name }) => ({ noun, name }));
}
