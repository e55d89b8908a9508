import { parseUrl } from "../domain/parse-url.ts";
import { bareHost } from "../domain/site.ts";
import type { Actor } from "./actor.ts";
import type { Source, SourceList } from "./source.ts";

/** What is known of a list before it is a source. */
export type FoundList = {
  readonly kind: SourceList["kind"];
  readonly url: string;
  readonly title: string;
  /** For a listing page: which links are its entries. */
  readonly articlePath?: string | undefined;
  readonly languages: readonly string[];
  /** Where it was found, as evidence: `found on https://… on 2026-05-19`. */
  readonly evidence: string;
};

/** What the user says of a new source; the rest is taken from its actor. */
export type SourceSays = { readonly id?: string; readonly class?: string; readonly every?: string };

/** The sort of place that an actor's own site is. */
const CLASS_OF: Readonly<Partial<Record<Actor["type"], string>>> = {
  media: "press",
  "think-tank": "think-tank",
  "government-body": "official-readout",
  igo: "official-readout",
  company: "company",
};

/** Writes a catalogue entry for a list that was found. Its publisher's type says whether it speaks for a state: what is right must be looked at. */
export function draftSource(found: FoundList, actor: Actor, says: SourceSays, taken: ReadonlySet<string>) {
  const { kind, url, title, articlePath, languages, evidence } = found;
  const plain = url.startsWith("http:");
  return {
    id: says.id ?? freeId(idFrom(`${bareHost(parseUrl(url)?.hostname ?? "")} ${title}`), taken),
    title,
    actor: actor.id,
    class: says.class ?? CLASS_OF[actor.type] ?? "website",
    official: actor.type === "government-body" || actor.type === "state" || actor.type === "igo",
    bloc: actor.bloc,
    languages: languages.length > 0 ? languages : ["en"],
    priority: "C",
    enabled: true,
    confidence: "medium",
    evidence: [evidence],
    poll: { every: says.every ?? "1h" },
    list: { kind, url, ...(articlePath ? { articlePath } : {}) },
    ...(plain ? { plainHttp: true } : {}),
  };
}

/** Finds the actor whose sources already stand on the host of an address, when all of them are of one; null otherwise. */
export function actorOnHost(url: string, sources: readonly Source[]): string | null {
  const host = bareHost(parseUrl(url)?.hostname ?? "");
  const there = sources.filter(({ list }) => list && bareHost(parseUrl(list.url)?.hostname ?? "") === host);
  const actors = new Set(there.map(({ actor }) => actor));
  return actors.size === 1 ? (there[0]?.actor ?? null) : null;
}

/** Makes an id of words: lower-case letters and digits joined by `-`, at most 60 characters. */
export function idFrom(words: string): string {
  const id = words
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  return id || "source";
}

/** Adds a number to an id that is taken. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? id : `${id}-${number}`;
    if (!taken.has(free)) return free;
  }
}
