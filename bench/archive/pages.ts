import { pathToFileURL } from "node:url";
import type postgres from "postgres";
import type { Database } from "../../src/db/client.ts";
import { chanceFrom, pick } from "../site/chance.ts";
import { wordOfRank } from "./words.ts";

/** A group of pages that are asked for as a browser would, by their addresses. */
export type PageGroup = { readonly name: string; readonly addresses: readonly string[] };

/** Chooses pages of every kind that the archive fills: lists, single statements and documents, actors, topics. */
export async function pageGroups(sql: postgres.Sql, each: number): Promise<readonly PageGroup[]> {
  const chance = chanceFrom(78);
  const many = (make: () => string) => Array.from({ length: each }, make);
  const listOf = async (query: postgres.PendingQuery<{ id: string }[]>) =>
    (await query).map(({ id }) => id) as [string, ...string[]];
  const actors = await listOf(
    sql`select id from actors where id in (select actor_id from statement_actors limit 5000)`,
  );
  const topics = await listOf(sql`select id from topics`);
  const [last] = await sql<{ statement: number; document: number }[]>`
    select max(s.id)::float8 as statement, (select max(id)::float8 from documents) as document from statements s`;
  const upTo = (most: number | undefined) => 1 + Math.floor(chance() * (most ?? 1));
  return [
    { name: "today", addresses: many(() => "/") },
    { name: "statements", addresses: many(() => `/statements?q=${wordOfRank(Math.floor(20_000 ** chance()) - 1)}`) },
    { name: "a statement", addresses: many(() => `/statements/${upTo(last?.statement)}`) },
    { name: "a document", addresses: many(() => `/documents/${upTo(last?.document)}`) },
    { name: "an actor", addresses: many(() => `/actors/${pick(chance, actors)}`) },
    { name: "a topic", addresses: many(() => `/topics/${pick(chance, topics)}`) },
    {
      name: "lists of actors and topics, matrix",
      addresses: many(() => pick(chance, ["/actors", "/topics", "/matrix"])),
    },
    { name: "about", addresses: many(() => "/about") },
    {
      name: "developments, threads, sources",
      addresses: many(() => pick(chance, ["/developments", "/threads", "/sources"])),
    },
    { name: "documents", addresses: many(() => `/documents?q=${wordOfRank(Math.floor(20_000 ** chance()) - 1)}`) },
  ];
}

/** Chooses searches by the HTTP API. */
export function apiGroup(each: number): PageGroup {
  const chance = chanceFrom(79);
  const word = () => wordOfRank(Math.floor(20_000 ** chance()) - 1);
  return { name: "api", addresses: Array.from({ length: each }, () => `/api/v1/statements?q=${word()}&limit=40`) };
}

/** Opens the web application over an archive, as it stands at a moment: the built one, beside which its style and script lie. */
export async function openPages(db: Database, now: Date) {
  const { createWeb } = (await import(pathToFileURL("dist/web/app.js").href)) as typeof import("../../src/web/app.tsx");
  const app = createWeb({
    ...{ db, now: () => now, version: "0.0.0-bench", access: "loopback", publicUrl: null },
    report: (error) => {
      throw error;
    },
  });
  /** Loads a page; gives how many bytes it is. */
  return async (address: string): Promise<number> => {
    const response = await app.request(address, { headers: { "accept-encoding": "gzip" } });
    if (response.status !== 200) throw new Error(`${address} answered ${response.status}.`);
    return (await response.arrayBuffer()).byteLength;
  };
}
