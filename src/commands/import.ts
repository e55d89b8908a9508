import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { bytesDigest } from "../db/archive/bytes-digest.ts";
import { markRead, saveCapture } from "../db/archive/captures.ts";
import { currentVersion, saveVersion, versionWithStatements } from "../db/archive/versions.ts";
import { writeStatements } from "../db/archive/written-statements.ts";
import type { Database } from "../db/client.ts";
import { withDevelopmentLock } from "../db/developments/development-lock.ts";
import { foundIn, saveDevelopments } from "../db/developments/developments.ts";
import { indexDocuments } from "../db/search/document-index.ts";
import { detectDevelopments } from "../detect/developments.ts";
import { DETECTOR_VERSION } from "../detect/version.ts";
import { canonicalUrl } from "../domain/canonical-url.ts";
import { documentIdentity } from "../domain/document-identity.ts";
import type { Fetched } from "../domain/fetched.ts";
import { mayBeNews } from "../domain/news.ts";
import { siteTable } from "../domain/site.ts";
import { opened } from "../read/container/open.ts";
import { readDocument } from "../read/document.ts";
import { noHints } from "../read/hints.ts";
import { compileLexicon, type Lexicon } from "../read/statement/lexicon.ts";
import { READER_VERSION } from "../read/version.ts";
import { withCataloguedArchive } from "./context.ts";
import { takeIn } from "./inputs.ts";
import { say } from "./output.ts";

type ImportOptions = { readonly origin?: string; readonly url?: string };

/** Takes documents into the archive from files, and says where they came from. What they tell is background: importing alerts nobody. */
export async function importCommand(paths: readonly string[], options: ImportOptions): Promise<void> {
  await withCataloguedArchive(async ({ db, now }, _config, catalogue) => {
    const lexicon = compileLexicon(catalogue);
    const counts = { new: 0, known: 0, failed: 0, statements: 0 };
    for await (const input of takeIn(paths, { url: options.url })) {
      if (!input.fetched) {
        say(`${input.path}: ${input.failure?.message}`);
        counts.failed += 1;
        continue;
      }
      const result = await importOne(
        db,
        input.path,
        input.fetched,
        originOf(input.path, options.origin),
        catalogue,
        lexicon,
        now(),
      );
      counts[result.outcome] += 1;
      counts.statements += result.statements;
      if (result.outcome === "failed") say(`${input.path}: ${result.message}`);
      if (process.stderr.isTTY)
        process.stderr.write(`\r${counts.new + counts.known + counts.failed} read, ${counts.statements} statements `);
    }
    if (process.stderr.isTTY) say("");
    say(
      `${counts.new} new documents with ${counts.statements} statements, ${counts.known} known, ${counts.failed} failed.`,
    );
    if (counts.failed > 0) process.exitCode = 1;
  });
}

/** Says where a document came from so that it can be found again: the file, and whatever the person says of it. */
function originOf(path: string, said: string | undefined): string {
  return said === undefined ? `imported from ${path}` : `${said} (${basename(path)})`;
}

type Imported = {
  readonly outcome: "new" | "known" | "failed";
  readonly statements: number;
  readonly message?: string;
};

async function importOne(
  db: Database,
  path: string,
  fetched: Fetched,
  origin: string,
  catalogue: Catalogue,
  lexicon: Lexicon,
  now: Date,
): Promise<Imported> {
  const sha256 = bytesDigest(fetched.bytes);
  const local = pathToFileURL(resolve(path)).href === fetched.url;
  const url = local ? null : canonicalUrl(fetched.url);
  const identity = (url && documentIdentity(url, siteTable(catalogue.sites))) ?? `sha256:${sha256}`;
  const reading = readDocument(await opened(fetched), noHints, lexicon);
  if (reading.article.text.trim() === "")
    return {
      outcome: "failed",
      statements: 0,
      message: reading.article.problems[0]?.message ?? "no text was found in it",
    };
  const capture = { ...fetched, askedUrl: fetched.url, httpStatus: null, fetchedAt: now, elapsedMs: null };
  const { captureId, documentId, isNew } = await saveCapture(
    db,
    capture,
    { identity, sourceId: null, url, origin, nextCheckAt: null },
    null,
  );
  if (!isNew && (await currentVersion(db, documentId))) {
    await markRead(db, captureId, READER_VERSION);
    return { outcome: "known", statements: 0 };
  }
  const { article, statements } = reading;
  const versionId = await saveVersion(db, {
    documentId,
    captureId,
    cause: "first",
    readerVersion: READER_VERSION,
    article,
    statements: writeStatements(documentId, statements, article.lang),
    createdAt: now,
  });
  if (versionId !== null) await importDevelopments(db, versionId, catalogue, now);
  // Nothing but this may be running: what was imported is to be found at once.
  await indexDocuments(db, [documentId]);
  return { outcome: "new", statements: statements.length };
}

async function importDevelopments(db: Database, versionId: number, catalogue: Catalogue, now: Date): Promise<void> {
  const version = await versionWithStatements(db, versionId);
  // A page that we watch and had not read yet is left to the monitor, which compares it with what is known.
  if (!version || mayBeNews(version)) return;
  const { article, statements } = version;
  const found = detectDevelopments({
    ...{ article, statements, official: false, sourceActorId: null, past: [], now },
    ...{ types: catalogue.developmentTypes, events: catalogue.events, actors: catalogue.actors },
  });
  const background = found.map((development) => ({ ...development, status: "background" as const }));
  const by = { detectorVersion: DETECTOR_VERSION, detectedAt: now };
  // A monitor at work waits meanwhile, and compares with what is here then.
  await withDevelopmentLock(db, (locked) => saveDevelopments(locked, foundIn(version, background, by)));
}
