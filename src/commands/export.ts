import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";
import type { Database } from "../db/client.ts";
import { developmentsByIds } from "../db/development-list.ts";
import { captureForEvidence, deliveriesOfDevelopment, versionsForEvidence } from "../db/evidence.ts";
import { readPageKey } from "../db/page-key.ts";
import { unknownNames } from "../db/query-names.ts";
import { keysOfStatements } from "../db/statement-by-key.ts";
import type { StatementRow } from "../db/statement-rows.ts";
import { searchStatements } from "../db/statement-search.ts";
import { wordDiff } from "../detect/word-diff.ts";
import { Failure } from "../domain/failure.ts";
import { type QuestionParameters, readQuestion } from "../domain/query/ask.ts";
import type { Query } from "../domain/query/query.ts";
import { type BundlePart, writeBundle } from "../present/evidence-bundle.ts";
import { withArchive } from "./context.ts";
import { say } from "./output.ts";
import { lineOf, refuse } from "./search.ts";

type ExportOptions = Omit<QuestionParameters, "q"> & {
  readonly evidence?: string;
  readonly format: string;
  readonly out?: string;
};

/** Writes the statements that meet a question as CSV or NDJSON, or the evidence of one development as a bundle that checks itself. */
export async function exportCommand(words: readonly string[], { evidence, format, out, ...filters }: ExportOptions) {
  if (evidence !== undefined) return exportEvidence(evidence, out);
  const line = lineOf(words);
  const question = readQuestion({ q: line, ...filters });
  refuse(line, question.mistakes);
  await withArchive(async ({ db }) => {
    refuse(line, await unknownNames(db, question.mentions));
    const target = out === undefined ? process.stdout : createWriteStream(out);
    await pipeline(Readable.from(linesOf(db, question.query, format === "csv")), target, { end: out !== undefined });
  });
}

const AT_ONCE = 500;

async function* linesOf(db: Database, query: Query, csv: boolean): AsyncGenerator<string> {
  if (csv) yield asCsv([columns.map(([name]) => name)]);
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof searchStatements>> = await searchStatements(db, query, {
      ...{ limit: AT_ONCE, after: cursor === "" ? null : readPageKey(cursor) },
    });
    const ids = page.rows.map(({ id }) => id);
    const keys = await keysOfStatements(db, ids);
    for (const row of page.rows) {
      const cells = columns.map(([name, value]) => [name, value(row, keys.get(row.id) ?? null)] as const);
      yield csv
        ? asCsv([cells.map(([, value]) => (Array.isArray(value) ? value.join(" ") : value))])
        : `${JSON.stringify(Object.fromEntries(cells))}\n`;
    }
    cursor = page.next;
  }
}

/** No cell is run as a formula by a spreadsheet: those that would be begin with an apostrophe. */
function asCsv(rows: readonly (readonly unknown[])[]): string {
  return stringify(rows as unknown[][], { escape_formulas: true });
}

type Cell = string | number | null | readonly string[];

const columns: readonly (readonly [name: string, value: (row: StatementRow, key: string | null) => Cell])[] = [
  ["key", (_, key) => key],
  ["id", ({ id }) => id],
  ["said", ({ saidAt }) => saidAt?.value ?? null],
  ["speaker", ({ speaker }) => speaker?.text ?? null],
  ["actors", ({ actors }) => actors.map(({ id }) => id)],
  ["sides", ({ actors }) => [...new Set(actors.map(({ bloc }) => bloc))]],
  ["words", ({ words }) => words],
  ["lang", ({ lang }) => lang],
  ["kind", ({ kind }) => kind],
  ["act", ({ act }) => act],
  ["fidelity", ({ fidelity }) => fidelity],
  ["confidence", ({ confidence }) => confidence],
  ["topics", ({ topics }) => topics.map(({ id }) => id)],
  ["source", ({ document }) => document.source?.id ?? null],
  ["document", ({ document }) => document.id],
  ["title", ({ document }) => document.title],
  ["url", ({ document }) => document.url],
];

async function exportEvidence(id: string, out: string | undefined): Promise<void> {
  if (!/^[1-9]\d{0,14}$/.test(id))
    throw new Failure(
      "bad-input",
      `--evidence ${id}: expected the number of a development; parley developments lists them.`,
    );
  await withArchive(async ({ db }) => {
    const parts = await evidenceParts(db, Number(id));
    if (!parts)
      throw new Failure(
        "bad-input",
        `--evidence ${id}: the archive has no development of this number; parley developments lists them.`,
      );
    const bundle = writeBundle(parts, new Date());
    if (out === undefined) process.stdout.write(bundle);
    else {
      await writeFile(out, bundle);
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
    { name: `development ${developmentId}`, value: development },
    ...captures.flatMap((capture) => (capture ? [{ name: `capture ${capture.id}`, value: capture }] : [])),
    ...versions.map((version) => ({ name: `version ${version.id}`, value: version })),
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
