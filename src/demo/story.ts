import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../app.ts";
import { type ArchiveCounts, archiveCounts, readDocumentAt, twoTexts } from "../db/archive/archive-counts.ts";
import { developmentsAfter } from "../db/developments/developments.ts";
import { digestOf, type StoredDigest } from "../db/digests/digests.ts";
import { activeSubscribers } from "../db/digests/subscribers.ts";
import { type DiffPiece, wordDiff } from "../detect/edit/word-diff.ts";
import { documentIdentity } from "../domain/document-identity.ts";
import { noSites } from "../domain/site.ts";
import type { Receiver } from "./receiver.ts";
import { pagesDue } from "./release-pace.ts";
import type { DemoServer } from "./server.ts";

/** Longest that all pages together may take to come into the archive, and each later step. */
const LONGEST_INTAKE_MS = 240_000;
const LONGEST_STEP_MS = 60_000;

/** How often the story looks whether something happened. */
const LOOK_EVERY_MS = 200;

/** A development as the story tells it. */
export type ToldDevelopment = Awaited<ReturnType<typeof developmentsAfter>>[number];

/** What the demonstration showed; null and empty where it did not. */
export type Story = {
  readonly counts: ArchiveCounts;
  readonly developments: readonly ToldDevelopment[];
  readonly edit: { readonly development: ToldDevelopment; readonly diff: readonly DiffPiece[] } | null;
  readonly digest: StoredDigest | null;
  /** From the start of the story to the first alert received, milliseconds. */
  readonly firstAlertMs: number | null;
  /** Steps that ran out of time, in words; empty when all was shown. */
  readonly unfinished: readonly string[];
};

/** Called as things happen, with a sentence and where to look. */
export type Tell = (what: string, link?: string) => void;

/**
 * Plays the demonstration on a running system: publishes page after page as the archive takes them in, edits one without a word,
 * takes a source down, and has the digest sent; tells each development as it is found. A step that takes too long is left and named.
 */
export async function playStory(
  app: App,
  sites: DemoServer,
  receiver: Receiver,
  day: string,
  tell: Tell,
): Promise<Story> {
  const { db } = app.archive;
  const started = performance.now();
  const told: ToldDevelopment[] = [];
  let firstAlertMs: number | null = null;
  const look = async () => {
    for (const one of await developmentsAfter(db, told.at(-1)?.id ?? 0, 100)) {
      told.push(one);
      if (one.status === "new")
        tell(`[${one.severity}] ${one.type}: ${one.summary}`, `${app.webUrl}/developments/${one.id}`);
    }
    if (firstAlertMs === null && receiver.received.length > 0) {
      firstAlertMs = performance.now() - started;
      tell(`First alert received ${(firstAlertMs / 1_000).toFixed(1)} s after the start; its signature was verified.`);
    }
  };
  const unfinished: string[] = [];
  const until: Until = async (step, isSo, longestMs = LONGEST_STEP_MS) => {
    const isDone = await waitUntil(async () => {
      await look();
      return isSo();
    }, longestMs);
    if (!isDone) unfinished.push(`${step()} within ${longestMs / 1_000} s`);
  };

  let archived = 0;
  await until(
    () => `${sites.progress().total - archived} of ${sites.progress().total} pages in the archive`,
    async () => {
      archived = (await archiveCounts(db)).documents;
      sites.release(pagesDue(sites.progress(), archived));
      return archived >= sites.progress().total;
    },
    LONGEST_INTAKE_MS,
  );
  const counts = await archiveCounts(db);
  tell(
    `${counts.documents} documents read, ${counts.statements} statements, ${counts.attributed} of them with a known speaker.`,
    `${app.webUrl}/statements`,
  );

  const edited = documentIdentity(sites.editedUrl, noSites) ?? sites.editedUrl;
  const before = (await readDocumentAt(db, edited))?.versionNumber ?? 0;
  sites.editNow();
  tell(
    "A page of the White House was just changed without a word, as it was on 1 November 2023. Waiting for the next look at it …",
  );
  await until(
    () => "the silent edit found",
    async () => ((await readDocumentAt(db, edited))?.versionNumber ?? 0) > before && told.some(isEdit),
  );

  sites.takeDown();
  tell(`Source ${sites.fragileSourceId} now answers 503.`);
  await sleep(3_000);
  const digest = await sendDigest(app, day, until);
  await until(
    () => "an alert received",
    () => receiver.received.length > 0,
  );
  return {
    ...{ counts: await archiveCounts(db), developments: told, edit: await editOf(app, told) },
    ...{ digest, firstAlertMs, unfinished },
  };
}

/** Waits for a step of the story, and notes its name when it ran out of time. */
type Until = (step: () => string, isSo: () => Promise<boolean> | boolean, longestMs?: number) => Promise<void>;

async function sendDigest(app: App, day: string, until: Until): Promise<StoredDigest | null> {
  const { db } = app.archive;
  const [subscriber] = await activeSubscribers(db);
  if (!subscriber) return null;
  await app.queues.enqueue("digest", { subscriberId: subscriber.id, day });
  await until(
    () => "the digest sent",
    async () => (await digestOf(db, subscriber.id, day))?.status === "sent",
  );
  return digestOf(db, subscriber.id, day);
}

async function editOf(app: App, told: readonly ToldDevelopment[]): Promise<Story["edit"]> {
  const development = told.find(isEdit);
  if (!development?.previousVersionId) return null;
  const texts = await twoTexts(app.archive.db, development.previousVersionId, development.versionId);
  return texts && { development, diff: wordDiff(texts.before, texts.after) };
}

function isEdit({ type }: ToldDevelopment): boolean {
  return type === "document.silent-edit";
}

/** Waits until something is so, or a step has taken too long; tells which. */
async function waitUntil(isSo: () => Promise<boolean>, longestMs: number): Promise<boolean> {
  const end = performance.now() + longestMs;
  while (performance.now() < end) {
    if (await isSo()) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}
