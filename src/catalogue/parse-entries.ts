import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parse,
  parseDocument,
  visit,
  YAMLParseError,
} from "yaml";
import type { KeyPath } from "./mistake.ts";

/** The entries of a file as plain data, or what keeps it from being read. */
export type ParsedEntries =
  | { readonly entries: readonly Record<string, unknown>[] }
  | { readonly error: string; readonly line: number | null; readonly entry: number | null };

/** A file may repeat a few things with anchors; an "alias bomb" multiplies them. */
const MAX_ALIASES = 100;

/**
 * Reads a catalogue file: a YAML 1.2 list of mappings. An empty file is an empty list.
 * Lines are not counted here, because that costs time at every start; `lineFinder` finds them when something is wrong.
 */
export function parseEntries(text: string): ParsedEntries {
  let value: unknown;
  try {
    value = jsonIn(text) ?? parse(text, { prettyErrors: false, maxAliasCount: MAX_ALIASES, logLevel: "error" });
  } catch (error) {
    const unset = error instanceof ReferenceError ? unsetAlias(text) : null;
    if (unset) return { ...unset, entry: null };
    return { error: explain(error), line: syntaxLine(text, error), entry: null };
  }
  if (value === null || value === undefined) return { entries: [] };
  if (!Array.isArray(value)) {
    return { error: "expected a list of entries, each beginning with '- id:'", line: null, entry: null };
  }
  const odd = value.findIndex((entry) => typeof entry !== "object" || entry === null || Array.isArray(entry));
  if (odd >= 0) return { error: "expected an entry of 'key: value' lines", line: null, entry: odd };
  return { entries: value };
}

/** JSON is YAML as well, and programs write it: read as what it is, it takes a fiftieth of the time. */
function jsonIn(text: string): unknown {
  if (!/^\s*\[/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function explain(error: unknown): string {
  if (error instanceof YAMLParseError)
    return `is no YAML: ${error.message} (indent with spaces, quote text that holds ': ' or '#')`;
  if (error instanceof ReferenceError) return "repeats anchors too often (an alias bomb); write the values out";
  if (error instanceof RangeError) return "is nested too deeply";
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

/** Finds the first `*name` that no `&name` stands before, which the parser throws as it throws too many of them. */
function unsetAlias(text: string): { readonly error: string; readonly line: number } | null {
  const lines = new LineCounter();
  const anchors = new Set<string>();
  let found: { error: string; line: number } | null = null;
  visit(parseDocument(text, { lineCounter: lines }), (_, node) => {
    if (isAlias(node) && !anchors.has(node.source)) {
      const error = `repeats *${node.source}, which no &${node.source} stands before (quote text that begins with '*')`;
      found = { error, line: lines.linePos(node.range?.[0] ?? 0).line };
      return visit.BREAK;
    }
    if (isNode(node) && "anchor" in node && node.anchor) anchors.add(node.anchor);
    return undefined;
  });
  return found;
}

function syntaxLine(text: string, error: unknown): number | null {
  if (!(error instanceof YAMLParseError)) return null;
  return text.slice(0, error.pos[0]).split("\n").length;
}

/**
 * Makes a finder of lines for one catalogue file. The finder gives the line of a value, counted from 1, or null where the
 * file cannot be read as a list. Where the value is missing, that is the line of what it is missing from.
 */
export function lineFinder(text: string): (entry: number, path: KeyPath) => number | null {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines });
  return (entry, path) => {
    let node: unknown = contents;
    let offset: number | null = null;
    for (const step of [entry, ...path]) {
      const found = childOf(node, step);
      if (!found) break;
      node = found.value;
      offset = found.offset ?? offset;
    }
    return offset === null ? null : lines.linePos(offset).line;
  };
}

/** The value under a key or list position, and where the key or item begins. */
function childOf(node: unknown, step: string | number): { value: unknown; offset: number | null } | null {
  if (isSeq(node) && typeof step === "number" && step < node.items.length) {
    const value = node.items[step];
    return { value, offset: isNode(value) ? (value.range?.[0] ?? null) : null };
  }
  if (!isMap(node)) return null;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  if (!pair) return null;
  return { value: pair.value, offset: isNode(pair.key) ? (pair.key.range?.[0] ?? null) : null };
}
