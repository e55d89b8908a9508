import { userInfo } from "node:os";
import type { Database } from "../db/client.ts";
import {
  type ActOutcome,
  actsOn,
  confirmByHand,
  dismissByHand,
  type Hand,
  mergeByHand,
  splitByHand,
  weighByHand,
} from "../db/developments/analyst-acts.ts";
import { developmentsByIds } from "../db/developments/development-list.ts";
import { conflictsAmong, threadOfDevelopment, threadsByIds } from "../db/developments/thread-list.ts";
import { Failure } from "../domain/failure.ts";
import { type Sureness, surenessOf } from "../domain/sureness.ts";
import { withArchive } from "./context.ts";
import { numberFrom } from "./number-from.ts";
import { say } from "./output.ts";

type HandOptions = { readonly by?: string; readonly reason?: string };

/** Confirms a development; what was held back or dismissed becomes news, and the rules are applied to it. */
export async function confirmCommand(id: string, options: HandOptions): Promise<void> {
  const developmentId = numberFrom(id, "development");
  const { isNews } = await act(options, (db, hand) => confirmByHand(db, developmentId, hand));
  say(
    `Development ${developmentId} is confirmed${isNews ? ", and is news now: a running parley start applies the rules" : ""}.`,
  );
}

/** Dismisses a development for good: what is found in the same words again is dismissed too. */
export async function dismissCommand(id: string, options: HandOptions): Promise<void> {
  const developmentId = numberFrom(id, "development");
  await act(options, (db, hand) => dismissByHand(db, developmentId, hand));
  say(`Development ${developmentId} is dismissed, also where its words are found again.`);
}

/** Weighs a development anew. */
export async function severityCommand(id: string, severity: string, options: HandOptions): Promise<void> {
  if (!/^[1-5]$/.test(severity)) throw new Failure("bad-input", `severity ${severity}: expected 1 to 5.`);
  const developmentId = numberFrom(id, "development");
  await act(options, (db, hand) => weighByHand(db, developmentId, Number(severity), hand));
  say(`Development ${developmentId} has severity ${severity}, whatever is detected later.`);
}

/** Lays one thread into another. */
export async function mergeCommand(from: string, into: string, options: HandOptions): Promise<void> {
  const [fromId, intoId] = [numberFrom(from, "thread"), numberFrom(into, "thread")];
  await act(options, (db, hand) => mergeByHand(db, fromId, intoId, hand));
  say(`Thread ${fromId} is part of thread ${intoId}.`);
}

/** Takes a development out of its thread into one of its own. */
export async function splitCommand(id: string, options: HandOptions): Promise<void> {
  const developmentId = numberFrom(id, "development");
  await act(options, (db, hand) => splitByHand(db, developmentId, hand));
  say(`Development ${developmentId} has a thread of its own.`);
}

const SURE: Readonly<Record<Sureness, string>> = {
  "one-account": "provisional",
  accounts: "confirmed",
  official: "confirmed by an official publication",
  analyst: "confirmed by an analyst",
};

/** Prints a development with its evidence, its thread, what contradicts it, and what analysts did to it. */
export async function showCommand(id: string): Promise<void> {
  const developmentId = numberFrom(id, "development");
  await withArchive(async ({ db }) => {
    const [row] = await developmentsByIds(db, [developmentId]);
    if (!row)
      throw new Failure("bad-input", `development ${developmentId}: there is none; parley developments lists them.`);
    const { type, status, severity, certainty, families, isOneSided, hold, dismissedAt, eventDate, summary, hedge } =
      row;
    const acts = await actsOn(db, developmentId);
    const accounts = families === 1 ? "1 independent account" : `${families} independent accounts`;
    const sure = [SURE[surenessOf({ certainty, families }, acts)], isOneSided ? "one side only" : null, accounts]
      .filter(Boolean)
      .join(", ");
    console.log(`${developmentId}  ${type}  ${dismissedAt ? "dismissed" : status}  severity ${severity}  ${sure}`);
    console.log(summary);
    console.log(
      `event ${eventDate?.value ?? "undated"}${hedge ? `, “${hedge}”` : ""}${hold ? `; held back: ${hold}` : ""}`,
    );
    console.log(`with ${row.actors.map(({ label }) => label).join(", ") || "nobody named"}`);
    for (const { words, documentTitle, url, documentId } of row.evidence)
      console.log(
        `  “${words.replace(/\s+/g, " ")}” — ${documentTitle ?? `document ${documentId}`} ${url ?? ""}`.trimEnd(),
      );
    await printThread(db, developmentId);
    for (const one of await conflictsAmong(db, [developmentId]))
      console.log(`conflict on ${one.about}: “${one.words}” against “${one.otherWords}”`);
    for (const { act: name, by, reason, actedAt } of acts)
      console.log(`${actedAt.toISOString().slice(0, 16)} ${name} by ${by}${reason ? `: ${reason}` : ""}`);
  });
}

async function printThread(db: Database, developmentId: number): Promise<void> {
  const threadId = await threadOfDevelopment(db, developmentId);
  const [thread] = threadId === null ? [] : await threadsByIds(db, [threadId]);
  if (!thread) return;
  console.log(`thread ${thread.id} (${thread.course}${thread.state ? `, ${thread.state}` : ""})`);
  const steps = await developmentsByIds(
    db,
    thread.steps.map((step) => step.developmentId),
  );
  for (const { id, type, eventDate, summary } of steps)
    console.log(
      `  ${id === developmentId ? ">" : " "} ${id}  ${type}  ${eventDate?.value ?? ""}  ${summary.slice(0, 90)}`,
    );
}

function act(options: HandOptions, work: (db: Database, hand: Hand) => Promise<ActOutcome>): Promise<ActOutcome> {
  const by = (options.by ?? userInfo().username).trim();
  if (by === "") throw new Failure("bad-input", "--by is empty: expected the name of whoever decides this.");
  const reason = options.reason?.trim() || null;
  let outcome: ActOutcome | null = null;
  return withArchive(async ({ db, now }) => {
    outcome = await work(db, { by, reason, at: now() });
  }).then(() => {
    if (!outcome) throw new Error("an act came to nothing");
    return outcome;
  });
}
