import { loadavg } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { openBrowser } from "../../tests/browser/browser.ts";
import type { Archive } from "../parts/archive.ts";
import type { Row } from "../parts/report.ts";
import type { PageGroup } from "./pages.ts";
import { startWebProcess } from "./web-process.ts";

/** Pages of each group that are opened, each by a browser that has seen none before. */
const EACH = 5;
const LONGEST_PAINT_MS = 1_000;

/** What a browser saw of one page: its largest paint in milliseconds, how far it moved, and how often others were asked. */
type Seen = { readonly url: string; readonly paintMs: number; readonly shift: number; readonly strangers: number };

/**
 * Opens pages of every kind in Chromium at the width of a desktop and of a phone, and tells when the largest thing stood there
 * (Largest Contentful Paint, W3C), whether anything moved (Layout Instability) and whether another host was asked.
 *
 * @param folder - For what the process of the pages puts down.
 */
export async function timePaint(
  archive: Archive,
  groups: readonly PageGroup[],
  folder: string,
): Promise<readonly Row[]> {
  const load = loadavg()[0] ?? null;
  const web = await startWebProcess(archive.url, join(folder, "paint"));
  const browser = await openBrowser();
  try {
    const seen: Seen[] = [];
    // The first page of all brings up the connections of the process.
    await look(browser, `${web.url}/`, 1_280);
    for (const { addresses } of groups)
      for (const address of addresses.slice(0, EACH))
        for (const width of [1_280, 390]) seen.push(await look(browser, web.url + address, width));
    return rowsOf(seen, load);
  } finally {
    await browser.close();
    await web.monitor.stop();
  }
}

async function look(browser: Browser, url: string, width: number): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  try {
    const page = await context.newPage();
    let strangers = 0;
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== new URL(url).origin) strangers += 1;
    });
    // Written out as text: it runs in the page, whose types this program does not know.
    await page.addInitScript(`globalThis.seen = { paintMs: 0, shift: 0 };
      new PerformanceObserver((list) => { for (const { startTime } of list.getEntries()) seen.paintMs = startTime; })
        .observe({ type: "largest-contentful-paint", buffered: true });
      new PerformanceObserver((list) => { for (const { value } of list.getEntries()) seen.shift += value; })
        .observe({ type: "layout-shift", buffered: true });`);
    await page.goto(url, { waitUntil: "networkidle" });
    const { paintMs, shift } = await page.evaluate<Pick<Seen, "paintMs" | "shift">>("globalThis.seen");
    if (paintMs === 0) throw new Error(`Chromium told of no paint of ${url}.`);
    return { url, paintMs, shift, strangers };
  } finally {
    await context.close();
  }
}

function rowsOf(seen: readonly Seen[], load: number | null): readonly Row[] {
  const paints = seen.map(({ paintMs }) => paintMs).sort((a, b) => a - b);
  const most = paints.at(-1) ?? 0;
  const moved = seen.filter(({ shift }) => shift > 0).map(({ url }) => new URL(url).pathname);
  const strangers = seen.reduce((sum, { strangers: asked }) => sum + asked, 0);
  const name = `Chromium, ${seen.length} pages at two widths`;
  return [
    {
      name: `${name}: largest paint`,
      value: `p50 ${(paints[Math.floor(paints.length / 2)] ?? 0).toFixed(0)} ms, most ${most.toFixed(0)} ms`,
      ...{ target: "≤ 1 s", met: most <= LONGEST_PAINT_MS, load },
    },
    {
      name: `${name}: that moved while they loaded; requests to other hosts`,
      value: `${moved.length}${moved.length > 0 ? ` (${moved.slice(0, 5).join(", ")})` : ""}; ${strangers}`,
      ...{ target: "0; 0", met: moved.length === 0 && strangers === 0, load: null },
    },
  ];
}
