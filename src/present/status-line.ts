import { looksOffline, type Reach } from "../domain/network-loss.ts";

/** What happened since the last line, and how the sources do. */
export type Status = {
  readonly documents: number;
  readonly statements: number;
  readonly developments: number;
  readonly reach: Reach & { readonly failing: number };
};

/** Says that the network is gone, as one line in place of a line for each source. */
export function offlineLine({ watched, unreachable }: Reach): string {
  return `${unreachable} of ${watched} sources could not be reached at all: this machine seems to have no network.`;
}

/** Writes what a running monitor says of the last minute; null when nothing is new and nothing is wrong. */
export function statusLine({ documents, statements, developments, reach }: Status): string | null {
  const news = [count(documents, "document"), count(statements, "statement"), count(developments, "development")];
  const isNew = documents + statements + developments > 0;
  if (!isNew && reach.failing === 0) return null;
  const trouble = looksOffline(reach)
    ? offlineLine(reach)
    : reach.failing > 0
      ? `${reach.failing} of ${count(reach.watched, "source")} failing: see /sources.`
      : null;
  return [isNew ? `New: ${news.join(", ")}.` : null, trouble].filter((part) => part !== null).join(" ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
