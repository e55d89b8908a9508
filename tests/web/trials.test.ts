import { setImmediate } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { filterInSlices } from "../../src/db/alerts/filter-in-slices.ts";
import { pastOfRule } from "../../src/db/alerts/rule-past.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { createTrials } from "../../src/web/api/trials.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
import { buildDevelopment } from "../support/rows.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const staying = new AbortController().signal;
const rule = { query: "hotline", about: "developments" } as const;
const period = { since: hoursOn(-1), until: noon };
const COUNT = 200;

beforeAll(async () => {
  await saveCatalogue(db(), buildCatalogue(), noon);
  for (let at = 0; at < COUNT; at += 1)
    await buildDevelopment(db(), { summary: `Hotline ${at}`, detectedAt: secondsOn(-60) });
}, 60_000);

describe("a rule that is tried", () => {
  test("lets others have the processor while it is matched", async () => {
    let [matched, isOver] = [0, false];
    const seen = new Set<number>();
    const others = (async () => {
      while (!isOver) {
        await setImmediate();
        seen.add(matched);
      }
    })();
    const numbers = Array.from({ length: COUNT }, (_, at) => at);
    const kept = await filterInSlices(numbers, (at) => {
      matched += 1;
      return at % 2 === 0;
    });
    isOver = true;
    await others;
    expect(kept).toEqual(numbers.filter((at) => at % 2 === 0));
    expect([...seen]).toEqual(expect.arrayContaining([50, 100, 150]));
  });

  test("looks at all that came in", async () => {
    const { looked, cut, hits } = await pastOfRule(db(), rule, period);
    expect([looked, cut, hits.length]).toEqual([COUNT, false, COUNT]);
  });

  test("says that it did not look at everything when it was stopped", async () => {
    expect(await pastOfRule(db(), rule, period, AbortSignal.abort())).toMatchObject({ looked: 0, cut: true, hits: [] });
  });

  test("waits for the one before of the same token, and not for those of others", async () => {
    const tryRule = createTrials(db());
    const over: string[] = [];
    const tried = async (asker: string, name: string, left = staying) => {
      const past = await tryRule(asker, rule, period, left);
      over.push(name);
      return past;
    };
    const one = Array.from({ length: 9 }, (_, at) => tried("one", `one ${at}`));
    expect(await tried("one", "refused")).toBe("too-many");
    await tried("other", "other");
    await Promise.all(one);
    expect(over.filter((name) => name.startsWith("one"))).toEqual(Array.from({ length: 9 }, (_, at) => `one ${at}`));
    expect(over.indexOf("other")).toBeLessThan(9);
    expect(await tried("one", "left", AbortSignal.abort())).toBeNull();
  });

  test("is refused over HTTP, and when to ask again said, where many wait", async () => {
    const { app } = openWeb(db());
    const ask = () =>
      app.request("/api/v1/rules/test", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ query: "hotline" }),
      });
    const answers = await Promise.all(Array.from({ length: 40 }, ask));
    const refused = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 200).length).toBe(40 - refused.length);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get("Retry-After")).toBe("10");
  });
});
