import { isLooseDate } from "../catalogue/fields.ts";
import { detectDevelopments } from "../detect/developments.ts";
import type { Language } from "../domain/article.ts";
import type { Development } from "../domain/development.ts";
import { Failure } from "../domain/failure.ts";
import type { KnownDate } from "../domain/known-date.ts";
import { documentJson } from "../present/reading-json.ts";
import { turnedAside } from "../present/turned.ts";
import { opened } from "../read/container/open.ts";
import { type DocumentReading, readDocument } from "../read/document.ts";
import { noHints } from "../read/hints.ts";
import { compileLexicon } from "../read/statement/lexicon.ts";
import { currentCatalogue, currentConfig } from "./context.ts";
import { type Input, takeIn } from "./inputs.ts";
import { say } from "./output.ts";

type ReadOptions = {
  readonly json?: boolean;
  readonly published?: string;
  readonly lang?: string;
  readonly source?: string;
  readonly url?: string;
};

/** Prints what Parley reads from pages and texts; needs no database. Exit status 1 when an input could not be read at all. */
export async function readCommand(paths: readonly string[], options: ReadOptions): Promise<void> {
  const catalogue = currentCatalogue(currentConfig());
  const lexicon = compileLexicon(catalogue);
  const source = options.source ? (catalogue.sources.find(({ id }) => id === options.source) ?? null) : null;
  if (options.source && !source)
    throw new Failure(
      "bad-input",
      `--source ${options.source}: the catalogue has no such source; parley sources lists them.`,
    );
  const hints = { ...noHints, source, published: dateFrom(options.published), lang: languageFrom(options.lang) };
  for await (const input of takeIn(paths, { url: options.url })) {
    if (!input.fetched) {
      complain(input, options.json === true);
      continue;
    }
    const reading = readDocument(await opened(input.fetched), hints, lexicon);
    const { article, statements } = reading;
    const developments = detectDevelopments({
      ...{ article, statements, official: source?.official ?? false, sourceActorId: source?.actor ?? null },
      ...{
        types: catalogue.developmentTypes,
        events: catalogue.events,
        actors: catalogue.actors,
        past: [],
        now: new Date(),
      },
    });
    if (options.json) process.stdout.write(`${JSON.stringify(documentJson(input.path, reading, developments))}\n`);
    else printReading(input.path, reading, developments);
    if (article.text === "") process.exitCode = 1;
  }
}

/** Reports an input that could not be taken in: as a line of its own among JSON, else on standard error. */
export function complain({ path, failure }: Input, json: boolean): void {
  process.exitCode = 1;
  const problem = { code: failure?.code ?? "bad-input", message: failure?.message ?? "cannot be read" };
  if (json)
    process.stdout.write(
      `${JSON.stringify({ path, document: null, statements: [], developments: [], items: [], problems: [problem] })}\n`,
    );
  else say(problem.message.startsWith(path) ? problem.message : `${path}: ${problem.message}`);
}

function printReading(
  path: string,
  { article, statements }: DocumentReading,
  developments: readonly Development[],
): void {
  const facts = [article.kind, article.lang, article.publishedAt?.value, article.byline].filter(Boolean).join(" · ");
  console.log(`${article.title ?? path}\n${facts}\n`);
  for (const { speaker, actors, text, topics, kind, act, polarity } of statements) {
    const who = actors.map(({ actorId }) => actorId).join(", ");
    console.log(
      `${speaker?.text ?? "unknown speaker"}${who ? ` (${who})` : ""} — ${act === "speech" ? kind : act}${turnedAside(polarity)}`,
    );
    console.log(`  ${text.replace(/\s+/g, " ").slice(0, 600)}`);
    if (topics.length > 0) console.log(`  ${topics.map(({ id }) => id).join(", ")}`);
    console.log();
  }
  for (const { type, severity, summary, eventDate } of developments)
    console.log(`[${severity}] ${type}${eventDate ? ` ${eventDate.value}` : ""}: ${summary}`);
  console.log(`${count(statements.length, "statement")}, ${count(developments.length, "development")}.`);
  for (const { code, message } of article.problems) console.log(`Problem ${code}: ${message}`);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function dateFrom(text: string | undefined): KnownDate | null {
  if (text === undefined) return null;
  if (!isLooseDate(text))
    throw new Failure("bad-input", `--published ${text}: expected a date that exists, as YYYY-MM-DD, YYYY-MM or YYYY.`);
  const precision = text.length === 10 ? "day" : text.length === 7 ? "month" : "year";
  return { value: text, precision, basis: "given", raw: text };
}

function languageFrom(text: string | undefined): Language | null {
  if (text === undefined || text === "en" || text === "zh") return text ?? null;
  throw new Failure("bad-input", `--lang ${text}: Parley reads en and zh.`);
}
