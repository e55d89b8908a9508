import type { Actor } from "../../src/catalogue/actor.ts";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import type { DevelopmentType } from "../../src/catalogue/development-type.ts";
import { type Source, sourceSchema } from "../../src/catalogue/source.ts";
import { type Topic, topicSchema } from "../../src/catalogue/topic.ts";

/** Builds an invented state, unless the test says otherwise. */
export function buildActor(says: Partial<Actor> = {}): Actor {
  return {
    ...{ id: "norland", type: "state", name: "Norland", aliases: [], abbreviations: [], zh: [], bloc: "third" },
    ...{ parent: null, offices: [], evidence: [] },
    ...says,
  };
}

/** What a test may say of a source: as in the catalogue's files, where defaults may be left out. */
export type SourceSays = Partial<Record<keyof Source, unknown>>;

/** Builds an official source of that state with a feed that is polled every ten minutes. */
export function buildSource(says: SourceSays = {}): Source {
  return sourceSchema.parse({
    ...{ id: "norland-briefings", title: "Norland, briefings", actor: "norland", class: "ministry-briefing" },
    ...{ official: true, bloc: "third", languages: ["en"], priority: "A", enabled: true, confidence: "high" },
    evidence: ["invented for the test"],
    poll: { every: "10m" },
    list: { kind: "feed", url: "https://norland.example/feed.xml" },
    ...says,
  });
}

/** Builds a topic with one leaf. */
export function buildTopic(id = "process", leaf = "channel", ofTheTalks = true): Topic {
  const definition = "invented for the test";
  const cues = { en: { strong: ["hotline"] } };
  return topicSchema.parse({
    ...{ id, label: id, definition, ofTheTalks },
    leaves: [{ id: `${id}.${leaf}`, label: leaf, definition, cues }],
  });
}

/** Builds a type of development. */
export function buildType(id: string, severity: DevelopmentType["severity"] = 4): DevelopmentType {
  return { id, label: id, definition: "invented for the test", severity, cues: { en: [], zh: [] } };
}

/** Builds a small catalogue: one actor, one source, one topic, two types of development. */
export function buildCatalogue(says: Partial<Catalogue> = {}): Catalogue {
  return {
    sources: [buildSource()],
    sites: [],
    actors: [buildActor()],
    ambiguityRules: [],
    nations: [],
    topics: [buildTopic()],
    developmentTypes: [
      buildType("talks.announced"),
      buildType("document.silent-edit", 3),
      buildType("document.withdrawn", 4),
    ],
    events: [],
    phrases: [],
    ...says,
  };
}
