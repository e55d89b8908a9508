import { type DevelopmentRow, searchDevelopments } from "../db/developments/development-list.ts";
import { unknownNames } from "../db/search/query-names.ts";
import { type QuestionParameters, readQuestion } from "../domain/query/ask.ts";
import { developmentColumns } from "../present/development-columns.ts";
import { withArchive } from "./context.ts";
import { chooseFormat, printRows, printTaken, say } from "./output.ts";
import { lineOf, refuse, rowLimit } from "./search.ts";

type DevelopmentOptions = Omit<QuestionParameters, "q"> & { readonly limit: string; readonly format?: string };

/** Prints the developments that meet a question, the latest detected first. */
export async function developmentsCommand(
  words: readonly string[],
  { limit, format, ...filters }: DevelopmentOptions,
): Promise<void> {
  const line = lineOf(words);
  const question = readQuestion({ q: line, ...filters });
  refuse(line, question.mistakes);
  rowLimit(limit);
  await withArchive(async ({ db }) => {
    refuse(line, await unknownNames(db, question.mentions));
    const { rows, next } = await searchDevelopments(db, question.query, { limit: rowLimit(limit), after: null });
    const form = chooseFormat(format);
    if (form === "csv") printTaken(rows, developmentColumns);
    else printRows(rows, columns, form);
    if (rows.length === 0) say("No development meets this.");
    if (next) say(`There are more; --limit ${rowLimit(limit) * 2} shows them.`);
  });
}

const columns = [
  { name: "found", value: ({ detectedAt }: DevelopmentRow) => detectedAt.toISOString().slice(0, 16), width: 18 },
  { name: "!", value: ({ severity }: DevelopmentRow) => severity, width: 3 },
  { name: "type", value: ({ type }: DevelopmentRow) => type, width: 24 },
  { name: "state", value: ({ status }: DevelopmentRow) => status, width: 12 },
  { name: "event", value: ({ eventDate }: DevelopmentRow) => eventDate?.value ?? "", width: 12 },
  { name: "summary", value: ({ summary }: DevelopmentRow) => summary },
];
