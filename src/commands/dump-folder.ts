import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { views } from "../db/analysts/views.ts";
import type { Database } from "../db/client.ts";
import { dumpViews } from "../db/history/dump-views.ts";
import { Failure } from "../domain/failure.ts";
import type { TableRow } from "../present/table-lines.ts";
import { version } from "../user-agent.ts";
import { countRows } from "./count-rows.ts";
import { openTableFile, type TableFormat } from "./table-file.ts";

const FORMAT = "parley-dump/1";
const MANIFEST = "manifest.json";

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  parley: z.string(),
  /** The changes after this cursor of /api/v1/changes are not in the dump, all before it are; null where there were none. */
  cursor: z.string().nullable(),
  tables: z.array(
    z.object({
      ...{
        name: z.string(),
        file: z.string().regex(/^[a-z_]+\.[a-z]+$/),
        rows: z.number().int(),
        bytes: z.number().int(),
      },
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      columns: z.array(z.object({ name: z.string(), type: z.string() })),
    }),
  ),
});

/** What a folder with a dump says of itself. */
export type DumpManifest = z.infer<typeof manifestSchema>;

/**
 * Writes all views that analysts have into a folder, a file each, as of one moment, and a manifest with the hash of each.
 *
 * @throws {Failure} `bad-input` where the folder holds a dump already.
 */
export async function writeDump(
  db: Database,
  folder: string,
  { format, parley, now }: { readonly format: TableFormat; readonly parley: string; readonly now: Date },
): Promise<DumpManifest> {
  if (existsSync(join(folder, MANIFEST)))
    throw new Failure("bad-input", `${folder} holds a dump already; name another folder.`);
  await mkdir(folder, { recursive: true });
  const tables: DumpManifest["tables"] = [];
  const cursor = await dumpViews(db, async ({ name, columns, parts }) => {
    const file = `${name}.${format}`;
    const table = await openTableFile(
      join(folder, file),
      format,
      columns.map(([column, type]) => [column, type]),
    );
    let rows = 0;
    for await (const part of parts) {
      await table.write(part.map((line) => JSON.parse(line) as TableRow));
      rows += part.length;
    }
    await table.close();
    const shown = columns.map(([column, type]) => ({ name: column, type }));
    tables.push({ name, file, rows, ...(await weigh(join(folder, file))), columns: shown });
  });
  const manifest: DumpManifest = { format: FORMAT, madeAt: now.toISOString(), parley, cursor, tables };
  // Written last: a folder without it is a dump that broke off.
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** Tells what in a folder with a dump is not as it was written; needs neither archive nor network. */
export async function verifyDump(folder: string): Promise<{
  readonly tables: number;
  readonly breaches: readonly { readonly part: string; readonly what: string }[];
}> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => null);
  if (text === null)
    return { tables: 0, breaches: [{ part: MANIFEST, what: "it is not there: the dump broke off, or this is none" }] };
  const read = manifestSchema.safeParse(jsonOf(text));
  if (!read.success) return { tables: 0, breaches: [{ part: MANIFEST, what: `it is no ${FORMAT} manifest` }] };
  const breaches = [];
  for (const table of read.data.tables) {
    const what = await faultOfTable(folder, table);
    if (what !== null) breaches.push({ part: table.file, what });
  }
  return { tables: read.data.tables.length, breaches: [...breaches, ...(await faultsOfList(folder, read.data))] };
}

async function faultOfTable(folder: string, { file, sha256, bytes, rows }: DumpManifest["tables"][number]) {
  const path = join(folder, file);
  const found = await weigh(path).catch(() => null);
  if (found === null) return "it is not there";
  if (found.sha256 !== sha256 || found.bytes !== bytes)
    return `its ${found.bytes} bytes are not the ${bytes} that were written`;
  const counted = await countRows(path);
  if (counted === null) return "it is no file that Parley writes";
  return counted === rows ? null : `it has ${counted} rows, the manifest says ${rows}`;
}

/** Compares what the manifest names with what is in the folder, and with the views of this Parley where it wrote the dump. */
async function faultsOfList(folder: string, { parley, tables }: DumpManifest) {
  const named = tables.map(({ file }) => file);
  const there = await readdir(folder);
  const missing = parley === version ? views.filter(({ name }) => !tables.some((table) => table.name === name)) : [];
  return [
    ...[...new Set(named.filter((file, index) => named.indexOf(file) !== index))].map((part) => ({
      ...{ part, what: "the manifest names it twice" },
    })),
    ...there
      .filter((file) => file !== MANIFEST && !named.includes(file))
      .map((part) => ({ part, what: "the manifest does not name it" })),
    ...missing.map(({ name }) => ({ part: name, what: "the manifest has no such table" })),
  ];
}

async function weigh(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { bytes: (await stat(path)).size, sha256: hash.digest("hex") };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
