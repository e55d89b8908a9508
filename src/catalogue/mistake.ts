/** Way from an entry to one of its values: keys and list positions. */
export type KeyPath = readonly (string | number)[];

/** Something wrong in a catalogue file, before its line is looked up. */
export type Mistake = {
  /** Path of the file as the reader of the message can open it. */
  readonly file: string;
  /** Position of the entry in its file, counted from 0; null when the whole file is meant. */
  readonly entry: number | null;
  /** Id of the entry, where it has one. */
  readonly id: string | null;
  readonly path: KeyPath;
  /** Line where that is known at once (syntax errors); otherwise it is looked up. Counted from 1. */
  readonly line: number | null;
  /** What is wrong and what is expected. */
  readonly message: string;
};

/** Writes a mistake as `file:line: entry key: what is wrong`; entry and key are left out where a whole file is meant. */
export function mistakeLine(mistake: Mistake, line: number | null): string {
  const key = mistake.path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  const where = [mistake.id, key.replace(/^\./, "")].filter(Boolean).join(" ");
  return [`${mistake.file}:${line ?? 1}`, where, mistake.message].filter(Boolean).join(": ");
}
