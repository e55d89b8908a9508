import { and, eq, inArray, notInArray } from "drizzle-orm";
import type { Database } from "../../../src/db/client.ts";
import { developmentActors, developmentEvidence, developments } from "../../../src/db/schema/developments.ts";
import { threadDevelopments } from "../../../src/db/schema/threads.ts";
import { detect } from "../../../src/workers/detect.ts";
import { read } from "../../../src/workers/read.ts";
import { buildCapture } from "../../support/rows.ts";
import { sentTo, type TestContext } from "../../support/worker-context.ts";
import { pageOf } from "./page.ts";
import type { Item } from "./publish.ts";

/** What a page was found to tell. */
export type Found = {
  readonly item: Item;
  readonly developmentId: number;
  readonly key: string;
  readonly type: string;
  readonly actorIds: readonly string[];
  readonly summary: string;
  /** `new` where this page made it news. */
  readonly status: "new" | "background";
};

/** Plays pages through reading, detection and the rules, one after another. */
export async function playStream(
  db: Database,
  items: readonly Item[],
  base: TestContext,
): Promise<{ readonly found: readonly Found[]; readonly versions: ReadonlyMap<number, Item> }> {
  const versions = new Map<number, Item>();
  const found: Found[] = [];
  for (const item of items) {
    const at = new Date(`${item.fetchedOn}T10:00:00Z`);
    const sent: TestContext["sent"] = [];
    const enqueue: TestContext["enqueue"] = async (stage, data) => {
      for (const one of Array.isArray(data) ? data : [data]) sent.push({ stage, data: one });
    };
    const context = { ...base, sent, enqueue, now: () => at };
    const url = `https://${item.sourceId}.example/${item.replaces ?? item.id}`;
    const { captureId } = await buildCapture(db, {
      ...{ url, sourceId: item.sourceId, body: pageOf(item), fetchedAt: context.now() },
    });
    const reading = await read({ captureId }, context);
    const before = await newsIn(db);
    const sentOn = sentTo(context, "detect").map(({ versionId }) => versionId);
    // The records of a page that tells of nothing are kept too, by `reconcile`.
    const quiet = reading && "versionId" in reading && typeof reading.versionId === "number" ? [reading.versionId] : [];
    const looked = sentOn.length > 0 ? sentOn : quiet;
    for (const versionId of looked) {
      versions.set(versionId, item);
      await detect({ versionId }, context);
    }
    const after = await newsIn(db);
    for (const versionId of looked)
      for (const one of await toldBy(db, versionId))
        found.push({
          ...one,
          item,
          status: after.get(one.developmentId) !== before.get(one.developmentId) ? one.status : "background",
        });
  }
  return { found, versions };
}

/** Gives the version that each development is news of: one that is promoted becomes another's. */
async function newsIn(db: Database): Promise<ReadonlyMap<number, number>> {
  const rows = await db.select({ id: developments.id, versionId: developments.versionId }).from(developments);
  return new Map(rows.map(({ id, versionId }) => [id, versionId]));
}

/** Types that come from comparing with the records, which the labels of single pages do not hold. */
const FROM_RECORDS = [
  "statement.first",
  "formulation.change",
  "readout.asymmetry",
  "commitment.met",
  "commitment.missed",
];

async function toldBy(db: Database, versionId: number) {
  const rows = await db
    .selectDistinct({
      ...{ developmentId: developments.id, key: developments.key, type: developments.type },
      ...{ status: developments.status, summary: developments.summary },
    })
    .from(developmentEvidence)
    .innerJoin(developments, eq(developments.id, developmentEvidence.developmentId))
    .where(and(eq(developmentEvidence.versionId, versionId), notInArray(developments.type, [...FROM_RECORDS])));
  const actorRows = await db
    .select()
    .from(developmentActors)
    .where(
      inArray(
        developmentActors.developmentId,
        rows.map(({ developmentId }) => developmentId),
      ),
    );
  return rows.map((row) => ({
    ...row,
    actorIds: actorRows
      .filter(({ developmentId }) => developmentId === row.developmentId)
      .map(({ actorId }) => actorId),
  }));
}

/** Finds the thread of each development. */
export async function threadsOf(db: Database): Promise<ReadonlyMap<number, number>> {
  const rows = await db.select().from(threadDevelopments);
  return new Map(rows.map(({ developmentId, threadId }) => [developmentId, threadId]));
}
