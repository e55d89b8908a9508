import { unknownSpeakers } from "../db/archive/unknown-speakers.ts";
import { Failure } from "../domain/failure.ts";
import { readBound } from "../domain/query/period.ts";
import { withArchive } from "./context.ts";
import { chooseFormat, printRows, say } from "./output.ts";
import { rowLimit } from "./search.ts";

/** What `parley actors --unknown` takes. */
export type UnknownOptions = {
  readonly format?: string;
  readonly find?: string;
  readonly since?: string;
  readonly atLeast?: string;
  readonly limit?: string;
};

/** Prints who speaks in the archive and is no actor of the catalogue yet, the most frequent first. */
export async function unknownSpeakersCommand(options: UnknownOptions): Promise<void> {
  const since = options.since === undefined ? new Date(0) : readBound(options.since, "since");
  if (!since) throw new Failure("bad-input", `--since ${options.since}: expected a date such as 2026-05-01.`);
  const atLeast = Number(options.atLeast ?? "2");
  if (!Number.isInteger(atLeast) || atLeast < 1)
    throw new Failure("bad-input", `--at-least ${options.atLeast}: expected a whole number from 1.`);
  const limit = rowLimit(options.limit ?? "100");
  await withArchive(async ({ db }) => {
    const found = await unknownSpeakers(db, { since, atLeast, limit });
    const wanted = options.find?.toLowerCase() ?? "";
    const rows = found.filter(({ name }) => name.toLowerCase().includes(wanted));
    printRows(
      rows,
      [
        { name: "name", value: ({ name }) => name, width: 40 },
        { name: "statements", value: ({ statements }) => String(statements), width: 11 },
        { name: "documents", value: ({ documents }) => String(documents), width: 10 },
        { name: "last said", value: ({ lastSaidAt }) => lastSaidAt?.toISOString().slice(0, 10) ?? "", width: 10 },
        { name: "example", value: ({ statementId }) => `/statements/${statementId}`, width: 20 },
      ],
      chooseFormat(options.format),
    );
    say(
      rows.length === 0
        ? `Nobody unknown has spoken ${atLeast === 1 ? "yet" : `${atLeast} times or more`}.`
        : "Add whom you want to follow to an actors file of your overlay folder (PARLEY_CATALOGUE): what is read from then on names them.",
    );
  });
}
