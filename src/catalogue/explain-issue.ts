import type { z } from "zod";
import type { KeyPath } from "./mistake.ts";

/** Turns what zod found wrong with a value into words for the person who wrote it: one per mistake. */
export function explainIssue(issue: z.core.$ZodIssue, entry: unknown): { path: KeyPath; message: string }[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: "is no key of such an entry; expected one that is (see docs/sources.md)",
    }));
  }
  const value = valueAt(entry, path);
  if (value === undefined) return [{ path, message: `is missing; ${expected(issue)}` }];
  return [{ path, message: `${shown(value)}: ${expected(issue)}` }];
}

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `expected ${alternatives(issue.values)}`;
    case "invalid_union":
      return "options" in issue && Array.isArray(issue.options)
        ? `expected ${alternatives(issue.options)}`
        : "expected another kind of value";
    case "too_small":
      return issue.origin === "array" ? `expected at least ${issue.minimum} in the list` : "expected some text";
    case "too_big":
      return `expected at most ${issue.maximum} ${issue.origin === "array" ? "in the list" : "characters"}`;
    default:
      return issue.message;
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  number: "a number",
  array: "a list",
  object: "a group of 'key: value' lines",
};

function alternatives(values: readonly unknown[]): string {
  const words = values.map(String);
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function valueAt(entry: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[step] : undefined,
    entry,
  );
}
