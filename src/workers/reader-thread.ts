import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { workerData } from "piscina";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { type WrittenStatements, writeStatements } from "../db/archive/written-statements.ts";
import { type DocumentEntry, type DocumentToIndex, documentEntry } from "../db/search/document-index.ts";
import { storable } from "../db/storable.ts";
import { findTellings } from "../detect/developments.ts";
import { detectEdit, type EditInput } from "../detect/edit/edit.ts";
import type { SearchInput } from "../detect/input.ts";
import { type RecordInput, type Records, readRecords } from "../detect/record/records.ts";
import type { Tellings } from "../detect/telling.ts";
import type { Article } from "../domain/article.ts";
import type { Development } from "../domain/development.ts";
import type { FeedReading } from "../domain/feed-reading.ts";
import type { Fetched } from "../domain/fetched.ts";
import type { Span } from "../domain/span.ts";
import type { Statement } from "../domain/statement.ts";
import { opened } from "../read/container/open.ts";
import { readDocument } from "../read/document.ts";
import { readFeed } from "../read/feed/feed.ts";
import type { ReadHints } from "../read/hints.ts";
import { compileLexicon, type Lexicon } from "../read/statement/lexicon.ts";
import { foldText } from "../read/statement/phrases.ts";
import { findTopicHits, tagTopics } from "../read/statement/topic-tags.ts";

/** What is asked about the talks; the catalogue's part of it is in the thread already. */
export type TellingsTask = Omit<SearchInput, "types" | "actors">;

/** What the edit detector is asked; the watched phrases are in the thread already. */
export type DetectEditTask = Omit<EditInput, "phrases">;

/** What the detector is told of a text: what it tells of the talks, and what it adds to the records. */
export type Look = { readonly tellings: Tellings; readonly records: Records };

/** A reading as it is kept, with a first look at it; null where it tells of nothing in the talks. */
export type TellingReading = {
  readonly article: Article;
  readonly statements: WrittenStatements;
  readonly look: Look | null;
};

/** What the reader is asked. */
type ReadTask = {
  readonly documentId: number;
  readonly fetched: Fetched;
  readonly hints: ReadHints;
};

const { catalogue } = workerData as { readonly catalogue: Catalogue };

let lexicon: Lexicon | null = null;

/** A heap that has grown beyond this is cleared at once: left to itself, the engine would keep what one huge page took. */
const HEAP_TO_CLEAR_BYTES = 112 * 1024 * 1024;

setFlagsFromString("--expose-gc");
const clearHeap = runInNewContext("gc") as () => void;

/** Does a piece of work and gives its memory back. */
async function tidily<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    if (getHeapStatistics().total_heap_size > HEAP_TO_CLEAR_BYTES) clearHeap();
  }
}

/** Reads a list of a source. */
export function feed({ fetched, hints }: Pick<ReadTask, "fetched" | "hints">): Promise<FeedReading> {
  return readFeed(fetched, hints);
}

/** Reads a page into its article and statements, and looks whether it tells of anything: most pages do not, and are done with it. */
export function document(task: ReadTask): Promise<TellingReading> {
  return tidily(() => readAndLook(task));
}

async function readAndLook({ documentId, fetched, hints }: ReadTask): Promise<TellingReading> {
  lexicon ??= compileLexicon(catalogue);
  const { article, statements } = storable(readDocument(await opened(fetched), hints, lexicon));
  const official = hints.source?.official ?? false;
  const sourceActorId = hints.source?.actor ?? null;
  const asked = { article, statements: statements.map(asKept), official, sourceActorId };
  const told = tellings(asked);
  const look = told.list.length > 0 ? { tellings: told, records: record(asked) } : null;
  return { article, statements: writeStatements(documentId, statements, article.lang), look };
}

/** Orders the tags of a statement as the archive gives them back: a first look and a later one see the same. */
function asKept(statement: Statement): Statement {
  const actors = [...statement.actors].sort((a, b) => (a.actorId < b.actorId ? -1 : 1));
  const topics = [...statement.topics].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...statement, actors, topics };
}

/** Looks at a text for the detector. */
export function look(task: TellingsTask): Look {
  return { tellings: tellings(task), records: record(task) };
}

function tellings(task: TellingsTask): Tellings {
  const { developmentTypes: types, actors } = catalogue;
  return findTellings({ ...task, types, actors });
}

/** What is asked to keep the records; the catalogue's part of it is in the thread already. */
export type RecordTask = Omit<RecordInput, "actors" | "phrases" | "topicsOf">;

/** Reads what a document adds to the records. */
export function record({ article, official, sourceActorId, statements }: RecordTask): Records {
  lexicon ??= compileLexicon(catalogue);
  const { text } = article;
  const task = { article, official, sourceActorId, statements };
  const hits = findTopicHits(lexicon, text, foldText(text));
  const topicsOf = (span: Span) => tagTopics(text, hits, [span], TOPICS_PER_SENTENCE).map(({ id }) => id);
  return readRecords({ ...task, actors: catalogue.actors, phrases: catalogue.phrases, topicsOf });
}

const TOPICS_PER_SENTENCE = 4;

/** Writes what documents are found by: a long text takes a second. */
export function entries({ documents }: { readonly documents: readonly DocumentToIndex[] }): readonly DocumentEntry[] {
  return documents.map(documentEntry);
}

/** Finds out what an edit changed and how grave it is. */
export function detectEditIn(task: DetectEditTask): Development | null {
  return detectEdit({ ...task, phrases: catalogue.phrases });
}
