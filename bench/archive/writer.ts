import { parentPort, workerData } from "node:worker_threads";
import { saveFirstReading } from "../../src/db/archive/first-reading.ts";
import { writeStatements } from "../../src/db/archive/written-statements.ts";
import { type Database, openDatabase } from "../../src/db/client.ts";
import type { Article } from "../../src/domain/article.ts";
import { chanceFrom } from "../site/chance.ts";
import { dayThrough, PER_DOCUMENT } from "./calendar.ts";
import { generatedStatement } from "./words.ts";

/** What a writing thread is given. */
export type WriterTask = {
  readonly url: string;
  readonly documents: readonly { readonly id: number; readonly capture: number }[];
  /** What share of the calendar lies behind the first of them. */
  readonly from: number;
  readonly names: Parameters<typeof generatedStatement>[1];
  /** One whole number that all writers share: the next document to be written. */
  readonly next: SharedArrayBuffer;
};

const { url, documents, names, from, next } = workerData as WriterTask;
const { db, close } = openDatabase(url, { name: "parley bench", maxConnections: 1 });
const place = new Int32Array(next);
for (let at = Atomics.add(place, 0, 1); at < documents.length; at = Atomics.add(place, 0, 1)) {
  const document = documents[at];
  if (document) await keepDocument(db, document, from + ((1 - from) * (at + 0.5)) / documents.length);
  if (at % 5_000 === 4_999) parentPort?.postMessage(at + 1);
}
await close();

async function keepDocument(db: Database, { id, capture }: WriterTask["documents"][number], through: number) {
  const chance = chanceFrom(id);
  const day = dayThrough(through, chance);
  const statements = Array.from({ length: PER_DOCUMENT }, () => generatedStatement(chance, names, day));
  const article: Article = {
    ...{ url: null, title: `Document ${id}`, byline: null, publisher: null, kind: "news", lang: "en" },
    publishedAt: { value: day, precision: "day", basis: "jsonld", raw: day },
    ...{ updatedAt: null, text: statements.map(({ text }) => text).join("\n"), blocks: [], problems: [] },
  };
  await saveFirstReading(db, {
    ...{ documentId: id, captureId: capture, readerVersion: 1, article, createdAt: new Date(), detectedBy: 1 },
    statements: writeStatements(id, statements, article.lang),
  });
}
