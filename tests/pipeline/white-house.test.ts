import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { captures, versions } from "../../src/db/schema/archive.ts";
import { items, polls } from "../../src/db/schema/collection.ts";
import { poll } from "../../src/workers/poll.ts";
import { read } from "../../src/workers/read.ts";
import { recheck } from "../../src/workers/recheck.ts";
import { serve } from "../net/support/loopback.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { buildCapture, buildWatchedSource } from "../support/rows.ts";
import { sentTo, useWorkerContext } from "../support/worker-context.ts";

/** See white-house/ORIGIN.md. */
const folder = new URL("white-house/", import.meta.url).pathname;
const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

function linesOf<Row>(file: string): readonly Row[] {
  const lines = readFileSync(join(folder, file), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}

type Revision = {
  readonly path: string;
  readonly change: "text" | "title" | "nothing";
  readonly before: string;
  readonly after: string;
};

/** Fetches and reads a document as it was, looks again an hour later when it is as it became, and tells which versions there are. */
async function versionsAfter({ before, after }: Revision) {
  const headers = { "content-type": "text/markdown; charset=utf-8" };
  const server = await serve((_, response) => response.writeHead(200, headers).end(after));
  const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true } });
  const url = `${server.url}/${sourceId}.md`;
  const first = await buildCapture(db(), { url, sourceId, body: before, headers, nextCheckAt: secondsOn(3_600) });
  await read({ captureId: first.captureId }, context());
  for (const run of [1, 2]) {
    const job = context({ servers: [server], at: secondsOn(3_600 + run) });
    await recheck({ documentId: first.documentId }, job);
    for (const data of sentTo(job, "read")) for (const _ of [1, 2]) await read(data, context());
  }
  const kept = await db().select().from(captures).where(eq(captures.documentId, first.documentId));
  const found = await db().select().from(versions).where(eq(versions.documentId, first.documentId));
  return { captures: kept.length, causes: found.map(({ cause }) => cause).sort() };
}

describe("documents that the White House changed without a word", () => {
  const revisions = linesOf<Revision>("revisions.jsonl");

  test("have a version for each change of words or title, and none where only dates, links or line ends changed", async () => {
    const wrong: string[] = [];
    for (const revision of revisions) {
      const { captures, causes } = await versionsAfter(revision);
      const expected = revision.change === "nothing" ? "first" : "edited first";
      if (captures !== 2 || causes.join(" ") !== expected)
        wrong.push(`${revision.change} ${revision.path}: ${captures} captures, ${causes.join(" ")}`);
    }
    expect(revisions.length).toBeGreaterThan(40);
    expect(wrong).toEqual([]);
  }, 120_000);
});

test("of the feed's snapshots in their order each id is raised once, at the first that has it", async () => {
  const snapshots = linesOf<{ readonly file: string; readonly newGuids: readonly string[] }>("feed/index.jsonl");
  let body = "";
  const server = await serve((_, response) => response.end(body));
  const list = { kind: "feed", url: `${server.url}/feed` };
  const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true, list } });
  for (const [index, { file, newGuids }] of snapshots.entries()) {
    body = readFileSync(join(folder, "feed", file), "utf8");
    const job = context({ servers: [server], at: secondsOn(index * 86_400) });
    expect(await poll({ sourceId }, job)).toMatchObject({ new: newGuids.length });
    const raised = sentTo(job, "fetch").map(({ itemId }) => itemId);
    const rows = await db().select().from(items).where(eq(items.sourceId, sourceId));
    const keys = rows.filter(({ id }) => raised.includes(id)).map(({ key }) => key);
    expect([...keys].sort()).toEqual([...newGuids].sort());
  }
  const looks = await db().select().from(polls).where(eq(polls.sourceId, sourceId));
  expect(looks.map(({ problems }) => problems)).toEqual(snapshots.map(() => []));
});
