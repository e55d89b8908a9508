import { parseArgs } from "node:util";

/**
 * One option of a benchmark: a flag where it only `says` what it does, else with what its value is called (`takes`), the parts
 * that may be named with commas between them (`parts`), or a number (`number`: what holds without it, null where nothing does).
 */
export type Option =
  | { readonly says: string }
  | { readonly says: string; readonly takes: string }
  | { readonly says: string; readonly parts: readonly string[] }
  | { readonly says: string; readonly number: number | null };

/** What a table of options comes to; a number that has a default is never null. */
export type Given<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends { parts: readonly string[] }
    ? ReadonlySet<string>
    : Table[Name] extends { number: number }
      ? number
      : Table[Name] extends { number: null }
        ? number | null
        : Table[Name] extends { takes: string }
          ? string | null
          : boolean;
};

/**
 * Reads what stands behind `npm run NAME --`. `--help` prints every option and ends the process; a mistake prints one line and
 * ends it with status 2.
 *
 * @param about - What is measured and how long that takes, in whole sentences.
 */
export function benchOptions<const Table extends Readonly<Record<string, Option>>>(
  name: string,
  about: string,
  table: Table,
): Given<Table> {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(helpOf(name, about, table));
    process.exit(0);
  }
  try {
    return readOptions(args, table);
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : error} npm run ${name} -- --help lists the options.\n`,
    );
    process.exit(2);
  }
}

/** Prints what a benchmark is for and every option it has. */
export function helpOf(name: string, about: string, table: Readonly<Record<string, Option>>): string {
  const rows = [...Object.entries(table), ["help", { says: "print this" }] as const];
  const lefts = rows.map(([option, kind]) => `--${option}${takenBy(kind)}`);
  const width = Math.max(...lefts.map((left) => left.length));
  const lines = rows.map(([, kind], at) => `  ${lefts[at]?.padEnd(width)}  ${kind.says}${defaultOf(kind)}`);
  return `npm run ${name} -- [options]\n\n${about}\n\n${lines.join("\n")}\n`;
}

/**
 * Reads arguments by a table of options.
 *
 * @throws Error that says in one line which argument is wrong and what was expected.
 */
export function readOptions<const Table extends Readonly<Record<string, Option>>>(
  args: readonly string[],
  table: Table,
): Given<Table> {
  const { tokens } = parseArgs({ args: [...args], strict: false, tokens: true, options: kindsOf(table) });
  const given = new Map<string, string | undefined>();
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") throw new Error(`${token.value} is no option.`);
    if (table[token.name] === undefined) throw new Error(`There is no option ${token.rawName}.`);
    given.set(token.name, token.value);
  }
  const values = Object.entries(table).map(([name, option]) => [name, valueIn(name, option, given)]);
  return Object.fromEntries(values) as Given<Table>;
}

function kindsOf(table: Readonly<Record<string, Option>>) {
  const kind = (option: Option) => ({ type: takenBy(option) === "" ? ("boolean" as const) : ("string" as const) });
  return Object.fromEntries(Object.entries(table).map(([name, option]) => [name, kind(option)]));
}

function valueIn(name: string, option: Option, given: ReadonlyMap<string, string | undefined>) {
  const value = given.get(name);
  if (takenBy(option) === "") {
    if (value !== undefined) throw new Error(`--${name} takes no value.`);
    return given.has(name);
  }
  if (given.has(name) && (value === undefined || value.startsWith("--")))
    throw new Error(`--${name} needs a value:${takenBy(option)}.`);
  if ("parts" in option) return partsIn(name, option.parts, value);
  if ("number" in option) return value === undefined ? option.number : numberIn(name, value);
  return value ?? null;
}

function partsIn(name: string, parts: readonly string[], value: string | undefined): ReadonlySet<string> {
  const named = value?.split(",").map((part) => part.trim()) ?? parts;
  const unknown = named.find((part) => !parts.includes(part));
  if (unknown !== undefined)
    throw new Error(`--${name}: there is no ${unknown || "part without a name"}, but ${parts.join(", ")}.`);
  return new Set(named);
}

function numberIn(name: string, value: string): number {
  if (!/^\d+(\.\d+)?$/.test(value)) throw new Error(`--${name} takes a number, not ${value}.`);
  return Number(value);
}

/** Names what an option takes, with a space before it; empty for a flag. */
function takenBy(option: Option): string {
  if ("parts" in option) return " PARTS";
  if ("number" in option) return " N";
  return "takes" in option ? ` ${option.takes}` : "";
}

function defaultOf(option: Option): string {
  if ("parts" in option) return `: ${option.parts.join(",")} (all)`;
  return "number" in option && option.number !== null ? ` (${option.number.toLocaleString("en")})` : "";
}
