import { and, isNull, notInArray, sql } from "drizzle-orm";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Database } from "../client.ts";
import { inParts } from "../in-parts.ts";
import { actors, developmentTypes, offices, sources, topics } from "../schema/catalogue.ts";

/**
 * Writes the catalogue into its tables, so that SQL can join it. Entries that left the catalogue are marked retired, never
 * deleted: what was said stays attributed. A source that is new or was switched on is due at once.
 */
export async function saveCatalogue(db: Database, catalogue: Catalogue, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley catalogue'))`);
    await saveActors(tx, catalogue, now);
    await saveTopics(tx, catalogue, now);
    await saveDevelopmentTypes(tx, catalogue, now);
    await saveSources(tx, catalogue, now);
  });
}

async function saveActors(db: Database, { actors: all }: Catalogue, now: Date): Promise<void> {
  const rows = all.map((actor) => ({
    id: actor.id,
    type: actor.type,
    name: actor.name,
    nameZh: actor.zh[0] ?? null,
    bloc: actor.bloc,
    parentId: actor.parent,
    definition: actor,
    retiredAt: null,
  }));
  for (const part of inParts(rows)) {
    await db
      .insert(actors)
      .values(part)
      .onConflictDoUpdate({
        target: actors.id,
        set: excluded(["type", "name", "name_zh", "bloc", "parent_id", "definition", "retired_at"]),
      });
  }
  const ids = all.map(({ id }) => id);
  if (ids.length > 0)
    await db
      .update(actors)
      .set({ retiredAt: now })
      .where(and(notInArray(actors.id, ids), isNull(actors.retiredAt)));
  await db.delete(offices);
  const held = all.flatMap((actor) =>
    actor.offices.map(({ role, body, from, to }) => ({
      actorId: actor.id,
      role,
      bodyId: body,
      validFrom: from,
      validTo: to,
    })),
  );
  for (const part of inParts(held)) await db.insert(offices).values(part).onConflictDoNothing();
}

async function saveTopics(db: Database, { topics: all }: Catalogue, now: Date): Promise<void> {
  const rows = all.flatMap(({ ofTheTalks, ...topic }) => [
    {
      ...{ id: topic.id, label: topic.label, labelZh: topic.labelZh ?? null, parentId: null },
      ...{ definition: topic.definition, ofTheTalks },
    },
    ...topic.leaves.map((leaf) => ({
      id: leaf.id,
      label: leaf.label,
      labelZh: leaf.labelZh ?? null,
      parentId: topic.id,
      definition: leaf.definition,
      ofTheTalks,
    })),
  ]);
  if (rows.length === 0) return;
  await db
    .insert(topics)
    .values(rows)
    .onConflictDoUpdate({
      target: topics.id,
      set: excluded(["label", "label_zh", "parent_id", "definition", "of_the_talks", "retired_at"]),
    });
  const ids = rows.map(({ id }) => id);
  await db
    .update(topics)
    .set({ retiredAt: now })
    .where(and(notInArray(topics.id, ids), isNull(topics.retiredAt)));
}

async function saveDevelopmentTypes(db: Database, { developmentTypes: all }: Catalogue, now: Date): Promise<void> {
  const rows = all.map(({ id, label, labelZh, definition, severity }) => ({
    id,
    label,
    labelZh: labelZh ?? null,
    definition,
    severity,
  }));
  if (rows.length === 0) return;
  await db
    .insert(developmentTypes)
    .values(rows)
    .onConflictDoUpdate({
      target: developmentTypes.id,
      set: excluded(["label", "label_zh", "definition", "severity", "retired_at"]),
    });
  const ids = rows.map(({ id }) => id);
  await db
    .update(developmentTypes)
    .set({ retiredAt: now })
    .where(and(notInArray(developmentTypes.id, ids), isNull(developmentTypes.retiredAt)));
}

async function saveSources(db: Database, { sources: all }: Catalogue, now: Date): Promise<void> {
  const rows = all.map((source) => ({
    id: source.id,
    title: source.title,
    actorId: source.actor,
    enabled: source.enabled,
    definition: source,
    retiredAt: null,
    nextPollAt: source.enabled && source.list ? now : null,
  }));
  for (const part of inParts(rows)) {
    await db
      .insert(sources)
      .values(part)
      .onConflictDoUpdate({
        target: sources.id,
        set: {
          ...excluded(["title", "actor_id", "enabled", "definition", "retired_at"]),
          // A source that runs keeps its rhythm over a restart; one that was switched on is due now, one switched off never, and
          // one whose list is gone for good not before it has another address.
          nextPollAt: sql`case when excluded.next_poll_at is null then null
            when ${addressChanged} then excluded.next_poll_at
            when ${isGone} then null
            else coalesce(${sources.nextPollAt}, excluded.next_poll_at) end`,
          // Validators and moves belong to an address: another address must not be asked with them.
          ...Object.fromEntries(
            [sources.etag, sources.lastModified, sources.movedTo, sources.sentOnTo].map((column) => [
              camelCase(column.name),
              sql`case when ${addressChanged} then null else ${column} end`,
            ]),
          ),
        },
      });
  }
  const ids = all.map(({ id }) => id);
  const gone = ids.length > 0 ? and(notInArray(sources.id, ids), isNull(sources.retiredAt)) : isNull(sources.retiredAt);
  await db.update(sources).set({ retiredAt: now, enabled: false, nextPollAt: null }).where(gone);
}

const addressChanged = sql`${sources.definition}->'list'->>'url' is distinct from excluded.definition->'list'->>'url'`;
/** The last thing heard of the list is that it is gone (410). */
const isGone = sql`(select m.to_url is null from source_moves m where m.source_id = ${sources.id} order by m.id desc limit 1)`;

/** What `on conflict do update` sets: each column to the value that was to be inserted. */
function excluded(columns: readonly string[]): Record<string, ReturnType<typeof sql>> {
  return Object.fromEntries(columns.map((column) => [camelCase(column), sql.raw(`excluded.${column}`)]));
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
