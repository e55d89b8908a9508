import { afterAll, expect, test } from "vitest";
import type { Fetched } from "../../src/domain/fetched.ts";
import { noHints } from "../../src/read/hints.ts";
import { startReader } from "../../src/workers/reader.ts";
import { buildCatalogue, buildSource } from "../support/catalogue.ts";
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

test("pages that wait behind one that never ends are read all the same, and only that one fails", async () => {
  const endless = reader.readDocument(1, fetched("endless", "text/html", nested), endlessHints);
  const ordinary = Array.from({ length: 200 }, (_, index) =>
    reader.readDocument(1, fetched(`page-${index}`, "text/html", page(briefing)), noHints),
  );
  const [first, ...others] = await Promise.allSettled([endless, ...ordinary]);
  expect(first).toMatchObject({ status: "rejected", reason: { code: "reader-crashed" } });
  expect(others.filter(({ status }) => status === "rejected")).toEqual([]);
}, 120_000);
