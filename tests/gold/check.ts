import type { Statement } from "../../src/domain/statement.ts";
import { readDocument } from "../../src/read/document.ts";
import { noHints } from "../../src/read/hints.ts";
import { lexicon } from "../read/invented.ts";
import type { GoldDocument, GoldStatement } from "./gold.ts";

/** How one document was read: what is wrong, and the counts behind the figures. */
export type Checked = {
  readonly wrong: readonly string[];
  readonly expected: number;
  readonly found: number;
  /** Expected statements whose words were found, and of these with the right actors. */
  readonly words: number;
  readonly actors: number;
};

/** Reads a labelled document with the invented catalogue of the tests and says all that is wrong. */
export function check(gold: GoldDocument): Checked {
  const bytes = new TextEncoder().encode(gold.html ?? gold.text ?? "");
  const url = gold.url ?? `file:///${gold.id}.${gold.html === undefined ? "txt" : "html"}`;
  const published = gold.published
    ? { value: gold.published, precision: "day" as const, basis: "given", raw: gold.published }
    : null;
  const { article, statements } = readDocument(
    { bytes, url, headers: {} },
    { ...noHints, title: gold.title ?? null, published },
    lexicon,
  );
  const wrong: string[] = [];
  const say = (what: string, want: unknown, got: unknown) => {
    if (want !== undefined && JSON.stringify(want) !== JSON.stringify(got))
      wrong.push(`${what}: want ${JSON.stringify(want)}, got ${JSON.stringify(got)}`);
  };
  const { page } = gold;
  say("body", page?.body, article.text.split("\n"));
  say("title", page?.title, article.title);
  say("byline", page?.byline, article.byline);
  say("published", page?.published, article.publishedAt?.value ?? null);
  say("updated", page?.updated, article.updatedAt?.value ?? null);
  say("kind", page?.kind, article.kind);
  say("lang", page?.lang, article.lang);
  const left = new Set(statements);
  let [words, actors] = [0, 0];
  for (const want of gold.statements ?? []) {
    const wanted = [want.words].flat().join(" ");
    const got = [...left].find((statement) => bare(statement.text) === bare(wanted));
    if (!got) {
      wrong.push(`not found: ${wanted}`);
      continue;
    }
    left.delete(got);
    words++;
    const before = wrong.length;
    say(`actors of “${wanted}”`, [...want.by].sort(), got.actors.map(({ actorId }) => actorId).sort());
    if (wrong.length === before) actors++;
    facts(want, got, article.text, say);
  }
  if (gold.statements)
    for (const { text, speaker } of left) wrong.push(`not there: ${speaker?.text ?? "nobody"}: ${text}`);
  return {
    wrong,
    expected: gold.statements?.length ?? 0,
    found: gold.statements ? statements.length : 0,
    words,
    actors,
  };
}

function facts(
  want: GoldStatement,
  got: Statement,
  text: string,
  say: (what: string, want: unknown, got: unknown) => void,
) {
  const about = (what: string) => `${what} of “${got.text.slice(0, 40)}”`;
  say(about("pieces"), [want.words].flat().length, got.content.length);
  say(about("speaker"), want.speaker, got.speaker?.text);
  say(about("kind"), want.kind, got.kind);
  say(about("polarity"), want.polarity, got.polarity);
  say(about("act"), want.act, got.act);
  say(about("addressee"), want.addressee, got.addressee);
  say(about("relayed by"), want.relayed, got.relayedBy);
  say(about("date"), want.date, got.saidAt?.value ?? null);
  say(about("outlet"), want.outlet, got.question?.outlet ?? null);
  if (want.question !== undefined)
    say(
      about("question"),
      want.question,
      got.question && text.slice(got.question.start, got.question.start + want.question.length),
    );
}

/** Words without marks, stops and a “that” at their ends, one space between: the reader may give the complement with its conjunction. */
function bare(words: string): string {
  return words
    .replace(/[“”"「」]/g, "")
    .replace(/[，,](?= )/g, "")
    .replace(/\s+/g, " ")
    .replace(/^\s*that\s/i, "")
    .replace(/^[\s,.:;，。：；]+|[\s,.:;，。：；]+$/g, "");
}
