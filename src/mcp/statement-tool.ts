import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { documentById, versionText } from "../db/archive/document-page.ts";
import { statementWithKey } from "../db/archive/statement-by-key.ts";
import { type StatementRow, statementsByIds } from "../db/archive/statement-rows.ts";
import { developmentsOfDocument } from "../db/developments/development-list.ts";
import { Failure } from "../domain/failure.ts";
import { linkTo } from "../present/links.ts";
import { answering } from "./answer.ts";
import type { Asking } from "./asking.ts";
import { citedShape, citedStatements, citedText } from "./cited.ts";
import { cutText, fitting } from "./fitting.ts";

/** Most characters of context on either side of the words. */
const AROUND = 600;

const detailShape = {
  statement: citedShape,
  act: z.string().describe("What is done with the words: speech, claim, position, no_comment …"),
  relayedBy: z.string().nullable(),
  question: z.string().nullable().describe("What the words answer."),
  before: z.string().describe("The archived text before the words."),
  after: z.string().describe("The archived text after them."),
  isCurrent: z.boolean().describe("Whether they stand in the version of the document that counts today."),
  versions: z.number().describe("How many versions of the document are archived."),
  bytes: z
    .object({ sha256: z.string(), url: z.string(), fetchedAt: z.string() })
    .nullable()
    .describe("The archived bytes that the words were read from."),
  developments: z.array(z.object({ id: z.number(), type: z.string(), summary: z.string(), permanentLink: z.string() })),
  leftOut: z.string().nullable().describe("What did not fit into this answer, and where it is; null where all did."),
};

/** Offers the tool that brings one statement in its context, down to the bytes. */
export function addStatementTool(server: McpServer, asking: Asking): void {
  server.registerTool(
    "get_statement",
    {
      title: "Get a statement",
      description:
        "Brings one statement in its context: the text around it, the question it answers, the document's versions, the hash of the archived bytes, the developments it shows.",
      inputSchema: {
        statement: z
          .union([z.string(), z.number().int()])
          .describe("The number of a statement, its lasting name (32 hexadecimal digits), or its permanent link."),
      },
      outputSchema: detailShape,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ statement }) => answering(asking, () => detailOf(asking, String(statement))),
  );
}

async function detailOf({ db, base }: Asking, reference: string) {
  const id = await idOf(db, reference);
  const [row] = id === null ? [] : await statementsByIds(db, [id]);
  if (!row) {
    throw new Failure(
      "bad-input",
      `statement is "${reference}"; there is none with that name. Expected the statementId or permanentLink of an answer.`,
    );
  }
  const [version, document, shown] = await Promise.all([
    versionText(db, row.versionId),
    documentById(db, row.document.id),
    developmentsOfDocument(db, row.document.id),
  ]);
  const [cited] = fitting(citedStatements(base, [row]), citedText, 0.4);
  if (!cited || !version) throw new Error(`statement ${row.id} has no version`);
  const capture = document?.versions.find((one) => one.id === row.versionId)?.capture;
  const question = row.question ? cutText(version.text.slice(row.question.start, row.question.end)) : null;
  const { before, after } = contextOf(version.text, row);
  const shows = shown
    .filter(({ evidence }) => evidence.some(({ statementId }) => statementId === row.id))
    .map(({ id, type, summary }) => ({ id, type, summary, permanentLink: linkTo.development(base, id) }));
  const developments = fitting(shows, developmentText, 0.4);
  const missing = shows.length - developments.length;
  const leftOut =
    missing === 0
      ? null
      : `${missing} more developments did not fit into one answer; all are at ${cited.permanentLink}.`;
  const versions = document?.versions.length ?? 1;
  const bytes = capture
    ? { sha256: capture.bodySha256, url: capture.finalUrl, fetchedAt: capture.fetchedAt.toISOString() }
    : null;
  const text = [
    citedText(cited),
    row.document.current ? null : "These words do not stand in the version of the document that counts today.",
    question && `Question: ${question}`,
    before && `Before: ${before}`,
    after && `After: ${after}`,
    bytes &&
      `Archived bytes: SHA-256 ${bytes.sha256}, fetched ${bytes.fetchedAt} from ${bytes.url}; ${versions} version(s).`,
    ...developments.map(developmentText),
    leftOut,
  ];
  return {
    data: {
      ...{ statement: cited, act: row.act, relayedBy: row.relayedBy, question, before, after },
      ...{ isCurrent: row.document.current, versions, bytes, developments, leftOut },
    },
    text: text.filter(Boolean).join("\n\n"),
  };
}

function developmentText({ type, summary, permanentLink }: { type: string; summary: string; permanentLink: string }) {
  return `Shows ${type}: ${summary}\n  ${permanentLink}`;
}

/** Reads a number, a lasting name, or a link that ends with one. */
async function idOf(db: Asking["db"], reference: string): Promise<number | null> {
  const name = /(?:^|\/(?:s|statements)\/)([0-9a-f]{32}|\d{1,15})$/.exec(reference.trim())?.[1];
  if (name === undefined) return null;
  return name.length === 32 ? statementWithKey(db, name) : Number(name);
}

/** Cuts the text on either side of the words, at the beginning of a line or a word. */
function contextOf(text: string, { content }: Pick<StatementRow, "content">) {
  const start = Math.min(...content.map((span) => span.start));
  const end = Math.max(...content.map((span) => span.end));
  const before = text.slice(Math.max(0, start - AROUND), start).toWellFormed();
  const after = text.slice(end, end + AROUND).toWellFormed();
  return {
    before: start > AROUND ? `… ${before.replace(/^\S{0,30}\s/, "")}` : before,
    after: end + AROUND < text.length ? `${after.replace(/\s\S{0,30}$/, "")} …` : after,
  };
}
