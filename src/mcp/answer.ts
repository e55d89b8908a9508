import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { isDatabaseDown, isQueryStopped } from "../db/client.ts";
import { coverageSince } from "../db/collection/coverage.ts";
import { type PageKey, readNumberedKey } from "../db/page-key.ts";
import { Failure } from "../domain/failure.ts";
import { QUESTION_STOPPED } from "../present/question-stopped.ts";
import type { Asking } from "./asking.ts";
import { bytesOf, MOST_ANSWER_BYTES } from "./fitting.ts";

/** An answer for programs and the same for readers. */
export type Answer = { readonly data: Record<string, unknown>; readonly text: string };

const DAY_MS = 86_400_000;

/** Answers a call of a tool; what went wrong is said to whoever asked, so that the question can be put right. */
export async function answering({ report }: Asking, work: () => Promise<Answer>): Promise<CallToolResult> {
  try {
    const { data, text } = await work();
    // Lists were cut to fit before; what is too long still is so in parts that nobody needs so long.
    if (bytesOf(data) + bytesOf(text) > MOST_ANSWER_BYTES) return tooLong();
    return { structuredContent: data, content: [{ type: "text", text }] };
  } catch (error) {
    return { isError: true, content: [{ type: "text", text: explained(error, report) }] };
  }
}

function tooLong(): CallToolResult {
  const text = `The answer is longer than ${MOST_ANSWER_BYTES} bytes; ask for less, or look at the pages of Parley.`;
  return { isError: true, content: [{ type: "text", text }] };
}

function explained(error: unknown, report: (error: unknown) => void): string {
  if (error instanceof Failure) return error.message;
  report(error);
  if (isQueryStopped(error)) return QUESTION_STOPPED;
  if (isDatabaseDown(error)) return "The archive's database cannot be reached; try again shortly.";
  return "Parley made a mistake; what went wrong is in its log.";
}

/**
 * Reads where a page begins.
 *
 * @throws {Failure} `bad-input` when the word is not one that an answer gave as `next`.
 */
export function readAfter(after: string | undefined): PageKey | null {
  if (after === undefined || after === "") return null;
  const key = readNumberedKey(after);
  if (key) return key;
  throw new Failure("bad-input", `after is "${after}"; expected what an answer to the same question gave as next.`);
}

/** Says what an empty answer is worth: silence is believed only together with how many sources were reached. */
export async function nothingFound({ db, now }: Asking): Promise<string> {
  const at = now();
  const { watched, reached } = await coverageSince(db, new Date(at.getTime() - DAY_MS), at);
  return `Nothing in the archive meets this. ${reached} of ${watched} watched sources answer as they should; what was never watched or imported is not in the archive.`;
}
