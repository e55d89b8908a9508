import { afterAll, expect, test } from "vitest";
import type { Fetched } from "../../src/domain/fetched.ts";
import { noHints } from "../../src/read/hints.ts";
import { startReader } from "../../src/workers/reader.ts";
import { buildCatalogue, buildSource } from "../support/catalogue.ts";
import { noon } from "../support/moments.ts";
import { briefing, page } from "../support/pages.ts";

const reader = startReader(buildCatalogue(), 1);
afterAll(() => reader.close());

function fetched(name: string, contentType: string, body: string): Fetched {
  const headers = { "content-type": `${contentType}; charset=utf-8` };
  return { bytes: new TextEncoder().encode(body), url: `https://norland.example/${name}`, headers };
}

/** Elements in elements, and a selector that asks each of them for others in others in others: it would take for ever. */
const nested = `${"<div>".repeat(90)}<p>Words.</p>${"</div>".repeat(90)}`;
const endlessSelector = "div:has(div:has(div:has(div:has(div:has(div:has(table))))))";
const endlessHints = { ...noHints, source: buildSource({ document: { body: [endlessSelector] } }) };

/** Several megabytes of quotations, no two alike. */
const hostile = Array.from(
  { length: 40_000 },
  (_, day) => `On day ${day} “we will keep channel ${day} open,” the spokesperson said, and the minister agreed.`,
).join("\n\n");

test("megabytes of quotations are searched in their first part, and the reading says so", async () => {
  const { article, statements } = await reader.readDocument(fetched("long", "text/plain", hostile), noHints, noon);
  expect(article.text).toBe(hostile);
  expect(article.problems).toMatchObject([{ code: "too-long" }]);
  expect(statements.length).toBeGreaterThan(1_000);
  expect(Math.max(...statements.flatMap(({ content }) => content.map(({ end }) => end)))).toBeLessThanOrEqual(300_000);
});

test("pages that wait behind one that never ends are read all the same, and only that one fails", async () => {
  const endless = reader.readDocument(fetched("endless", "text/html", nested), endlessHints, noon);
  const ordinary = Array.from({ length: 200 }, (_, index) =>
    reader.readDocument(fetched(`page-${index}`, "text/html", page(briefing)), noHints, noon),
  );
  const [first, ...others] = await Promise.allSettled([endless, ...ordinary]);
  expect(first).toMatchObject({ status: "rejected", reason: { code: "reader-crashed" } });
  expect(others.filter(({ status }) => status === "rejected")).toEqual([]);
}, 120_000);
