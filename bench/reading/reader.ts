import { loadCatalogue } from "../../src/catalogue/load.ts";
import { type DocumentReading, readDocument } from "../../src/read/document.ts";
import { noHints } from "../../src/read/hints.ts";
import { compileLexicon } from "../../src/read/statement/lexicon.ts";

/** Reads bytes as `parley read` does, with the shipped catalogue and no source; keeps how long each took. */
export type BenchReader = {
  readonly read: (bytes: Uint8Array, url: string) => DocumentReading;
  /** Milliseconds of every page of HTML read so far, in order. */
  readonly pageMs: readonly number[];
  /** Statements whose spans cut out their words, of all. */
  readonly spans: { right: number; all: number };
};

/** Compiles the shipped catalogue and gives a reader in this thread. */
export function benchReader(): BenchReader {
  const lexicon = compileLexicon(loadCatalogue({ shippedDir: "catalogue", overlayDir: null }));
  const pageMs: number[] = [];
  const spans = { right: 0, all: 0 };
  const read = (bytes: Uint8Array, url: string) => {
    const start = performance.now();
    const reading = readDocument({ bytes, url, headers: {} }, noHints, lexicon);
    if (!url.endsWith(".txt")) pageMs.push(performance.now() - start);
    const { article, statements } = reading;
    spans.all += statements.length;
    for (const { content, text, speaker } of statements) {
      const words = content.map(({ start: from, end }) => article.text.slice(from, end)).join(" ");
      const named = speaker?.start == null || article.text.slice(speaker.start, speaker.end ?? 0) === speaker.text;
      if (words === text && named && content.length > 0) spans.right++;
    }
    return reading;
  };
  return { read, pageMs, spans };
}
