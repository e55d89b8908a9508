import type { Context, Hono } from "hono";
import type { DocumentListRow } from "../../db/archive/document-rows.ts";
import { statementWithKey } from "../../db/archive/statement-by-key.ts";
import type { StatementRow } from "../../db/archive/statement-rows.ts";
import type { Database } from "../../db/client.ts";
import { searchDevelopments } from "../../db/developments/development-list.ts";
import { searchDocuments } from "../../db/search/document-search.ts";
import { searchStatements } from "../../db/search/statement-search.ts";
import { documentName } from "../../domain/document-name.ts";
import { excerptOf } from "../../domain/query/passage.ts";
import type { Query } from "../../domain/query/query.ts";
import { showingGaps } from "../../domain/span.ts";
import { escapeMarkup } from "../../present/escape-markup.ts";
import { linkTo } from "../../present/links.ts";
import { turnedAside, turnedMark } from "../../present/turned.ts";
import { answerProblem } from "../http/problem.ts";
import { parametersOf, understandQuestion } from "../search.ts";

/** One entry of a feed out, whatever the form. */
type Entry = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly updated: Date;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  /** What a program must know, by name; none where there is nothing. */
  readonly facts?: Readonly<Record<string, string>>;
};

const ENTRIES = 50;

/** Adds feeds of any search, in Atom (RFC 4287) and JSON Feed 1.1, and the lasting addresses of statements. */
export function addSearchFeeds(app: Hono, db: Database, baseOf: (c: Context) => string, now: () => Date): void {
  app.get("/s/:key{[0-9a-f]{32}}", async (c) => {
    const id = await statementWithKey(db, c.req.param("key"));
    return id === null ? c.notFound() : c.redirect(`/statements/${id}`, 302);
  });
  app.get("/feeds/:name{(?:statements|developments|documents)\\.(?:atom|json)}", async (c) => {
    const url = new URL(c.req.url);
    const { query, mistakes } = await understandQuestion(db, parametersOf(url));
    if (mistakes.length > 0) return answerProblem(c, 400, mistakes.map(({ message }) => message).join(" "), mistakes);
    const [noun = "", form] = c.req.param("name").split(".");
    const base = baseOf(c);
    const entries = await entriesOf(db, noun, query, base);
    const about = {
      title: titleOf(noun, url),
      self: `${base}${url.pathname}${url.search}`,
      home: `${base}/${noun}${url.search}`,
    };
    return answerFeed(c, form === "json" ? "json" : "atom", about, entries, now());
  });
}

/** Makes the entries of the newest that meet a question. */
async function entriesOf(db: Database, noun: string, query: Query, base: string): Promise<readonly Entry[]> {
  const newest = { limit: ENTRIES, after: null };
  if (noun === "statements") return statementEntries(await searchStatements(db, query, newest), base);
  if (noun === "documents") return documentEntries(await searchDocuments(db, query, newest), query, base);
  return developmentEntries(await searchDevelopments(db, query, newest), base);
}

/** Answers with entries as a feed of either form. */
export function answerFeed(
  c: Context,
  form: "atom" | "json",
  about: About,
  entries: readonly Entry[],
  now: Date,
): Response {
  const updated = new Date(Math.max(0, ...entries.map((entry) => entry.updated.getTime())) || now.getTime());
  return form === "json"
    ? c.body(jsonFeed(about, entries), 200, { "Content-Type": "application/feed+json; charset=utf-8" })
    : c.body(atomOf(about, entries, updated), 200, { "Content-Type": "application/atom+xml; charset=utf-8" });
}

function titleOf(noun: string, url: URL): string {
  const asked = [...url.searchParams].map(([name, value]) => (name === "q" ? value : `${name}:${value}`)).join(" ");
  return asked === "" ? `Parley: ${noun}` : `Parley: ${noun}: ${asked}`;
}

/** Makes the entries of statements, with lasting addresses. */
export function statementEntries({ rows }: { readonly rows: readonly StatementRow[] }, base: string): readonly Entry[] {
  return rows.map((row) => {
    const authors = row.actors.length > 0 ? row.actors.map(({ name }) => name) : row.speaker ? [row.speaker.text] : [];
    const words = showingGaps(row.words, row.content);
    const url = linkTo.lasting(base, row);
    const turned = turnedMark(row.polarity);
    return {
      ...{ id: row.key ? `urn:parley:statement:${row.key}` : url, url },
      title: `${turned ? `(${turned}) ` : ""}${authors.join(", ") || "Speaker not known"}: ${shortened(words)}`,
      text: [
        `${words}${turnedAside(row.polarity)}`,
        [row.document.title, row.document.source?.title].filter(Boolean).join(", "),
      ].join("\n\n"),
      updated: row.saidInstant ?? new Date(0),
      ...{ authors, tags: row.topics.map(({ id }) => id) },
      facts: { kind: row.kind, act: row.act, polarity: row.polarity },
    };
  });
}

/** Longest piece of a text that stands in an entry, in UTF-16 units, about. */
const PASSAGE = 600;

function documentEntries(
  { rows }: { readonly rows: readonly DocumentListRow[] },
  query: Query,
  base: string,
): readonly Entry[] {
  return rows.map((row) => ({
    ...{ id: `${base}/documents/${row.id}`, url: `${base}/documents/${row.id}` },
    title: documentName(row) ?? "Untitled document",
    text: [excerptOf(query, row, PASSAGE).excerpt.text, row.source?.title ?? row.origin].filter(Boolean).join("\n\n"),
    updated: row.publishedInstant ?? new Date(0),
    ...{ authors: row.byline ? [row.byline] : [], tags: row.source ? [row.source.id] : [] },
  }));
}

function developmentEntries({ rows }: Awaited<ReturnType<typeof searchDevelopments>>, base: string): readonly Entry[] {
  return rows.map((row) => ({
    ...{ id: `${base}/developments/${row.id}`, url: `${base}/developments/${row.id}`, title: row.summary },
    text: row.evidence
      .map(({ words, documentTitle }) => `“${words}”${documentTitle ? ` — ${documentTitle}` : ""}`)
      .join("\n\n"),
    ...{ updated: row.detectedAt, authors: [], tags: [row.type, `severity-${row.severity}`] },
  }));
}

function shortened(words: string): string {
  const characters = [...words];
  return characters.length > 120 ? `${characters.slice(0, 119).join("")}…` : words;
}

type About = { readonly title: string; readonly self: string; readonly home: string };

function jsonFeed({ title, self, home }: About, entries: readonly Entry[]): string {
  return JSON.stringify({
    ...{ version: "https://jsonfeed.org/version/1.1", title, home_page_url: home, feed_url: self },
    items: entries.map(({ id, url, title: name, text, updated, authors, tags, facts }) => ({
      ...{ id, url, title: name, content_text: text, tags },
      ...(updated.getTime() > 0 ? { date_published: updated.toISOString() } : {}),
      authors: authors.map((author) => ({ name: author })),
      ...(facts ? { _parley: facts } : {}),
    })),
  });
}

function atomOf({ title, self, home }: About, entries: readonly Entry[], updated: Date): string {
  const written = entries.map(
    (entry) => `<entry>
<id>${escapeMarkup(entry.id)}</id>
<title>${escapeMarkup(entry.title)}</title>
<link rel="alternate" href="${escapeMarkup(entry.url)}"/>
<updated>${entry.updated.toISOString()}</updated>
${entry.authors.map((name) => `<author><name>${escapeMarkup(name)}</name></author>`).join("")}
${entry.tags.map((tag) => `<category term="${escapeMarkup(tag)}"/>`).join("")}
${Object.entries(entry.facts ?? {})
  .map(([name, value]) => `<category scheme="urn:parley:${name}" term="${escapeMarkup(value)}"/>`)
  .join("")}
<content type="text">${escapeMarkup(entry.text)}</content>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${escapeMarkup(self)}</id>
<title>${escapeMarkup(title)}</title>
<updated>${updated.toISOString()}</updated>
<author><name>Parley</name></author>
<link rel="self" href="${escapeMarkup(self)}"/>
<link rel="alternate" href="${escapeMarkup(home)}"/>
${written.join("\n")}
</feed>
`;
}
