import { sumUpCoverage } from "./coverage-line.ts";
import type { DigestFacts } from "./digest-facts.ts";
import { digestHtml } from "./digest-html.ts";
import { digestSubject, topLines } from "./digest-lines.ts";
import { digestPlain } from "./digest-plain.ts";
import { digestWords } from "./digest-words.ts";

/** A digest ready to be sent. */
export type DigestMail = { readonly subject: string; readonly html: string; readonly plain: string };

/** Writes the digest: what changed in three lines, developments by thread, who said what, and how far silence may be believed. */
export function composeDigest(facts: DigestFacts): DigestMail {
  const words = digestWords(facts.lang);
  const coverage = sumUpCoverage(facts.coverage, facts.troubles);
  const page = { facts, words, coverage, lines: topLines(facts, words, coverage) };
  return { subject: digestSubject(facts, words, coverage), html: digestHtml(page), plain: digestPlain(page) };
}
