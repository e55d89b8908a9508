import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { indexDocuments, unindexedDocuments } from "../../src/db/search/document-index.ts";
import { fitting, MOST_ANSWER_BYTES } from "../../src/mcp/fitting.ts";
import { createMcpServer } from "../../src/mcp/server.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { keepCatalogue, keepDevelopment, keepWords } from "../web/archive.ts";

const db = useDatabase();
const STATEMENTS = 40;
const longId = { statement: 0 };
let assistant: Client;

beforeAll(async () => {
  await keepCatalogue(db());
  for (let at = 0; at < STATEMENTS; at += 1) {
    const words = `Turn ${at}: ${"the hotline 热线 stands. ".repeat(400)}`;
    const actors = [{ actorId: at % 2 ? "southmark" : "ada-example", method: "exact" as const, confidence: 1 }];
    const kept = await keepWords(db(), words, { actors, day: `2026-05-${String(1 + (at % 28)).padStart(2, "0")}` });
    if (at % 4 === 0)
      await keepDevelopment(db(), kept, { summary: `Happening ${at}`, evidence: [{ start: 0, end: words.length }] });
  }
  const { id } = await keepWords(db(), `Filibuster: ${"word ".repeat(80_000)}`, { day: "2026-06-01" });
  longId.statement = id;
  await indexDocuments(db(), await unindexedDocuments(db(), { now: noon }, 100));
  const report = (error: unknown) => {
    throw error;
  };
  const server = createMcpServer({
    ...{ db: db(), now: () => noon, version: "0.0.0-test", base: "https://parley.desk.example", report },
  });
  const [here, there] = InMemoryTransport.createLinkedPair();
  assistant = new Client({ name: "test", version: "1" });
  await Promise.all([server.connect(there), assistant.connect(here)]);
}, 60_000);
afterAll(() => assistant?.close());

/** Calls a tool and weighs what came. */
async function ask(name: string, args: Record<string, unknown>) {
  const answer = await assistant.callTool({ name, arguments: args });
  const bytes = Buffer.byteLength(JSON.stringify(answer));
  const text = (answer.content as { text: string }[]).map((part) => part.text).join("\n");
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape.
  return { data: answer.structuredContent as any, text, bytes, isError: answer.isError ?? false };
}

/** The protocol's own words around an answer. */
const AROUND = 200;

describe("an answer to an assistant", () => {
  test.each([
    ["search_statements", "statements", "statementId", STATEMENTS + 1],
    ["search_documents", "documents", "documentId", STATEMENTS + 1],
    ["search_developments", "developments", "id", STATEMENTS / 4],
  ])("of %s is bounded, and its pages are the whole, each entry once", async (tool, list, id, count) => {
    const seen: number[] = [];
    let after: string | null = "";
    let cut = 0;
    while (after !== null) {
      const { data, text, bytes, isError } = await ask(tool, { query: "", limit: 50, after });
      expect([isError, bytes < MOST_ANSWER_BYTES + AROUND]).toEqual([false, true]);
      seen.push(...data[list].map((entry: Record<string, number>) => entry[id]));
      after = data.next;
      if (data.leftOut === null) continue;
      cut += 1;
      expect(data.leftOut).toMatch(/^\d+ more did not fit into one answer; pass next as after to get them\.$/);
      expect(text).toContain(data.leftOut);
      expect(after).not.toBeNull();
    }
    expect([new Set(seen).size, seen.length]).toEqual([count, count]);
    expect(cut > 0).toBe(list !== "documents");
  });

  test("of timeline is bounded, and goes on where it is told to", async () => {
    const dates: string[] = [];
    for (let skip: number | null = 0; skip !== null; ) {
      const { data, bytes } = await ask("timeline", { query: "hotline", limit: 100, skip });
      expect(bytes).toBeLessThan(MOST_ANSWER_BYTES + AROUND);
      dates.push(...data.entries.map(({ date }: { date: string }) => date));
      const next: string | undefined = /^\d+ more entries .* skip: (\d+)\.$/.exec(data.leftOut ?? "")?.[1];
      skip = next === undefined ? null : Number(next);
    }
    expect(dates).toHaveLength(STATEMENTS);
    expect(dates).toEqual([...dates].sort());
  });

  test("of compare is bounded for both, and says how to get the rest", async () => {
    const { data, bytes } = await ask("compare", {
      one: "North",
      other: "actor:southmark",
      about: "hotline",
      limit: 25,
    });
    expect(bytes).toBeLessThan(MOST_ANSWER_BYTES + AROUND);
    for (const [account, query] of [
      [data.one, 'hotline side:"North"'],
      [data.other, 'hotline actor:"southmark"'],
    ]) {
      expect(account.leftOut).toContain(query);
      const left = Number(/^\d+/.exec(account.leftOut)?.[0]);
      expect(account.statements.length + left).toBe(20);
      const { data: found } = await ask("search_statements", { query, limit: 1 });
      expect(found.statements[0].statementId).toBe(account.statements[0].statementId);
    }
  });

  test("of a statement that is longer than any answer has its beginning, and says that it was cut", async () => {
    const { data, bytes, isError } = await ask("get_statement", { statement: longId.statement });
    expect([isError, bytes < MOST_ANSWER_BYTES]).toEqual([false, true]);
    expect(data.statement.words).toMatch(
      /^Filibuster: word word .* … \[cut here: \d+ characters more, see the link\]$/,
    );
    expect(data.statement.permanentLink).toMatch(/\/s\/[0-9a-f]{32}$/);
  });
});

test("as many entries fit as their bytes allow, at least one, and none is changed but one that is too long alone", () => {
  const entry = fc.record({ words: fc.nat(60_000).map((length) => "字".repeat(length)) });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), (entries) => {
      const shown = fitting(entries, ({ words }) => words);
      const bytes = shown.reduce((sum, { words }) => sum + 2 * Buffer.byteLength(words), 0);
      expect(bytes).toBeLessThan(MOST_ANSWER_BYTES);
      expect(shown.length).toBeGreaterThan(0);
      if (shown.length > 1) expect(shown).toEqual(entries.slice(0, shown.length));
    }),
    { numRuns: 50 },
  );
});
