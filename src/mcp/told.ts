import { z } from "zod";
import { statementsByIds } from "../db/archive/statement-rows.ts";
import type { Database } from "../db/client.ts";
import type { DevelopmentRow, EvidenceRow } from "../db/developments/development-list.ts";
import { threadsOfDevelopments } from "../db/developments/thread-of.ts";
import { textFragmentUrl } from "../present/cite.ts";
import { linkTo } from "../present/links.ts";
import { type Cited, citedShape, citedStatements, citedText } from "./cited.ts";

/** Most pieces of evidence that stand beside a development; its page has all. */
const EVIDENCE = 5;

/** A development with its evidence. */
export const toldShape = z.object({
  id: z.number(),
  type: z.string(),
  label: z.string(),
  severity: z.number().describe("5 changes the state of the talks, 1 is commentary."),
  status: z.string().describe("new, or background: it recalls something known, or is not believed yet."),
  certainty: z
    .string()
    .describe("provisional until two independent accounts, a primary source or an analyst confirm it."),
  isOneSided: z.boolean(),
  isDismissed: z.boolean().describe("Whether an analyst found that it does not hold."),
  summary: z.string(),
  eventDate: z.string().nullable().describe("The day of what it tells of, which may lie ahead; null: not known."),
  detectedAt: z.string(),
  actors: z.array(z.string()),
  topics: z.array(z.string()),
  threadId: z.number().nullable().describe("For timeline."),
  permanentLink: z.string(),
  evidenceCount: z.number(),
  evidence: z.array(citedShape),
});

/** A development with its evidence. */
export type Told = z.infer<typeof toldShape>;

/** Gives developments the shape in which they are cited, each with its first evidence, in the same order. */
export async function toldDevelopments(
  db: Database,
  base: string,
  rows: readonly DevelopmentRow[],
): Promise<readonly Told[]> {
  const shown = rows.flatMap(({ evidence }) => evidence.slice(0, EVIDENCE));
  const statementIds = [...new Set(shown.flatMap(({ statementId }) => (statementId === null ? [] : [statementId])))];
  const [statements, threads] = await Promise.all([
    statementsByIds(db, statementIds).then((found) => citedStatements(base, found)),
    threadsOfDevelopments(
      db,
      rows.map(({ id }) => id),
    ),
  ]);
  const byId = new Map(statements.map((cited) => [cited.statementId, cited]));
  return rows.map((row) => ({
    ...{ id: row.id, type: row.type, label: row.typeName.label, severity: row.severity, status: row.status },
    ...{ certainty: row.certainty, isOneSided: row.isOneSided, isDismissed: row.dismissedAt !== null },
    ...{ summary: row.summary, eventDate: row.eventDate?.value ?? null, detectedAt: row.detectedAt.toISOString() },
    actors: row.actors.map(({ id }) => id),
    topics: row.topics.map(({ id }) => id),
    threadId: threads.get(row.id) ?? null,
    permanentLink: linkTo.development(base, row.id),
    evidenceCount: row.evidence.length,
    evidence: row.evidence.slice(0, EVIDENCE).map((piece) => byId.get(piece.statementId) ?? citedPlace(base, piece)),
  }));
}

/** Tells when a development was first told of: the date of its earliest dated evidence, else of the event; null where neither is known. */
export function toldOn({ evidence, eventDate }: Told): string | null {
  const dates = evidence.flatMap(({ date }) => (date === null ? [] : [date]));
  return dates.sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? eventDate;
}

/** Writes a development as a short paragraph with its evidence. */
export function toldText(told: Told): string {
  const event = told.eventDate ? ` · event dated ${told.eventDate}` : "";
  const doubt = [
    told.certainty,
    told.isOneSided ? "one side only" : null,
    told.isDismissed ? "dismissed by an analyst" : null,
  ];
  const thread = told.threadId === null ? "" : ` · thread ${told.threadId}`;
  return [
    `[${told.severity}] ${told.label} (${told.type}, ${told.status}, ${doubt.filter(Boolean).join(", ")})${event}${thread}`,
    `${told.summary}`,
    `${told.permanentLink}`,
    ...told.evidence.map((cited) => citedText(cited).replaceAll(/^/gm, "    ")),
    ...(told.evidenceCount > told.evidence.length ? [`    and ${told.evidenceCount - told.evidence.length} more`] : []),
  ].join("\n");
}

/** Cites words that are evidence, but no statement of somebody. */
function citedPlace(base: string, piece: EvidenceRow): Cited {
  const place = linkTo.marked(base, piece.documentId, piece.versionNumber, `e${piece.id}`);
  return {
    ...{ statementId: null, words: piece.words, lang: piece.lang, speaker: null, speakers: [], date: null },
    ...{ kind: null, act: null, polarity: null, fidelity: null, confidence: null, topics: [], withdrawn: null },
    ...{ source: piece.source?.title ?? piece.documentOrigin, title: piece.documentTitle, originalUrl: piece.url },
    originalWords: piece.url && textFragmentUrl(piece.url, piece.words),
    ...{ permanentLink: place, markedText: place },
  };
}
