import { text } from "@observablehq/plot";
import { beforeAll, describe, expect, test } from "vitest";
import { drawnOnce } from "../../src/web/charts/drawn.ts";
import { drawPlot } from "../../src/web/charts/plot.ts";
import { useDatabase } from "../support/database.ts";
import { keepCatalogue, keepWords } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const page = async (path: string) => {
  const answer = await openWeb(db()).get(path);
  return { status: answer.status, text: await answer.text() };
};
const by = (actorId: string) => [{ actorId, method: "exact" as const, confidence: 1 }];
const about = (id: string) => [{ id, score: 1, evidence: [] }];

describe("pages that count", () => {
  test("an archive without words says that nothing was counted instead of drawing an empty chart", async () => {
    await keepCatalogue(db());
    const { status, text } = await page("/matrix");
    expect(status).toBe(200);
    expect(text).toContain("has been counted yet");
    expect((await page("/topics")).text).not.toContain("<svg");
  });

  describe("with words of two actors", () => {
    beforeAll(async () => {
      await keepWords(db(), "Guardrails were discussed.", {
        ...{ actors: by("ada-example"), topics: about("frontier.safety"), day: "2026-05-19" },
      });
      await keepWords(db(), "Guardrails were not discussed.", {
        ...{ actors: by("southmark"), topics: about("frontier.safety"), day: "2026-05-04" },
      });
    });

    test("the matrix links each number to the statements it counts", async () => {
      const { text } = await page("/matrix");
      expect(text).toMatch(/<a href="\/statements\?actor=ada-example&amp;topic=frontier">1<\/a>/);
    });

    test("a chart says its finding, draws the weeks and has them as a table", async () => {
      const { text } = await page("/topics/frontier.safety");
      expect(text).toContain("others 2");
      expect(text.match(/<svg/g)).toHaveLength(2);
      expect(text).toContain('<th scope="row">2026-05-18</th>');
    });

    test("no chart carries a style of its own, which the policy of the pages would refuse", async () => {
      for (const path of ["/topics", "/topics/frontier", "/actors/ada-example"]) {
        expect((await page(path)).text).not.toMatch(/<style|\sstyle=/);
      }
    });

    test("what stands in a chart is text, never markup", () => {
      const drawn = drawPlot({ marks: [text(["<b>A & B</b>"], { frameAnchor: "middle" })] }, '"><i>');
      expect(drawn).toContain("&lt;b&gt;A &amp; B&lt;/b&gt;");
      expect(drawn).toContain('aria-label="&quot;&gt;&lt;i&gt;"');
      expect(drawn).not.toMatch(/<[bi]>/);
    });

    test("an actor's page tells what it speaks about, since when", async () => {
      const { text } = await page("/actors/ada-example");
      expect(text).toContain('<a href="/statements?actor=ada-example&amp;topic=frontier.safety">');
      expect(text).toContain('<td class="month">2026-05</td>');
    });

    test("a topic that does not exist is not found", async () => {
      expect((await page("/topics/no.such")).status).toBe(404);
      expect((await page("/topics/%3Cscript%3E")).status).toBe(404);
    });
  });
});

describe("a drawing", () => {
  const drawing = (shows: unknown, log: unknown[]) =>
    drawnOnce(shows, () => {
      log.push(shows);
      return `<svg>${JSON.stringify(shows)}</svg>`;
    });

  test("is drawn once for what it shows, and another for anything else", () => {
    const log: unknown[] = [];
    expect(drawing(["en", 720, { weeks: 1 }], log)).toBe(drawing(["en", 720, { weeks: 1 }], log));
    expect(drawing(["en", 360, { weeks: 1 }], log)).toContain("360");
    expect(log).toEqual([
      ["en", 720, { weeks: 1 }],
      ["en", 360, { weeks: 1 }],
    ]);
  });

  test("is forgotten when a hundred others were used after it", () => {
    const log: unknown[] = [];
    drawing("seldom", log);
    drawing("often", log);
    for (let other = 0; other < 99; other += 1) {
      drawing(other, []);
      drawing("often", log);
    }
    drawing("seldom", log);
    expect(log).toEqual(["seldom", "often", "seldom"]);
  });
});
