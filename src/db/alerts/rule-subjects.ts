import { eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { KnownDate } from "../../domain/known-date.ts";
import type { QuerySubject } from "../../domain/query/match.ts";
import type { Database } from "../client.ts";
import { documents, versions } from "../schema/archive.ts";
import { actors, offices, sources, topics } from "../schema/catalogue.ts";
import { developmentActors, developmentEvidence, developments, developmentTopics } from "../schema/developments.ts";
import { statementActors, statements, statementTopics } from "../schema/statements.ts";
import { threadDevelopments } from "../schema/threads.ts";

/** A development or a statement as rules see it. */
export type RuleSubject = {
  readonly id: number;
  readonly subject: QuerySubject;
  /** Null where it belongs to none. */
  readonly threadId: number | null;
  /** Of the document that showed it first; null where that gives no date. */
  readonly publishedAt: KnownDate | null;
};

/** Brings developments as rules see them, in the order of the ids; those that are not there are left out. */
export async function developmentSubjects(db: Database, ids: readonly number[]): Promise<readonly RuleSubject[]> {
  if (ids.length === 0) return [];
  const wanted = [...ids];
  const [rows, evidence, people, about] = await Promise.all([
    db
      .select({
        ...{
          id: developments.id,
          type: developments.type,
          status: developments.status,
          severity: developments.severity,
        },
        ...{ summary: developments.summary, at: developments.detectedAt, eventDate: developments.eventDate },
        ...{ publishedAt: versions.publishedAt, threadId: threadDevelopments.threadId },
      })
      .from(developments)
      .innerJoin(versions, eq(versions.id, developments.versionId))
      .leftJoin(threadDevelopments, eq(threadDevelopments.developmentId, developments.id))
      .where(inArray(developments.id, wanted)),
    db
      .select({
        ...{ owner: developmentEvidence.developmentId, words: developmentEvidence.words, lang: versions.lang },
        ...{ kind: statements.kind, act: statements.act, fidelity: statements.fidelity },
        ...{ confidence: statements.confidence, source: sources.id, definition: sources.definition },
      })
      .from(developmentEvidence)
      .innerJoin(versions, eq(versions.id, developmentEvidence.versionId))
      .innerJoin(documents, eq(documents.id, versions.documentId))
      .leftJoin(sources, eq(sources.id, documents.sourceId))
      .leftJoin(statements, eq(statements.id, developmentEvidence.statementId))
      .where(inArray(developmentEvidence.developmentId, wanted)),
    db
      .select({ owner: developmentActors.developmentId, actorId: developmentActors.actorId })
      .from(developmentActors)
      .where(inArray(developmentActors.developmentId, wanted)),
    db
      .select({ owner: developmentTopics.developmentId, ...topicNames })
      .from(developmentTopics)
      .leftJoin(topics, eq(topics.id, developmentTopics.topicId))
      .leftJoin(parents, eq(parents.id, topics.parentId))
      .where(inArray(developmentTopics.developmentId, wanted)),
  ]);
  const families = await familiesOf(db, people);
  const [evidenceOf, peopleOf, aboutOf] = [grouped(evidence), grouped(people), grouped(about)];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const shown = evidenceOf.get(id) ?? [];
    const confidences = shown.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
    const day = row.publishedAt?.value ?? row.at.toISOString().slice(0, 10);
    const subject: QuerySubject = {
      text: [row.summary, ...shown.map(({ words }) => words)].join("\n"),
      ...families.namesOf(
        (peopleOf.get(id) ?? []).map(({ actorId }) => actorId),
        day,
      ),
      topics: namesIn(aboutOf.get(id) ?? []),
      ...{ type: row.type, status: row.status, severity: row.severity, at: row.at },
      kinds: known(shown.map(({ kind }) => kind)),
      acts: known(shown.map(({ act }) => act)),
      fidelities: known(shown.map(({ fidelity }) => fidelity)),
      confidence: confidences.length === 0 ? null : Math.max(...confidences),
      langs: known(shown.map(({ lang }) => lang)),
      sources: known(shown.map(({ source }) => source)),
      classes: known(shown.map(({ definition }) => definition?.class ?? null)),
    };
    return [{ id, subject, threadId: row.threadId, publishedAt: row.publishedAt }];
  });
}

/** Brings statements as rules see them: what they say, not what they show. */
export async function statementSubjects(db: Database, ids: readonly number[]): Promise<readonly RuleSubject[]> {
  if (ids.length === 0) return [];
  const wanted = [...ids];
  const [rows, people, about] = await Promise.all([
    db
      .select({
        ...{ id: statements.id, words: statements.words, lang: statements.lang, kind: statements.kind },
        ...{ act: statements.act, fidelity: statements.fidelity, confidence: statements.confidence },
        ...{ saidAt: statements.saidAt, publishedAt: versions.publishedAt, at: versions.createdAt },
        ...{ source: sources.id, definition: sources.definition },
      })
      .from(statements)
      .innerJoin(versions, eq(versions.id, statements.versionId))
      .innerJoin(documents, eq(documents.id, versions.documentId))
      .leftJoin(sources, eq(sources.id, documents.sourceId))
      .where(inArray(statements.id, wanted)),
    db
      .select({ owner: statementActors.statementId, actorId: statementActors.actorId })
      .from(statementActors)
      .where(inArray(statementActors.statementId, wanted)),
    db
      .select({ owner: statementTopics.statementId, ...topicNames })
      .from(statementTopics)
      .leftJoin(topics, eq(topics.id, statementTopics.topicId))
      .leftJoin(parents, eq(parents.id, topics.parentId))
      .where(inArray(statementTopics.statementId, wanted)),
  ]);
  const families = await familiesOf(db, people);
  const [peopleOf, aboutOf] = [grouped(people), grouped(about)];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const day = (row.saidAt ?? row.publishedAt)?.value ?? row.at.toISOString().slice(0, 10);
    const subject: QuerySubject = {
      text: row.words,
      ...families.namesOf(
        (peopleOf.get(id) ?? []).map(({ actorId }) => actorId),
        day,
      ),
      topics: namesIn(aboutOf.get(id) ?? []),
      ...{ type: "", status: "new", severity: 0, at: row.at },
      ...{ kinds: [row.kind], acts: [row.act], fidelities: [row.fidelity], confidence: row.confidence },
      ...{ langs: known([row.lang]), sources: known([row.source]), classes: known([row.definition?.class ?? null]) },
    };
    return [{ id, subject, threadId: null, publishedAt: row.publishedAt }];
  });
}

const parents = alias(topics, "parents");
const topicNames = {
  id: topics.id,
  ...{ label: topics.label, labelZh: topics.labelZh },
  ...{ parentLabel: parents.label, parentLabelZh: parents.labelZh },
};

/** Lists what topics go by: ids and labels in both languages, those of what they belong to among them. */
function namesIn(
  about: readonly ({ readonly owner: number } & Readonly<Record<keyof typeof topicNames, string | null>>)[],
): readonly string[] {
  return known(about.flatMap(({ owner, ...names }) => Object.values(names)));
}

type Names = Pick<QuerySubject, "actors" | "bodies" | "sides">;
type Kin = {
  readonly id: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly bloc: string;
  readonly parentId: string | null;
};
type Office = {
  readonly actorId: string;
  readonly bodyId: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
};

/** Reads all that some actors belong to, now or by an office, and answers by what names rules may ask for them. */
async function familiesOf(
  db: Database,
  people: readonly { readonly actorId: string }[],
): Promise<{ readonly namesOf: (actorIds: readonly string[], day: string) => Names }> {
  const ids = [...new Set(people.map(({ actorId }) => actorId))];
  if (ids.length === 0) return { namesOf: () => ({ actors: [], bodies: [], sides: [] }) };
  const held = await db.select().from(offices).where(inArray(offices.actorId, ids));
  const roots = [...new Set([...ids, ...known(held.map(({ bodyId }) => bodyId))])];
  const list = sql.join(
    roots.map((id) => sql`${id}`),
    sql`, `,
  );
  const rows = await db.execute<{
    id: string;
    name: string;
    name_zh: string | null;
    bloc: string;
    parent_id: string | null;
  }>(sql`
    with recursive kin as (
      select id, name, name_zh, bloc, parent_id from ${actors} where id in (${list})
      union
      select up.id, up.name, up.name_zh, up.bloc, up.parent_id from ${actors} up join kin on up.id = kin.parent_id
    )
    select * from kin`);
  const kin = new Map<string, Kin>(
    rows.map(({ name_zh: nameZh, parent_id: parentId, ...rest }) => [rest.id, { ...rest, nameZh, parentId }]),
  );
  const upward = (id: string): readonly Kin[] => {
    const line: Kin[] = [];
    for (
      let one = kin.get(id);
      one && !line.includes(one);
      one = one.parentId === null ? undefined : kin.get(one.parentId)
    )
      line.push(one);
    return line;
  };
  const written = (line: readonly Kin[]) =>
    line.flatMap(({ id, name, nameZh }) => [id, name, ...(nameZh === null ? [] : [nameZh])]);
  return {
    namesOf: (actorIds, day) => {
      const own = actorIds.flatMap(upward);
      const byOffice = held
        .filter((office) => actorIds.includes(office.actorId) && isHeldOn(office, day))
        .flatMap(({ bodyId }) => (bodyId === null ? [] : upward(bodyId)));
      return {
        actors: [...new Set(written(own))],
        bodies: [...new Set(written([...own, ...byOffice]))],
        sides: [...new Set(actorIds.flatMap((id) => kin.get(id)?.bloc ?? []))],
      };
    },
  };
}

/** Compares dates of different precision by what both have; an office counts whole days, months or years. */
function isHeldOn({ validFrom, validTo }: Office, day: string): boolean {
  const upTo = (bound: string) => day.slice(0, bound.length);
  return (validFrom === null || upTo(validFrom) >= validFrom) && (validTo === null || upTo(validTo) <= validTo);
}

function grouped<Row extends { readonly owner: number }>(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.owner);
    if (group) group.push(row);
    else groups.set(row.owner, [row]);
  }
  return groups;
}

function known<T>(values: readonly (T | null)[]): readonly T[] {
  return [...new Set(values)].filter((value) => value !== null);
}
