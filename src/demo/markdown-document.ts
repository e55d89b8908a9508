import { DateTime } from "luxon";
import { z } from "zod";
import { Failure } from "../domain/failure.ts";
import { parseDemoYaml } from "./demo-file.ts";

/** A White House document as demo/white-house/ keeps it: front matter and a Markdown body. */
export type MarkdownDocument = {
  readonly title: string;
  /** The part of the site it stood in: `press-briefings`, `statements-releases` … */
  readonly section: string;
  /** ISO 8601 with the page's own offset. */
  readonly publishedAt: string;
  readonly modifiedAt: string | null;
  /** Where the White House published it. */
  readonly originalUrl: string;
  readonly body: string;
};

/** `2023-11-15 21:09:53-05:00`, given back as ISO 8601 with the same offset. */
const instant = z.string().transform((text, context) => {
  const time = DateTime.fromSQL(text, { setZone: true });
  if (!time.isValid || !/[+-]\d\d:\d\d$/.test(text)) {
    context.addIssue(`expected a time such as 2023-11-15 21:09:53-05:00, not ${text}`);
    return z.NEVER;
  }
  return time.toISO({ suppressMilliseconds: true });
});

const frontMatterSchema = z.object({
  title: z.string().min(1),
  tags: z.string().min(1),
  published_time: instant,
  modified_time: instant.optional(),
  source_url: z.url(),
});

/**
 * Reads the front matter of a document and sets its body apart.
 *
 * @param name - File name for messages.
 * @throws {Failure} `bad-input` when the front matter is missing or lacks a field.
 */
export function readMarkdownDocument(raw: string, name: string): MarkdownDocument {
  const parts = /^---\n(.*?)\n---\n(.*)$/s.exec(raw);
  if (!parts) throw new Failure("bad-input", `${name}: no front matter between two lines of "---" at the start`);

  const facts = frontMatterSchema.safeParse(parseDemoYaml(parts[1] ?? "", name));
  if (!facts.success) throw new Failure("bad-input", `${name}: ${z.prettifyError(facts.error)}`);

  const { title, tags, published_time, modified_time, source_url } = facts.data;
  return {
    title,
    section: tags,
    publishedAt: published_time,
    modifiedAt: modified_time ?? null,
    originalUrl: source_url,
    body: parts[2] ?? "",
  };
}
