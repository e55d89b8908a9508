import { and, asc, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { actors, offices, topics } from "../schema/catalogue.ts";
import { statementTallies } from "../schema/tallies.ts";

/** Lists the actors of whom the archive holds words, with how many statements by the last count; the most quoted first. */
export async function quotedActors(db: Database) {
  const count = statementTallies.statements;
  return db
    .select({ id: actors.id, name: actors.name, nameZh: actors.nameZh, bloc: actors.bloc, type: actors.type, count })
    .from(statementTallies)
    .innerJoin(actors, eq(actors.id, statementTallies.actorId))
    .where(
      and(eq(statementTallies.unit, "ever"), isNotNull(statementTallies.actorId), isNull(statementTallies.topicId)),
    )
    .orderBy(desc(count), asc(actors.id));
}

/** Lists the taxonomy, parents before their leaves, with how many statements carry each topic, or a leaf of it, by the last count. */
export async function topicsWithCounts(db: Database) {
  const carried = db
    .select({
      topicId: statementTallies.topicId,
      count: sql<number>`${statementTallies.statements}`.as("carried_count"),
    })
    .from(statementTallies)
    // Written as the index has it, so that it is used.
    .where(
      sql`${statementTallies.unit} = 'ever' and ${statementTallies.startsOn} = '1970-01-01'
        and coalesce(${statementTallies.side}, '') = '' and coalesce(${statementTallies.actorId}, '') = ''`,
    )
    .as("carried");
  return db
    .select({
      id: topics.id,
      label: topics.label,
      labelZh: topics.labelZh,
      parentId: topics.parentId,
      definition: topics.definition,
      count: sql<number>`coalesce(${carried.count}, 0)`,
    })
    .from(topics)
    .leftJoin(carried, eq(carried.topicId, topics.id))
    .where(isNull(topics.retiredAt))
    .orderBy(asc(topics.id));
}

/** Brings an actor with the body it belongs to and its offices; null when there is none with that id. */
export async function actorById(db: Database, id: string) {
  const [actor] = await db.select().from(actors).where(eq(actors.id, id));
  if (!actor) return null;
  const [held, members, [parent]] = await Promise.all([
    db
      .select({
        role: offices.role,
        bodyId: offices.bodyId,
        bodyName: actors.name,
        bodyNameZh: actors.nameZh,
        validFrom: offices.validFrom,
        validTo: offices.validTo,
      })
      .from(offices)
      .leftJoin(actors, eq(actors.id, offices.bodyId))
      .where(eq(offices.actorId, id))
      .orderBy(sql`${offices.validFrom} desc nulls last`, asc(offices.id)),
    db
      .select({ id: actors.id, name: actors.name, nameZh: actors.nameZh })
      .from(actors)
      .where(eq(actors.parentId, id))
      .orderBy(asc(actors.name)),
    actor.parentId
      ? db
          .select({ id: actors.id, name: actors.name, nameZh: actors.nameZh })
          .from(actors)
          .where(eq(actors.id, actor.parentId))
      : [],
  ]);
  // The copy in SQL has the English office alone.
  const roleZh = new Map(
    actor.definition.offices.map(({ role, roleZh = null, body }) => [`${role} of ${body}`, roleZh]),
  );
  return {
    ...actor,
    offices: held.map((office) => ({ ...office, roleZh: roleZh.get(`${office.role} of ${office.bodyId}`) ?? null })),
    members,
    parent: parent ?? null,
  };
}

/** Brings the names of some actors by their ids; unknown ids are left out. */
export async function actorNames(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly label: string; readonly labelZh: string | null }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: actors.id, label: actors.name, labelZh: actors.nameZh })
    .from(actors)
    .where(inArray(actors.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, ...names }) => [id, names]));
}

/** Most actors that a form suggests before anything is typed. */
const SUGGESTED = 60;

/** A name to choose from in a form. */
type NamedId = { readonly id: string; readonly label: string; readonly labelZh: string | null };

/** What forms let choose from. */
export type NameLists = {
  /** Those of whom the archive holds most. */
  readonly actors: readonly { readonly id: string; readonly name: string; readonly nameZh: string | null }[];
  readonly topics: readonly (NamedId & { readonly parentId: string | null })[];
  readonly types: readonly NamedId[];
  readonly sources: readonly { readonly id: string; readonly label: string }[];
  readonly blocs: readonly string[];
};

/** Brings the names to choose from in forms, in one question: they stand beside every search. */
export async function nameLists(db: Database): Promise<NameLists> {
  const list = (rows: SQL) => sql`(select coalesce(json_agg(listed), '[]') from (${rows}) as listed)`;
  const [lists] = await db.execute<NameLists>(sql`
    select ${list(sql`
      select a.id, a.name, a.name_zh as "nameZh" from statement_tallies t join actors a on a.id = t.actor_id
      where t.unit = 'ever' and t.actor_id is not null and t.topic_id is null
      order by t.statements desc, a.id limit ${SUGGESTED}::integer`)} as actors,
    ${list(sql`
      select id, label, label_zh as "labelZh", parent_id as "parentId" from topics where retired_at is null order by id`)} as topics,
    ${list(sql`
      select id, label, label_zh as "labelZh" from development_types where retired_at is null order by id`)} as types,
    ${list(sql`select id, title as label from sources where retired_at is null order by id`)} as sources,
    array(select distinct bloc from actors order by bloc) as blocs`);
  if (!lists) throw new Error("A question without a table brings one row.");
  return lists;
}
