import { bareHost, type Site } from "../domain/site.ts";
import type { Actor } from "./actor.ts";
import type { Catalogue } from "./catalogue.ts";
import { isEvidenceKey } from "./evidence.ts";
import type { KnownEvent } from "./known-event.ts";
import type { KeyPath } from "./mistake.ts";
import type { Phrase } from "./phrase.ts";
import type { SectionName } from "./sections.ts";
import type { Source } from "./source.ts";
import type { Topic } from "./topic.ts";

/** Something that is wrong between entries, each of which is well-formed. */
export type CrossMistake = {
  readonly section: SectionName;
  readonly id: string;
  readonly path: KeyPath;
  readonly message: string;
};

/** The ids that entries may name. */
export type KnownIds = {
  readonly sources: ReadonlySet<string>;
  readonly actors: ReadonlySet<string>;
  readonly developmentTypes: ReadonlySet<string>;
  readonly evidence: ReadonlySet<string>;
  /** Ids of topic leaves. */
  readonly leaves: ReadonlySet<string>;
};

/** Finds what is wrong between the parts of a catalogue: names of entries that do not exist, dates that run backward, lists that cannot be polled. */
export function crossCheck(catalogue: Catalogue, known: KnownIds): CrossMistake[] {
  const parents = new Map(catalogue.actors.map(({ id, parent }) => [id, parent]));
  return [
    ...catalogue.sources.flatMap((source) => tell("sources", source.id, checkSource(source, known))),
    ...catalogue.sites.flatMap((site) => tell("sites", site.id, checkSite(site, catalogue.sites, known))),
    ...catalogue.actors.flatMap((actor) => tell("actors", actor.id, checkActor(actor, known, parents))),
    ...catalogue.topics.flatMap((topic) => tell("topics", topic.id, checkTopic(topic, catalogue.topics))),
    ...catalogue.events.flatMap((event) => tell("events", event.id, checkEvent(event, known))),
    ...catalogue.phrases.flatMap((phrase) => tell("phrases", phrase.id, checkPhrase(phrase))),
  ];
}

/** Sites in the catalogue say where their facts come from. */
type CataloguedSite = Site & { readonly evidence?: readonly string[] };

type Finding = readonly [path: KeyPath, message: string];

function tell(section: SectionName, id: string, findings: Iterable<Finding>): CrossMistake[] {
  return [...findings].map(([path, message]) => ({ section, id, path, message }));
}

function* checkSource(source: Source, known: KnownIds): Generator<Finding> {
  if (!known.actors.has(source.actor)) yield [["actor"], unknownActor(source.actor)];
  yield* checkEvidence(source.evidence, known);
  for (const [index, id] of (source.mirrorOf ?? []).entries()) {
    if (!known.sources.has(id)) yield [["mirrorOf", index], `${id} is no source; expected the id of one`];
    if (id === source.id) yield [["mirrorOf", index], "a source is no mirror of itself"];
  }
  const { list } = source;
  if (source.enabled && !list) {
    yield [["enabled"], "the source has no list to poll; expected enabled: false, or a list"];
  }
  if (source.enabled && list?.kind === "page" && !list.item && !list.articlePath) {
    yield [["list"], "nothing tells entries from navigation links; expected item or articlePath"];
  }
  for (const [index, url] of [list?.url, ...(list?.fallbackUrls ?? [])].entries()) {
    if (!url || source.plainHttp || new URL(url).protocol !== "http:") continue;
    const path = index === 0 ? ["list", "url"] : ["list", "fallbackUrls", index - 1];
    yield [path, `${url} is plain http; expected https, or plainHttp: true where the publisher offers nothing else`];
  }
}

function* checkSite(site: CataloguedSite, all: readonly CataloguedSite[], known: KnownIds): Generator<Finding> {
  const others = all.filter(({ id }) => id !== site.id).flatMap(({ id, aliases }) => [id, ...aliases].map(bareHost));
  for (const [index, name] of [site.id, ...site.aliases].entries()) {
    if (!others.includes(bareHost(name))) continue;
    yield [
      index === 0 ? ["id"] : ["aliases", index - 1],
      `${name} belongs to another site too; expected each host once`,
    ];
  }
  yield* checkEvidence(site.evidence ?? [], known);
}

function* checkEvidence(evidence: readonly string[], known: KnownIds): Generator<Finding> {
  for (const [index, key] of evidence.entries()) {
    if (isEvidenceKey(key) && !known.evidence.has(key))
      yield [["evidence", index], `${key} is not explained in evidence.yaml; expected a key that is, or a sentence`];
  }
}

function* checkActor(actor: Actor, known: KnownIds, parents: ReadonlyMap<string, string | null>): Generator<Finding> {
  if (actor.parent !== null && !known.actors.has(actor.parent)) yield [["parent"], unknownActor(actor.parent)];
  if (isOwnAncestor(actor.id, parents)) yield [["parent"], "the parents run in a circle; expected a chain that ends"];
  for (const [index, { body, from, to }] of actor.offices.entries()) {
    if (!known.actors.has(body)) yield [["offices", index, "body"], unknownActor(body)];
    if (from !== null && to !== null && isBefore(to, from)) {
      yield [["offices", index, "to"], `${to} is before ${from}; expected the end of the office after its beginning`];
    }
  }
}

function* checkTopic(topic: Topic, topics: readonly Topic[]): Generator<Finding> {
  for (const [index, { id }] of topic.leaves.entries()) {
    if (!id.startsWith(`${topic.id}.`)) {
      yield [["leaves", index, "id"], `"${id}": expected ${topic.id}. and a name, because that is its topic`];
    }
    const first = topics.flatMap(({ leaves }) => leaves).find((leaf) => leaf.id === id);
    if (first !== topic.leaves[index]) yield [["leaves", index, "id"], `"${id}" stands twice; expected each id once`];
  }
}

function* checkEvent(event: KnownEvent, known: KnownIds): Generator<Finding> {
  if (!known.developmentTypes.has(event.type))
    yield [["type"], `"${event.type}" is no id in development-types.yaml; expected one that is`];
  for (const [index, id] of event.actors.entries())
    if (!known.actors.has(id)) yield [["actors", index], unknownActor(id)];
  for (const [index, id] of event.topics.entries()) {
    if (!known.leaves.has(id)) yield [["topics", index], `"${id}" is no leaf in topics.yaml; expected one that is`];
  }
  if (event.end !== null && isBefore(event.end, event.date)) {
    yield [["end"], `${event.end} is before ${event.date}; expected the last day`];
  }
  const parts = { year: 1, month: 2, day: 3 }[event.precision];
  if (event.date.split("-").length < parts) {
    yield [["precision"], `${event.precision}, but the date is ${event.date}; expected a precision that the date has`];
  }
}

function* checkPhrase({ variants }: Phrase): Generator<Finding> {
  if (variants.en.length + variants.zh.length === 0) yield [["variants"], "is empty; expected at least one wording"];
}

function unknownActor(id: string): string {
  return `"${id}" is no id in actors/; expected one that is`;
}

/** Compares as far as both dates are known: `2026` is not before `2026-05`. */
function isBefore(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) < b.slice(0, length);
}

function isOwnAncestor(id: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(id); at && !seen.has(at); at = parents.get(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}
