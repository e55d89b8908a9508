import type { z } from "zod";
import { actorSchema, ambiguityRuleSchema } from "./actor.ts";
import { developmentTypeSchema } from "./development-type.ts";
import { evidenceEntrySchema } from "./evidence.ts";
import { knownEventSchema } from "./known-event.ts";
import { nationSchema } from "./nation.ts";
import { phraseSchema } from "./phrase.ts";
import { siteSchema } from "./site.ts";
import { sourceSchema } from "./source.ts";
import { topicSchema } from "./topic.ts";

/** One kind of entry: the file or folder it stands in, the key that tells entries apart, and its schema. */
export type Section = { readonly name: string; readonly key: "id" | "form"; readonly schema: z.ZodType };

/**
 * Everything a catalogue folder may hold. A section is one file `NAME.yaml` or a folder `NAME/` of them;
 * how a folder is cut into files is for people only.
 */
export const SECTIONS = {
  sources: { name: "sources", key: "id", schema: sourceSchema },
  sites: { name: "sites", key: "id", schema: siteSchema },
  actors: { name: "actors", key: "id", schema: actorSchema },
  ambiguityRules: { name: "ambiguity-rules", key: "form", schema: ambiguityRuleSchema },
  nations: { name: "nations", key: "id", schema: nationSchema },
  topics: { name: "topics", key: "id", schema: topicSchema },
  developmentTypes: { name: "development-types", key: "id", schema: developmentTypeSchema },
  events: { name: "events", key: "id", schema: knownEventSchema },
  phrases: { name: "phrases", key: "id", schema: phraseSchema },
  evidence: { name: "evidence", key: "id", schema: evidenceEntrySchema },
} as const satisfies Record<string, Section>;

/** Names a section in code: `sources`, `actors` … */
export type SectionName = keyof typeof SECTIONS;

/** Finds the section a file belongs to by its path inside the catalogue folder (`sources/china.yaml`); null when none. */
export function sectionOf(path: string): SectionName | null {
  const [, name] = /^([a-z-]+)(?:\/[a-z0-9-]+)?\.yaml$/.exec(path) ?? [];
  for (const [section, { name: sectionName }] of Object.entries(SECTIONS)) {
    if (sectionName === name) return section as SectionName;
  }
  return null;
}
