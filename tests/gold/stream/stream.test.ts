import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/load.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { alerts } from "../../../src/db/schema/delivery.ts";
import { developments } from "../../../src/db/schema/developments.ts";
import { threads } from "../../../src/db/schema/threads.ts";
import { shipped } from "../../../src/paths.ts";
import { detect } from "../../../src/workers/detect.ts";
import { useDatabase } from "../../support/database.ts";
import { buildEndpoint, buildRule } from "../../support/rows.ts";
import { sentTo, useWorkerContext } from "../../support/worker-context.ts";
import { castOver } from "./cast.ts";
import { HAPPENINGS, LOOK_ALIKES } from "./happenings.ts";
import { mistakes } from "./mistakes.ts";
import { type Found, playStream, threadsOf } from "./play.ts";
import { type Item, type Label, publishStream } from "./publish.ts";
import { bcubed, f1 } from "./score.ts";

const db = useDatabase();
const catalogue = castOver(loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null }));
const context = useWorkerContext(db, () => catalogue);
const items = publishStream();
const begin = new Date("2033-01-01T00:00:00Z");

type Played = {
  readonly found: readonly Found[];
  readonly versions: ReadonlyMap<number, Item>;
  readonly pairs: readonly { readonly found: Found; readonly label: Label }[];
};

let once: Promise<Played> | null = null;

/** Plays the stream for whichever test asks first; the others share what came of it. */
function played(): Promise<Played> {
  once ??= (async () => {
    await saveCatalogue(db(), catalogue, begin);
    await buildRule(db(), { endpointIds: [await buildEndpoint(db())], createdAt: begin });
    const { found, versions } = await playStream(db(), items, context());
    return { found, versions, pairs: matched(found) };
  })();
  return once;
}

/** Pairs each label with what was found under its type in its page, with all its actors. */
function matched(all: readonly Found[]) {
  return items.flatMap((item) => {
    const free = all.filter((one) => one.item === item);
    return item.labels.flatMap((label) => {
      const at = free.findIndex(
        (one) => one.type === label.type && wanted(label).every((id) => one.actorIds.includes(id)),
      );
      const [hit] = at < 0 ? [] : free.splice(at, 1);
      return hit ? [{ found: hit, label }] : [];
    });
  });
}

function wanted({ happening }: Label): readonly string[] {
  return HAPPENINGS.find(({ id }) => id === happening)?.actors ?? [];
}

/** Happenings of which more than one development, or one more than once, was told as new. */
function toldTwice({ pairs }: Played): readonly string[] {
  const told = pairs.filter(({ found: one }) => one.status === "new").map(({ label }) => label.happening);
  return told.filter((happening, index) => told.indexOf(happening) < index);
}

/** Look-alikes of which one development holds evidence of both. */
function mergedPairs({ pairs }: Played): readonly string[] {
  const developmentsOf = (happening: string) =>
    new Set(pairs.filter(({ label }) => label.happening === happening).map(({ found: one }) => one.developmentId));
  return LOOK_ALIKES.flatMap(([one, other]) => {
    const mine = developmentsOf(one);
    return [...developmentsOf(other)].some((id) => mine.has(id)) ? [`${one} = ${other}`] : [];
  });
}

/** Measures the stream. */
async function figures(all: Played) {
  const threadOf = await threadsOf(db());
  const goldThread = new Map(HAPPENINGS.map(({ id, thread }) => [id, thread]));
  const grouped = all.pairs.flatMap(({ found: one, label }) => {
    const thread = goldThread.get(label.happening);
    return thread ? [{ found: String(threadOf.get(one.developmentId)), wanted: thread }] : [];
  });
  const right = all.pairs.filter(({ found: one, label }) => one.status === label.status).length;
  return {
    items: items.length,
    typesAndActors: f1(all.pairs.length, all.found.length, items.flatMap(({ labels }) => labels).length),
    status: right / all.pairs.length,
    toldTwice: toldTwice(all),
    mergedPairs: mergedPairs(all),
    threads: bcubed(grouped),
  };
}

describe("a year of pages about invented talks", () => {
  test("is long and varied enough to measure by", () => {
    expect(items.length).toBeGreaterThanOrEqual(300);
    expect(LOOK_ALIKES.length).toBeGreaterThanOrEqual(30);
    expect(new Set(items.map(({ role }) => role)).size).toBe(9);
    const days = items.map(({ fetchedOn }) => fetchedOn);
    expect([days[0]?.slice(0, 7), days.at(-1)?.slice(0, 7)]).toEqual(["2033-01", "2033-12"]);
  });

  test("meets its figures", async () => {
    const all = await played();
    const measured = await figures(all);
    if (process.env.PARLEY_STREAM_REPORT) console.log(mistakes(all, items, await threadsOf(db())), measured);
    expect(measured.typesAndActors).toBeGreaterThanOrEqual(0.85);
    expect(measured.status).toBeGreaterThanOrEqual(0.95);
    expect(measured.toldTwice).toEqual([]);
    expect(measured.mergedPairs).toEqual([]);
    expect(measured.threads.f1).toBeGreaterThanOrEqual(0.92);
  }, 300_000);

  test("gives the same developments, keys and threads when it is searched again, and sends nothing", async () => {
    const state = async () => ({
      developments: await db()
        .select({ key: developments.key, status: developments.status })
        .from(developments)
        .orderBy(developments.id),
      threads: await db().select({ key: threads.key, state: threads.state }).from(threads).orderBy(threads.id),
      alerts: (await db().select().from(alerts)).length,
    });
    const { versions } = await played();
    const before = await state();
    for (const round of [1, 2]) {
      const again = context({ at: new Date(`2034-0${round}-01T00:00:00Z`) });
      for (const versionId of versions.keys()) await detect({ versionId }, again);
      expect(sentTo(again, "deliver")).toEqual([]);
    }
    const after = await state();
    expect(new Set(after.developments.map(({ key }) => key))).toEqual(
      new Set(before.developments.map(({ key }) => key)),
    );
    expect(after).toEqual(before);
  }, 300_000);
});
