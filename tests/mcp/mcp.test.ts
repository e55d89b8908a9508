import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeToken } from "../../src/db/analysts/tokens.ts";
import { shipped } from "../../src/paths.ts";
import { type RunningWeb, startWeb } from "../../src/web/http/server.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildStatement } from "../support/readings.ts";
import { keepCatalogue, keepDevelopment, keepDocument, keepWords } from "../web/archive.ts";
import { openWeb } from "../web/open-web.ts";

const db = useDatabase();
const ids = { statement: 0, development: 0 };
const PUBLIC = "https://parley.desk.example";
let assistant: Client;

const ada = [{ actorId: "ada-example", method: "exact" as const, confidence: 1 }];
const southmark = [{ actorId: "southmark", method: "exact" as const, confidence: 1 }];
const frontier = [{ id: "frontier.safety", score: 1, evidence: [] }];

beforeAll(async () => {
  await keepCatalogue(db());
  const words = "Norland will share its safety tests.";
  const text = `Was there a test?\n${words}\nThe briefing ended.`;
  const statement = buildStatement(text, words, { actors: ada, topics: frontier });
  const place = await keepDocument(db(), { text, statements: [statement], url: "https://norland.example/briefing-7" });
  ids.statement = place.statementIds[0] ?? 0;
  const span = { start: text.indexOf(words), end: text.indexOf(words) + words.length };
  ids.development = await keepDevelopment(db(), place, { summary: "Norland shares tests", evidence: [span] });
  await keepWords(db(), "Southmark doubts these safety tests.", {
    ...{ actors: southmark, topics: frontier, day: "2026-04-02", sourceId: "southmark-news" },
  });
  await keepWords(db(), "An undated word on safety.", { actors: southmark, topics: frontier, day: null });

  const { PATH = "", HOME = "" } = process.env;
  const transport = new StdioClientTransport({
    ...{ command: process.execPath, args: [shipped("dist/cli.js"), "mcp"] },
    env: { PATH, HOME, DATABASE_URL: db.url(), PARLEY_PUBLIC_URL: PUBLIC },
  });
  assistant = new Client({ name: "test", version: "1" });
  await assistant.connect(transport);
}, 60_000);

afterAll(() => assistant?.close());

/** Calls a tool; the SDK's client checks the answer against the shape that the server declares. */
async function ask(name: string, args: Record<string, unknown>, client = assistant) {
  const { structuredContent, content, isError } = await client.callTool({ name, arguments: args });
  const text = (content as { text: string }[]).map((part) => part.text).join("\n");
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape.
  return { data: structuredContent as any, text, isError: isError ?? false };
}

describe("an assistant over standard input and output", () => {
  test("is offered six tools that only read, and the query language", async () => {
    await assistant.listTools();
    const { tools } = await assistant.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      ...["compare", "get_statement", "search_developments", "search_documents", "search_statements", "timeline"],
    ]);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
    const { contents } = await assistant.readResource({ uri: "parley://query-language" });
    expect((contents[0] as { text: string }).text).toContain("NEAR/5");
  });

  test("gets statements with speaker, office, date, source, permanent link and original address", async () => {
    const { data, text } = await ask("search_statements", { query: "safety share actor:ada-example" });
    expect(data.statements).toHaveLength(1);
    const [cited] = data.statements;
    expect(cited).toMatchObject({
      ...{ statementId: ids.statement, words: "Norland will share its safety tests.", date: "2026-05-19" },
      speakers: [{ name: "Ada Example", side: "North", offices: ["Spokesperson, Norland Ministry of Talks"] }],
      ...{ source: "Norland, briefings", originalUrl: "https://norland.example/briefing-7" },
    });
    expect(cited.permanentLink).toMatch(/^https:\/\/parley\.desk\.example\/s\/[0-9a-f]{32}$/);
    for (const part of [cited.words, "Spokesperson", "2026-05-19", cited.originalUrl, cited.permanentLink]) {
      expect(text).toContain(part);
    }
  });

  test("goes through pages that together are the whole, each statement once", async () => {
    const seen: number[] = [];
    let after: string | null = "";
    while (after !== null) {
      const { data } = await ask("search_statements", { query: "safety", limit: 1, after });
      seen.push(...data.statements.map(({ statementId }: { statementId: number }) => statementId));
      after = data.next;
    }
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
  });

  test("gets the same statement by number, lasting name and link, in its context and down to the bytes", async () => {
    const { data } = await ask("get_statement", { statement: ids.statement });
    expect(data).toMatchObject({
      ...{ before: "Was there a test?\n", after: "\nThe briefing ended.", isCurrent: true, versions: 1 },
      bytes: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      developments: [{ id: ids.development, permanentLink: `${PUBLIC}/developments/${ids.development}` }],
    });
    const link: string = data.statement.permanentLink;
    expect((await ask("get_statement", { statement: link })).data).toEqual(data);
    expect((await ask("get_statement", { statement: link.slice(-32) })).data).toEqual(data);
  });

  test("gets documents by words that nobody said, with the piece of the text that shows them", async () => {
    const { data, text } = await ask("search_documents", { query: '"briefing ended" source:norland-briefings' });
    const permanentLink = expect.stringMatching(/^https:\/\/parley\.desk\.example\/documents\/\d+$/);
    expect(data).toMatchObject({
      documents: [
        {
          ...{ title: "Regular briefing", source: "Norland, briefings", date: "2026-05-19", statements: 1 },
          ...{ originalUrl: "https://norland.example/briefing-7", permanentLink, withdrawn: false },
        },
      ],
      next: null,
    });
    const [{ excerpt }] = data.documents;
    expect(excerpt).toContain("The briefing ended.");
    for (const part of ["The briefing ended.", "Regular briefing", "briefing-7"]) expect(text).toContain(part);
    expect((await ask("search_documents", { query: "unicorn" })).text).toContain(
      "watched sources answer as they should",
    );
    expect((await ask("search_documents", { query: "actor:nobody-known" })).isError).toBe(true);
  });

  test("gets developments with the words that show them", async () => {
    const { data } = await ask("search_developments", { query: "type:talks.announced" });
    expect(data.developments).toMatchObject([
      { id: ids.development, evidence: [{ statementId: ids.statement, speakers: [{ name: "Ada Example" }] }] },
    ]);
  });

  test("gets a timeline of a topic from the earliest to the latest, what has no date at its end", async () => {
    const { data } = await ask("timeline", { query: "topic:frontier" });
    expect(data.entries.map(({ date }: { date: string | null }) => date)).toEqual(["2026-04-02", "2026-05-19", null]);
  });

  test("gets the steps of a thread", async () => {
    const { data: found } = await ask("search_developments", { query: "" });
    const { threadId } = found.developments[0];
    const { data } = await ask("timeline", { thread: threadId });
    expect(data.entries).toMatchObject([{ date: "2026-05-19", development: { id: ids.development } }]);
  });

  test.each([
    ["North", "South", "side"],
    ["norland", "southmark", "actor"],
    ["actor:norland", "actor:Southmark", "actor"],
  ])("sees side by side what %s and %s say on a topic", async (one, other, as) => {
    const { data } = await ask("compare", { one, other, about: "topic:frontier" });
    expect(data).toMatchObject({ one: { as, count: 1 }, other: { as, count: 2 } });
    expect(data.one.statements[0].words).toBe("Norland will share its safety tests.");
    expect(data.other.statements[0].words).toBe("Southmark doubts these safety tests.");
  });

  test("is told how many sources were reached where nothing is found", async () => {
    const { data, text } = await ask("search_statements", { query: "unheard-of" });
    expect(data.statements).toEqual([]);
    expect(text).toMatch(/Nothing in the archive meets this\. \d+ of 2 watched sources answer/);
  });

  test.each([
    ["search_statements", { query: "talks topic:fronteer" }, "No topic is called", "            ^^^^^^^^", "frontier"],
    ["search_statements", { query: "talks (trade" }, "characters 7 to 7", "^", "talks (trade"],
    ["search_developments", { query: "since:yesterday" }, "expected a date", "^", "since:yesterday"],
    ["timeline", { query: "actor:nobody-known" }, "No actor is called", "^", "actor:nobody-known"],
    ["timeline", {}, "Give either thread or query", "", ""],
    ["timeline", { thread: 999_999 }, "thread is 999999; there is none", "", ""],
    [
      "compare",
      { one: "North", other: "Sowthmark", about: "" },
      'No actor is called "Sowthmark"',
      "(other, ",
      "southmark",
    ],
    ["compare", { one: "North", other: "South", about: '"open' }, "about, characters", "^", '"open'],
    ["get_statement", { statement: "999999999" }, 'statement is "999999999"; there is none', "", ""],
    ["search_statements", { query: "", after: "nonsense" }, 'after is "nonsense"', "", ""],
  ])("%s %j is refused with the place and what is wrong", async (tool, args, ...says) => {
    const { isError, text } = await ask(tool, args);
    expect(isError).toBe(true);
    for (const part of says) expect(text).toContain(part);
  });
});

describe("an assistant over HTTP", () => {
  let web: RunningWeb;
  const connect = async (headers: Record<string, string> = {}) => {
    const client = new Client({ name: "test", version: "1" });
    const requestInit = { headers };
    await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", web.url), { requestInit }));
    return client;
  };

  beforeAll(async () => {
    const { app } = openWeb(db(), { access: "token", publicUrl: PUBLIC });
    web = await startWeb({ app, port: 0 });
  });
  afterAll(() => web?.close());

  test("gets the same answers with a token that may read", async () => {
    const token = await makeToken(db(), "desk", "reader", noon, null);
    const client = await connect({ authorization: `Bearer ${token}` });
    const args = { query: "actor:ada-example" };
    expect(await ask("search_statements", args, client)).toEqual(await ask("search_statements", args));
    await client.close();
  });

  test.each([
    ["search_developments", "0~abc", { query: "" }],
    ["search_documents", `0~${"9".repeat(60)}`, { query: "safety", order: "relevance" }],
    ["search_statements", `0~${"9".repeat(60)}`, { query: "safety", order: "relevance" }],
  ])("%s takes no place for the next page that it never gave: %s", async (tool, place, args) => {
    const token = await makeToken(db(), `places of ${tool}`, "reader", noon, null);
    const client = await connect({ authorization: `Bearer ${token}` });
    const after = Buffer.from(place).toString("base64url");
    const { isError, text } = await ask(tool, { ...args, after }, client);
    expect([isError, text]).toEqual([true, expect.stringContaining(`after is "${after}"`)]);
    await client.close();
  });

  test("may ask a few things together, and not a hundred", async () => {
    const { app } = openWeb(db());
    const together = (count: number) => {
      const call = (id: number) => ({
        ...{ jsonrpc: "2.0", id, method: "tools/call" },
        params: { name: "timeline", arguments: { query: "topic:frontier" } },
      });
      return app.request("/mcp", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
        body: JSON.stringify(Array.from({ length: count }, (_, at) => call(at))),
      });
    };
    const few = await together(4);
    expect([few.status, ((await few.json()) as unknown[]).length]).toEqual([200, 4]);
    const many = await together(100);
    expect(many.status).toBe(400);
    expect(await many.json()).toMatchObject({
      error: { code: -32_600, message: expect.stringContaining("at most 4") },
    });
  });

  test("is refused without one", async () => {
    await expect(connect()).rejects.toThrow(/401|token/i);
  });

  test("is refused on behalf of a page of another host, and where it only listens", async () => {
    const { app } = openWeb(db());
    const from = (headers: Record<string, string>, method = "POST") => app.request("/mcp", { method, headers });
    expect((await from({ origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await from({}, "GET")).status).toBe(405);
  });
});
