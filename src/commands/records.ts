import { commitmentsByIds, searchCommitments } from "../db/records/commitment-list.ts";
import { latestMeetings, meetingsByIds } from "../db/records/meeting-list.ts";
import type { CommitmentState } from "../domain/commitment.ts";
import { Failure } from "../domain/failure.ts";
import { answerCommitments, answerMeetings, answerPhrase, answerPhrases } from "../web/api/record-answers.ts";
import { withArchive } from "./context.ts";
import { numberFrom } from "./number-from.ts";
import { type Column, chooseFormat, printOne, printRows, say } from "./output.ts";
import { publicUrlOf } from "./public-url.ts";
import { rowLimit } from "./search.ts";

type ListOptions = { readonly limit: string; readonly format?: string };

/** Lists the meetings of which an official account is known, the latest first. */
export async function meetingsCommand({ limit, format }: ListOptions): Promise<void> {
  const most = rowLimit(limit);
  await withArchive(async ({ db }, config) => {
    const rows = await answerMeetings(db, await latestMeetings(db, most), publicUrlOf(config));
    printRows(rows, meetingColumns, chooseFormat(format));
    if (rows.length === 0) say("No official account of a meeting is known yet.");
  });
}

/**
 * Shows one meeting in the shape of the API.
 *
 * @throws {Failure} `bad-input` when there is none of this number.
 */
export async function showMeetingCommand(id: string): Promise<void> {
  const number = numberFrom(id, "meeting");
  await withArchive(async ({ db }, config) => {
    const [meeting] = await answerMeetings(db, await meetingsByIds(db, [number]), publicUrlOf(config));
    if (!meeting) throw noSuch("meeting", id);
    printOne(meeting);
  });
}

/** Lists commitments, those made last first, those without a date last. */
export async function commitmentsCommand({
  state = null,
  limit,
  format,
}: ListOptions & { readonly state?: CommitmentState | null }): Promise<void> {
  const most = rowLimit(limit);
  await withArchive(async ({ db }, config) => {
    const { rows, next } = await searchCommitments(db, { state }, { limit: most, after: null });
    printRows(await answerCommitments(db, rows, publicUrlOf(config)), commitmentColumns, chooseFormat(format));
    if (rows.length === 0) say("No commitment meets this.");
    if (next) say("There are more; a greater --limit shows them.");
  });
}

/**
 * Shows one commitment in the shape of the API.
 *
 * @throws {Failure} `bad-input` when there is none of this number.
 */
export async function showCommitmentCommand(id: string): Promise<void> {
  const number = numberFrom(id, "commitment");
  await withArchive(async ({ db }, config) => {
    const [commitment] = await answerCommitments(db, await commitmentsByIds(db, [number]), publicUrlOf(config));
    if (!commitment) throw noSuch("commitment", id);
    printOne(commitment);
  });
}

/** Lists the stock phrases that were used, the one used last first. */
export async function phrasesCommand({ format }: { readonly format?: string }): Promise<void> {
  await withArchive(async ({ db }, config) => {
    const rows = await answerPhrases(db, publicUrlOf(config));
    printRows(rows, phraseColumns, chooseFormat(format));
    if (rows.length === 0) say("No stock phrase was used yet.");
  });
}

/**
 * Shows one phrase with its latest uses in the shape of the API.
 *
 * @throws {Failure} `bad-input` when nobody used a phrase of this id.
 */
export async function showPhraseCommand(id: string, { limit }: { readonly limit: string }): Promise<void> {
  const most = rowLimit(limit);
  await withArchive(async ({ db }, config) => {
    const phrase = await answerPhrase(db, id, publicUrlOf(config), most);
    if (!phrase) throw noSuch("phrase", id);
    printOne(phrase);
  });
}

type Meeting = Awaited<ReturnType<typeof answerMeetings>>[number];
type Commitment = Awaited<ReturnType<typeof answerCommitments>>[number];
type Phrase = Awaited<ReturnType<typeof answerPhrases>>[number];

const labels = (named: readonly { readonly label: string }[]) => named.map(({ label }) => label).join(", ");
const dayOf = (instant: string | null | undefined) => instant?.slice(0, 10) ?? "";

const meetingColumns: readonly Column<Meeting>[] = [
  { name: "id", value: ({ id }) => id, width: 8 },
  { name: "day", value: ({ day }) => day, width: 12 },
  { name: "kind", value: ({ kind }) => kind, width: 12 },
  { name: "accounts by", value: ({ readouts }) => labels(readouts.map(({ side }) => side)) },
  {
    name: "topics",
    value: ({ points }) => points.map(({ topic, verdict }) => `${topic.label}: ${verdict}`).join("; "),
  },
];

const commitmentColumns: readonly Column<Commitment>[] = [
  { name: "id", value: ({ id }) => id, width: 8 },
  { name: "made", value: ({ madeAt }) => dayOf(madeAt), width: 12 },
  { name: "state", value: ({ state }) => state, width: 8 },
  { name: "by", value: ({ by }) => labels(by), width: 20 },
  { name: "to", value: ({ to }) => labels(to), width: 20 },
  { name: "due", value: ({ due }) => due?.value ?? "", width: 12 },
  { name: "words", value: ({ evidence }) => evidence.words },
];

const phraseColumns: readonly Column<Phrase>[] = [
  { name: "id", value: ({ id }) => id, width: 30 },
  { name: "uses", value: ({ lives }) => lives.reduce((sum, { uses }) => sum + uses, 0), width: 6 },
  { name: "first", value: ({ lives }) => dayOf(momentsOf(lives, "firstUsedAt").at(0)), width: 12 },
  { name: "last", value: ({ lives }) => dayOf(momentsOf(lives, "lastUsedAt").at(-1)), width: 12 },
  {
    name: "used by",
    value: ({ lives }) =>
      lives.map(({ actor, textClass, uses }) => `${actor?.label ?? "nobody known"}, ${textClass}: ${uses}`).join("; "),
  },
];

function momentsOf(lives: Phrase["lives"], which: "firstUsedAt" | "lastUsedAt"): readonly string[] {
  return lives.flatMap((life) => life[which] ?? []).sort();
}

function noSuch(noun: string, id: string): Failure {
  return new Failure("bad-input", `${noun} ${id}: there is none; parley ${noun}s lists them.`);
}
