import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

/** One statement that a document makes. */
const statement = z.strictObject({
  /** The words; several where a cue interrupts them. */
  words: z.union([z.string(), z.array(z.string())]),
  /** Ids of the actors; empty where the speaker is nobody we know. */
  by: z.array(z.string()),
  /** The mention of the speaker, as it stands in the text or title. */
  speaker: z.string().optional(),
  kind: z.enum(["direct", "mixed", "indirect"]).optional(),
  polarity: z.enum(["affirmed", "negated", "hypothetical"]).optional(),
  act: z.string().optional(),
  addressee: z.string().optional(),
  relayed: z.string().optional(),
  /** The first words of the question that an answer replies to, and who asked. */
  question: z.string().optional(),
  outlet: z.string().nullable().optional(),
  date: z.string().nullable().optional(),
});

const document = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Failure classes it stands for: `1` to `13` of tests/gold/README.md, `page`, `date`. */
  classes: z.array(z.string()).min(1),
  /** A plain text, kept unchanged; or a page. */
  text: z.string().optional(),
  html: z.string().optional(),
  url: z.string().optional(),
  /** What is known from elsewhere. */
  title: z.string().optional(),
  published: z.string().optional(),
  /** Facts of the page, where the document is about them. */
  page: z
    .strictObject({
      body: z.array(z.string()).optional(),
      title: z.string().nullable().optional(),
      byline: z.string().nullable().optional(),
      published: z.string().nullable().optional(),
      updated: z.string().nullable().optional(),
      kind: z.string().optional(),
      lang: z.string().nullable().optional(),
    })
    .optional(),
  /** All statements of the document, in any order; whatever else is found is wrong. Left out where a page is all that is asked. */
  statements: z.array(statement).optional(),
});

export type GoldStatement = z.infer<typeof statement>;
export type GoldDocument = z.infer<typeof document>;

/** Loads the labelled documents of one language; a mistake in them is named with its file and place. */
export function goldDocuments(lang: "en" | "zh"): readonly GoldDocument[] {
  const folder = fileURLToPath(new URL(`${lang}/`, import.meta.url));
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .sort();
  return files.flatMap((name) => {
    const found = z.array(document).safeParse(parse(readFileSync(`${folder}${name}`, "utf8")));
    if (!found.success) throw new Error(`${lang}/${name}: ${z.prettifyError(found.error)}`);
    return found.data;
  });
}

/** Loads the ids of documents that are known not to be read wholly right yet, with what is wrong. */
export function knownMisses(): Readonly<Record<string, string>> {
  const file = fileURLToPath(new URL("missed.yaml", import.meta.url));
  return z.record(z.string(), z.string()).parse(parse(readFileSync(file, "utf8")) ?? {});
}
