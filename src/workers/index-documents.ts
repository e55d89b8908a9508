import { isDatabaseDown } from "../db/client.ts";
import { inParts } from "../db/in-parts.ts";
import { documentsToIndex, saveDocumentEntries, unindexedDocuments } from "../db/search/document-index.ts";
import type { WorkerContext } from "./context.ts";
import type { GivesWay } from "./gives-way.ts";
import { oneByOne } from "./one-by-one.ts";

/** Documents that one run indexes: some milliseconds each. */
const MOST_INDEXED = 300;
/** Of these, so many are brought at once. */
const AT_ONCE = 20;
/** Characters that one run indexes: those of a few very long texts take as long as hundreds of usual ones. */
const MOST_LENGTH = 3_000_000;

/**
 * Has the documents found by what they say now that were read since the last time, or read anew.
 *
 * @param givesWay - Asked before each lot of twenty; the others are left to the next run when it says so.
 * @returns How many were.
 */
export async function indexDocuments(context: WorkerContext, givesWay: GivesWay): Promise<number> {
  const { db, now } = context;
  const ids = await unindexedDocuments(db, { now: now() }, MOST_INDEXED);
  let [indexed, length] = [0, 0];
  const index = async (some: readonly number[]) => {
    length += await indexSome(some, context);
  };
  for (let at = 0; at < ids.length && length < MOST_LENGTH && !givesWay(at); at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    try {
      await index(some);
      indexed += some.length;
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      // One of them is at fault: tried alone, its failure is filed under its name.
      indexed += await oneByOne(
        "index",
        some,
        (id) => id,
        (id) => index([id]),
        context,
      );
    }
  }
  return indexed;
}

/** Gives how many characters were indexed. */
async function indexSome(ids: readonly number[], { db, reader }: WorkerContext): Promise<number> {
  const documents = await documentsToIndex(db, ids);
  for (const part of inParts(documents, ({ text }) => text.length)) {
    await saveDocumentEntries(db, await reader.indexDocuments(part));
  }
  return documents.reduce((sum, { text }) => sum + text.length, 0);
}
