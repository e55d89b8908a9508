import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { layouts } from "../site/layouts.ts";

/** A source of the overlay: which feed of the server it is and how often it is polled. */
export type BenchSource = {
  readonly feed: string;
  readonly port: number;
  /** Number of the layout of its pages, where the entry gives selectors; null leaves them to the general reader. */
  readonly layout: number | null;
  readonly every: string;
};

const SHIPPED = fileURLToPath(new URL("../../../catalogue", import.meta.url));
/** The invented ministry that all sources of the benchmark belong to. */
const PUBLISHER = "bench-ministry";

/** Writes an overlay folder with these sources, and every shipped source switched off. */
export async function writeOverlay(folder: string, sources: readonly BenchSource[]): Promise<void> {
  const { sources: shipped } = loadCatalogue({ shippedDir: SHIPPED, overlayDir: null });
  const off = shipped.map(({ id }) => ({ id, enabled: false, disabledBecause: "a measurement runs" }));
  const publisher = { id: PUBLISHER, type: "government-body", name: "Invented Ministry", bloc: "third", parent: null };
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "sources.yaml"), stringify([...off, ...sources.map(entryOf)]));
  await writeFile(join(folder, "actors.yaml"), stringify([publisher]));
}

function entryOf({ feed, port, layout, every }: BenchSource) {
  const selectors = layout === null ? undefined : layouts[layout]?.selectors;
  return {
    id: `bench-${feed}`,
    title: `Feed ${feed} of the loopback server`,
    ...{ actor: PUBLISHER, class: "official-readout", official: true, bloc: "third" },
    ...{ languages: ["en", "zh"], priority: "B", enabled: true, confidence: "high" },
    evidence: ["made for a measurement"],
    timeZone: "UTC",
    plainHttp: true,
    poll: { every },
    list: { kind: "feed", url: `http://127.0.0.1:${port}/feed/${feed}.xml` },
    ...(selectors ? { document: { body: [selectors.body], title: [selectors.title], date: [selectors.date] } } : {}),
  };
}
