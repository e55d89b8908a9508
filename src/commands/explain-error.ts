import { CommanderError } from "commander";
import { isDatabaseDown } from "../db/client.ts";
import { shownError } from "../db/without-values.ts";
import { Failure } from "../domain/failure.ts";

/** What is said when a command ends with an error, and the exit status; nothing is said where it was said already. */
export type Explanation = { readonly says: string | null; readonly exitCode: number };

/** `EX_SOFTWARE` of sysexits.h: the program itself is wrong. */
const DEFECT = 70;

/**
 * Explains in one line why a command ended: a failure by its message, a refusal of the operating system by what it refused,
 * everything else as a defect of ours, whose stack is shown only where details are asked for.
 */
export function explainError(error: unknown, { details }: { readonly details: boolean }): Explanation {
  // Commander has printed its own message.
  if (error instanceof CommanderError) return { says: null, exitCode: error.exitCode === 0 ? 0 : 2 };
  const shown = shownError(error);
  const stack = details && typeof shown === "object" ? `\n${shown.stack}` : "";
  if (error instanceof Failure) {
    return { says: error.message, exitCode: error.code === "bad-setting" || error.code === "bad-input" ? 2 : 1 };
  }
  const said = oneLine(error);
  if (isDatabaseDown(error))
    return { says: `The database went away (${said}). Start it and try again.${stack}`, exitCode: 1 };
  if (isRefusal(error)) return { says: `The operating system refused: ${said}.${stack}`, exitCode: 1 };
  const more = details ? stack : "; run with PARLEY_LOG_LEVEL=debug for the details";
  return { says: `Parley has a defect: ${said}${more}`, exitCode: DEFECT };
}

/** Tells whether the file system or the network stack said no: no right, no room, no such place. */
function isRefusal(error: unknown): boolean {
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  return typeof syscall === "string" && typeof code === "string" && /^E[A-Z]+$/.test(code);
}

function oneLine(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const shown = shownError(cause);
  const text = typeof shown === "string" ? shown : shown.message || shown.type;
  return text.replace(/\s+/g, " ").trim().slice(0, 300);
}
