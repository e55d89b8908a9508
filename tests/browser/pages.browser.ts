import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { type DemoSite, startDemoSite } from "./demo-site.ts";

const SHOTS = fileURLToPath(new URL("../.output/screenshots/", import.meta.url));
const PHONE = { width: 390, height: 844 };
const TABLET = { width: 768, height: 1024 };
const LAPTOP = { width: 1280, height: 800 };
const DESKTOP = { width: 1440, height: 900 };

let browser: Browser;
let site: DemoSite;
/** One page of each kind, found by following links from the first page. */
let paths: readonly string[];
let axe: string;

beforeAll(async () => {
  await mkdir(SHOTS, { recursive: true });
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  [browser, site] = await Promise.all([openBrowser(), startDemoSite()]);
  paths = await onePageOfEachKind();
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

async function withPage<T>(
  options: BrowserContextOptions,
  use: (page: Page, strangers: string[]) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", ...options });
  const page = await context.newPage();
  const strangers: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith("data:")) strangers.push(request.url());
  });
  try {
    return await use(page, strangers);
  } finally {
    await context.close();
  }
}

/** Numbers and names in an address are what tells two pages of one kind apart. */
function kindOf(path: string): string {
  return path.replace(/\?.*$/, "").replace(/(?<=^\/[a-z]+\/)[^/]+/, "*");
}

async function onePageOfEachKind(): Promise<readonly string[]> {
  const found = new Map<string, string>();
  const queue = [
    "/",
    "/statements?q=safety",
    "/documents?q=safety",
    "/statements?q=nothing+at+all+like+this",
    "/no-such-page",
  ];
  await withPage({}, async (page) => {
    while (queue.length > 0) {
      const path = queue.shift() ?? "/";
      // Each search once, not each way to narrow it.
      const kind = path.includes("?q=") ? path.replace(/&.*$/, "") : kindOf(path);
      if (found.has(kind)) continue;
      found.set(kind, path);
      await page.goto(site.url + path);
      const links = await page.$$eval("a[href^='/']", (all) => all.map((link) => link.getAttribute("href") ?? ""));
      queue.push(
        ...links.filter(
          (link) => !/^\/(api\/|assets\b)|\.(atom|(nd)?json|eml|csv|xml|bib)\b|[?&]lang=|\/mail$/.test(link),
        ),
      );
    }
  });
  return [...found.values()];
}

const fileOf = (path: string) => path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "today";

describe("every page", () => {
  test("is found by following links from the first", () => {
    const kinds = paths.map(kindOf);
    for (const kind of [
      "/developments/*",
      "/statements/*",
      "/documents",
      "/documents/*",
      "/actors/*",
      "/topics/*",
      "/matrix",
      "/sources",
      "/rules",
      "/endpoints",
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  test.each([
    ["phone", PHONE, "light"],
    ["phone-dark", PHONE, "dark"],
    ["tablet", TABLET, "light"],
    ["desktop", DESKTOP, "light"],
    ["desktop-dark", DESKTOP, "dark"],
  ] as const)(
    "fits a %s, breaks no rule of accessibility and loads nothing from elsewhere",
    async (name, viewport, colorScheme) => {
      const wrong: string[] = [];
      await withPage({ viewport, colorScheme }, async (page, strangers) => {
        page.on("pageerror", (error) => wrong.push(`${page.url()} threw ${error.message}`));
        page.on("console", (message) => {
          if (message.type() === "error" && !/status of 404/.test(message.text()))
            wrong.push(`${page.url()}: ${message.text()}`);
        });
        for (const path of paths) {
          await page.goto(site.url + path);
          const over = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (over > 0) wrong.push(`${path} is ${over} px wider than a ${name}`);
          wrong.push(...(await brokenRules(page)).map((rule) => `${path}: ${rule}`));
          await page.screenshot({ path: `${SHOTS}${name}-${fileOf(path)}.png` });
        }
        wrong.push(...strangers.map((url) => `asked for ${url}`));
      });
      expect(wrong).toEqual([]);
    },
  );

  test("in Chinese it says so, and fits a phone", async () => {
    await withPage({ viewport: PHONE, locale: "zh-CN" }, async (page) => {
      for (const path of paths) {
        await page.goto(site.url + path);
        expect({ path, lang: await page.getAttribute("html", "lang") }).toEqual({ path, lang: "zh-Hans" });
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect({ path, over }).toEqual({ path, over: 0 });
        await page.screenshot({ path: `${SHOTS}phone-zh-${fileOf(path)}.png` });
      }
    });
  });

  test.each([
    ["en-GB", PHONE],
    ["en-GB", LAPTOP],
    ["zh-CN", PHONE],
    ["zh-CN", LAPTOP],
  ] as const)("in %s gives each button room for its longest word and at most three lines", async (locale, viewport) => {
    await withPage({ locale, viewport }, async (page) => {
      for (const path of paths) {
        await page.goto(site.url + path);
        expect({ path, squeezed: await squeezedButtons(page) }).toEqual({ path, squeezed: [] });
      }
    });
  });

  test("shows the matrix whole on a laptop, and says by arrows that it goes on where it does", async () => {
    const matrix = (viewport: BrowserContextOptions["viewport"]) =>
      withPage({ viewport }, async (page) => {
        await page.goto(`${site.url}/matrix`);
        return page.$eval(".wide-table", (table) => ({
          isWhole: table.scrollWidth <= table.clientWidth,
          hasArrows: getComputedStyle(table, "::before").content !== "none",
        }));
      });
    expect(await matrix(LAPTOP)).toEqual({ isWhole: true, hasArrows: false });
    expect(await matrix(TABLET)).toEqual({ isWhole: false, hasArrows: true });
  });

  test("works without script", async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.url}/statements`);
      await page.fill("input[name=q] >> nth=-1", "safety");
      await page.press("input[name=q] >> nth=-1", "Enter");
      expect(new URL(page.url()).searchParams.get("q")).toBe("safety");
      expect(await page.locator("[data-entry]").count()).toBeGreaterThan(0);
    });
  });

  test("finds documents without script on a phone, and leads to the same search of statements", async () => {
    await withPage({ javaScriptEnabled: false, viewport: PHONE }, async (page) => {
      // Documents are indexed when `reconcile` comes round, four times a minute.
      const entries = async () => {
        await page.goto(`${site.url}/documents`);
        return page.locator("article.document").count();
      };
      await expect.poll(entries, { timeout: 60_000, interval: 1_000 }).toBeGreaterThan(0);
      await page.fill(".filters input[name=q]", "safety");
      await page.press(".filters input[name=q]", "Enter");
      expect(new URL(page.url()).searchParams.get("q")).toBe("safety");
      expect(await page.locator("article.document mark").count()).toBeGreaterThan(0);
      await page.screenshot({ path: `${SHOTS}phone-documents-found.png` });
      await page.click("nav.kinds a >> nth=0");
      expect(page.url()).toContain("/statements?q=safety");
    });
  });

  test("weighs at most 100 kB over the wire and does not move while it loads", async () => {
    for (const path of paths) {
      await withPage({}, async (page) => {
        await page.addInitScript(() => {
          const seen = { shift: 0 };
          Object.assign(globalThis, { seen });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
          }).observe({ type: "layout-shift", buffered: true });
        });
        await page.goto(site.url + path, { waitUntil: "load" });
        const { shift, bytes } = await page.evaluate(() => ({
          shift: (globalThis as unknown as { seen: { shift: number } }).seen.shift,
          bytes: performance
            .getEntriesByType("resource")
            .concat(performance.getEntriesByType("navigation"))
            .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0),
        }));
        expect({ path, shift, isLight: bytes <= 100_000, bytes }).toMatchObject({ shift: 0, isLight: true });
      });
    }
  });
});

describe("with the keyboard alone", () => {
  test("/ leads to the search, Enter searches, j and o open a statement, c copies its citation", async () => {
    await withPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.goto(`${site.url}/`);
      await page.keyboard.press("/");
      await page.keyboard.type("safety");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/statements\?.*q=safety/);
      await page.keyboard.press("j");
      await page.keyboard.press("c");
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/s\/[0-9a-f]{32}/);
      await page.keyboard.press("e");
      await page.waitForURL(/\/(statements|documents)\//);
    });
  });

  test("the first stop of the tab key leads past the menu", async () => {
    await withPage({}, async (page) => {
      await page.goto(`${site.url}/`);
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toBe("#content");
    });
  });
});

/** Names the buttons that are narrower than their longest word, or taller than three lines. */
async function squeezedButtons(page: Page): Promise<readonly string[]> {
  return page.$$eval("button", (all) => {
    const pen = document.createElement("canvas").getContext("2d");
    const px = (length: string) => Number.parseFloat(length) || 0;
    return all
      .filter((button) => button.getClientRects().length > 0)
      .filter((button) => {
        const style = getComputedStyle(button);
        if (pen) pen.font = style.font;
        const words = (button.textContent ?? "").trim().split(/\s+/);
        const widest = Math.max(...words.map((word) => pen?.measureText(word).width ?? 0));
        const lines =
          (button.clientHeight - px(style.paddingTop) - px(style.paddingBottom)) / (px(style.fontSize) * 1.2);
        const room = button.clientWidth - px(style.paddingLeft) - px(style.paddingRight);
        return room + 1 < widest || lines > 3.5;
      })
      .map((button) => (button.textContent ?? "").trim());
  });
}

/** Runs axe-core in the page: the rules of WCAG 2.2 AA and its best practices. */
async function brokenRules(page: Page): Promise<readonly string[]> {
  // The policy of the pages refuses scripts of others, so it goes in as the browser's own.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run: (
            context: Document,
            options: { iframes: boolean },
          ) => Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }>;
        };
      }
    ).axe.run(document, { iframes: false });
    return violations.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`.slice(0, 300)),
    );
  });
}
