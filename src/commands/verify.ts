import { existsSync, readFileSync, statSync } from "node:fs";
import { documentById } from "../db/archive/document-page.ts";
import { verifyHistory } from "../db/history/history.ts";
import { verifyArchive } from "../db/history/verify.ts";
import { Failure } from "../domain/failure.ts";
import { verifyBundle } from "../present/evidence-bundle.ts";
import { READER_VERSION } from "../read/version.ts";
import { currentCatalogue, currentConfig, withArchive } from "./context.ts";
import { verifyDump } from "./dump-folder.ts";
import { compareTexts } from "./read-bundle.ts";

/** Checks the archive, or one document of it, or a bundle of evidence or a dump without any archive; exit status 1 when anything is not as it was recorded. */
export async function verifyCommand(document?: string): Promise<void> {
  if (document !== undefined && existsSync(document))
    return statSync(document).isDirectory() ? verifyFolder(document) : verifyFile(document);
  const documentId = document === undefined ? null : Number(document);
  if (document !== undefined && !/^\d{1,15}$/.test(document))
    throw new Failure(
      "bad-input",
      `verify ${document}: expected the number of a document, a file that parley export --evidence wrote, or a folder that parley export --all wrote.`,
    );
  await withArchive(async ({ db }) => {
    if (documentId !== null && !(await documentById(db, documentId)))
      throw new Failure(
        "bad-input",
        `verify ${document}: the archive has no document of this number; parley search --format json gives them.`,
      );
    const { breaches: found, bodies, versions, statements, evidence } = await verifyArchive(db, documentId);
    const breaches: { row: string; what: string }[] = [...found];
    console.log(
      `Checked ${bodies} bodies, ${versions} versions, ${statements} statements, ${evidence} pieces of evidence.`,
    );
    const history = documentId === null ? await verifyHistory(db) : null;
    if (history) {
      const none = history.seals === 0 ? "; parley start seals what came in once a minute" : "";
      console.log(`Checked ${history.seals} seals over ${history.rows} rows${none}.`);
    }
    breaches.push(...(history?.breaches ?? []));
    for (const { row, what } of breaches) console.log(`BROKEN  ${row}: ${what}`);
    console.log(breaches.length === 0 ? "Everything is as it was recorded." : `${breaches.length} broken.`);
    if (breaches.length > 0) process.exitCode = 1;
  });
}

/** Largest bundle that is looked at: what a text of JavaScript can hold. */
const MOST_BYTES = 500_000_000;

async function verifyFile(path: string): Promise<void> {
  const { size } = statSync(path);
  if (size > MOST_BYTES)
    throw new Failure("bad-input", `verify ${path}: ${size} bytes are no bundle; one has at most ${MOST_BYTES}.`);
  const bundle = verifyBundle(readFileSync(path, "utf8"));
  const texts = await compareTexts(bundle.texts, currentCatalogue(currentConfig()).sources);
  console.log(`Checked ${bundle.parts} parts; read ${texts.compared} of ${bundle.texts.length} texts again.`);
  for (const part of bundle.emptied) console.log(`NOTE  ${part}: its bytes were taken away; only their hash is here.`);
  for (const { part, what } of texts.notes) console.log(`NOTE  ${part}: ${what}.`);
  const given = `what reader ${READER_VERSION} reads from their bytes with what the bundle says of them`;
  const follow =
    texts.compared === 0
      ? "No text was compared with its bytes."
      : `${texts.compared === bundle.texts.length ? "The texts are" : "Those texts that were compared are"} ${given}.`;
  tell(
    [...bundle.breaches, ...texts.breaches],
    `The parts fit together. ${follow} This does not show who made them: compare the hashes of versions and captures with the archive's.`,
  );
}

async function verifyFolder(path: string): Promise<void> {
  const { tables, breaches } = await verifyDump(path);
  console.log(`Checked ${tables} tables.`);
  tell(breaches, "The files are as the manifest says. This does not show who made them.");
}

function tell(breaches: readonly { readonly part: string; readonly what: string }[], fits: string): void {
  for (const { part, what } of breaches) console.log(`BROKEN  ${part}: ${what}`);
  console.log(breaches.length === 0 ? fits : `${breaches.length} broken.`);
  if (breaches.length > 0) process.exitCode = 1;
}
