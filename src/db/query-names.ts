import { isNull } from "drizzle-orm";
import type { QueryNames } from "../domain/query/names.ts";
import type { Database } from "./client.ts";
import { actors, developmentTypes, sources, topics } from "./schema/catalogue.ts";

/** Lists every name that a question may mention. */
export async function queryNames(db: Database): Promise<QueryNames> {
  const [people, leaves, types, places] = await Promise.all([
    db.select({ id: actors.id, name: actors.name, nameZh: actors.nameZh, bloc: actors.bloc }).from(actors),
    db.select({ id: topics.id, parentId: topics.parentId }).from(topics),
    db.select({ id: developmentTypes.id }).from(developmentTypes),
    db.select({ id: sources.id, definition: sources.definition }).from(sources).where(isNull(sources.retiredAt)),
  ]);
  const once = (names: readonly (string | null)[]) => [...new Set(names)].filter((name) => name !== null);
  return {
    actors: once(people.flatMap(({ id, name, nameZh }) => [id, name, nameZh])),
    sides: once(people.map(({ bloc }) => bloc)),
    topics: once(leaves.flatMap(({ id, parentId }) => [id, parentId])),
    types: once(types.flatMap(({ id }) => [id, id.split(".")[0] ?? id])),
    sources: once(places.map(({ id }) => id)),
    classes: once(places.map(({ definition }) => definition.class)),
  };
}
