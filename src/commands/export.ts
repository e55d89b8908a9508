import { writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { captureWithBody } from "../db/archive/captures.ts";
import type { Database } from "../db/client.ts";
import { developmentsByIds } from "../db/developments/development-list.ts";
import { everyPage } from "../db/every-page.ts";
import {
  captureForEvidence,
  deliveriesOfDevelopment,
  type EvidenceVersion,
  versionsForEvidence,
} from "../db/history/evidence.ts";
import { unknownNames } from "../db/search/query-names.ts";
import { searchStatements } from "../db/search/statement-search.ts";
import { wordDiff } from "../detect/edit/word-diff.ts";
import { Failure } from "../domain/failure.ts";
import { type QuestionParameters, readQuestion } from "../domain/query/ask.ts";
import type { Query } from "../domain/query/query.ts";
import { type BundlePart, writeBundle } from "../present/evidence-bundle.ts";
import { filledRow } from "../present/filled-column.ts";
import { statementColumns } from "../present/statement-columns.ts";
import { headOfCsv, type TableRow, tableLines } from "../present/table-lines.ts";
import { version } from "../user-agent.ts";
import { withArchive } from "./context.ts";
import { writeDump } from "./dump-folder.ts";
import { say } from "./output.ts";
import { readAsOf } from "./read-bundle.ts";
import { lineOf, refuse } from "./search.ts";
import { openTableFile, type TableFormat } from "./table-file.ts";
import { writeWhole } from "./whole-file.ts";

type ExportOptions = Omit<QuestionParameters, "q"> & {
  readonly evidence?: string;
  readonly all?: string;
  readonly format: TableFormat;
  readonly out?: string;
};

/** Writes the statements that meet a question, the evidence of one development as a bundle that checks itself, or all there is. */
export async function exportCommand(words: readonly string[], options: ExportOptions) {
  const { evidence, all, format, out, ...filters } = options;
  if (evidence !== undefined) return exportEvidence(evidence, out);
  if (all !== undefined) return exportAll(all, format);
  const line = lineOf(words);
  const question = readQuestion({ q: line, ...filters });
  refuse(line, question.mistakes);
  if (format === "parquet" && out === undefined)
    throw new Failure("bad-input", "--format parquet needs --out FILE: it is no text.");
  await withArchive(async ({ db }) => {
    refuse(line, await unknownNames(db, question.mentions));
    const parts = partsOf(db, question.query);
    if (out === undefined)
      return pipeline(Readable.from(linesOf(parts, format === "csv")), process.stdout, { end: false });
    let written = 0;
    await writeWhole(out, async (partial) => {
      const file = await openTableFile(
        partial,
        format,
        statementColumns.map(([name, , type = "text"]) => [name, type]),
      );
      for await (const rows of parts) {
        await file.write(rows);
        written += rows.length;
      }
      await file.close();
    });
    say(`${written} ${written === 1 ? "statement" : "statements"} in ${out}.`);
  });
}

async function exportAll(folder: string, format: TableFormat): Promise<void> {
  await withArchive(async ({ db, now }) => {
    const { tables } = await writeDump(db, folder, { format, parley: version, now: now() });
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    say(
      `${rows} rows in ${tables.length} files of ${folder}; parley verify ${folder} checks them, without the archive.`,
    );
  });
}

const AT_ONCE = 500;

/** Goes through the statements that meet a question, the newest first, some at a time. */
async function* partsOf(db: Database, query: Query): AsyncGenerator<readonly TableRow[]> {
  const pages = everyPage((after) => searchStatements(db, query, { limit: AT_ONCE, after }));
  for await (const rows of pages) yield rows.map((row) => filledRow(statementColumns, row));
}

async function* linesOf(parts: AsyncIterable<readonly TableRow[]>, csv: boolean): AsyncGenerator<string> {
  if (csv) yield headOfCsv(statementColumns);
  for await (const rows of parts) yield tableLines(rows, csv ? statementColumns : null);
}

async function exportEvidence(id: string, out: string | undefined): Promise<void> {
  if (!/^[1-9]\d{0,14}$/.test(id))
    throw new Failure(
      "bad-input",
      `--evidence ${id}: expected the number of a development; parley developments lists them.`,
    );
  await withArchive(async ({ db, now }) => {
    const parts = await evidenceParts(db, Number(id));
    if (!parts)
      throw new Failure(
        "bad-input",
        `--evidence ${id}: the archive has no development of this number; parley developments lists them.`,
      );
    const bundle = writeBundle(parts, now());
    if (out === undefined) process.stdout.write(bundle);
    else {
      await writeWhole(out, (partial) => writeFile(partial, bundle));
      say(`${parts.length} parts in ${out}; parley verify ${out} checks it, without archive or network.`);
    }
  });
}

/** Brings together what a development stands on; null when there is none with that id. */
export async function evidenceParts(db: Database, developmentId: number): Promise<readonly BundlePart[] | null> {
  const [row] = await developmentsByIds(db, [developmentId]);
  if (!row) return null;
  const { evidence, ...development } = row;
  const ids = [
    ...new Set([...evidence.map(({ versionId }) => versionId), row.versionId, row.previousVersionId ?? row.versionId]),
  ];
  const versions = await versionsForEvidence(db, ids);
  const captureIds = [...new Set(versions.map(({ captureId }) => captureId))];
  const captures = await Promise.all(captureIds.map((captureId) => captureForEvidence(db, captureId)));
  const textOf = (versionId: number | null) => versions.find((version) => version.id === versionId)?.text ?? "";
  return [
    {
      name: `development ${developmentId}`,
      value: { ...development, evidence: evidence.map(({ id }) => `evidence ${id}`) },
    },
    ...captures.flatMap((capture) => (capture ? [{ name: `capture ${capture.id}`, value: capture }] : [])),
    ...(await Promise.all(
      versions.map(async (version) => ({
        name: `version ${version.id}`,
        value: { ...version, readAs: await readAsIn(db, version, captures) },
      })),
    )),
    ...evidence.map(({ id, versionId, spanStart: start, spanEnd: end, words, statementId, url }) => ({
      name: `evidence ${id}`,
      value: { version: `version ${versionId}`, start, end, words, statementId, url },
    })),
    ...(row.previousVersionId === null
      ? []
      : [
          {
            name: `diff ${row.previousVersionId} ${row.versionId}`,
            value: {
              ...{ before: `version ${row.previousVersionId}`, after: `version ${row.versionId}` },
              pieces: wordDiff(textOf(row.previousVersionId), textOf(row.versionId)),
            },
          },
        ]),
    ...(await deliveriesOfDevelopment(db, developmentId)).map((delivery) => ({
      name: `delivery ${delivery.id}`,
      value: delivery,
    })),
  ];
}

/** Finds what a version was read with, for who reads it again; null where that is not known or its bytes are gone. */
async function readAsIn(
  db: Database,
  version: EvidenceVersion,
  captures: readonly Awaited<ReturnType<typeof captureForEvidence>>[],
) {
  const isThere = captures.some((capture) => capture?.id === version.captureId && capture.bytesBase64 !== null);
  const stored = isThere ? await captureWithBody(db, version.captureId) : null;
  return stored && readAsOf(version, stored);
}
