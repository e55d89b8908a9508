import { readFile } from "node:fs/promises";
import type { Span } from "../../src/domain/span.ts";
import type { Statement } from "../../src/domain/statement.ts";
import { type Corpora, jsonLinesAt } from "./corpus.ts";
import { type Figure, figure } from "./figure.ts";
import type { BenchReader } from "./reader.ts";
import { f1, lengthOf, overlap, percent, ratio, sharedLength, unitsOf } from "./shares.ts";

type Row = {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly gaps?: readonly (readonly [number, number])[];
  readonly cue_class: string;
  readonly certainty: string;
  readonly quote_group?: string | null;
  readonly actor_ids: readonly string[];
  readonly topics: readonly string[];
};
type Marked = { readonly file: string; readonly start: number; readonly end: number; readonly label?: string };
type Gold = Row & { readonly content: readonly Span[] };
type Pair = { readonly gold: Gold; readonly statement: Statement };

/** The scoring sets of the annotation guidelines. */
const SETS: readonly (readonly [string, (row: Row) => boolean])[] = [
  ["core", ({ cue_class, certainty }) => ["speech", "directive"].includes(cue_class) && certainty === "high"],
  [
    "strict",
    ({ cue_class, certainty }) =>
      ["speech", "directive", "proposal", "commissive", "document"].includes(cue_class) && certainty !== "low",
  ],
  ["full", () => true],
];
const REACH: Readonly<Record<string, number>> = { core: 92, strict: 80, full: 70 };

/** Scores statements, actors and topics in hand-labelled documents on the talks. */
export async function talksFigures(corpora: Corpora, reader: BenchReader): Promise<readonly Figure[]> {
  const at = (name: string) => corpora.file(`seeds-gold/${name}.jsonl`);
  const [rowsFile, negativesFile, claimsFile] = [at("statements"), at("negatives"), at("author_claims")];
  if (!rowsFile || !negativesFile || !claimsFile) return [];
  const rows = await jsonLinesAt<Row>(rowsFile);
  const negatives = await jsonLinesAt<Marked>(negativesFile);
  const claims = await jsonLinesAt<Marked>(claimsFile);
  const pairs: Pair[] = [];
  const all: Gold[] = [];
  const wrong: Statement[] = [];
  for (const file of new Set(rows.map((row) => row.file))) {
    const path = corpora.file(`seeds-gold/${file}`);
    if (!path) continue;
    const text = await readFile(path, "utf8");
    const units = unitsOf(text);
    const spansOf = ({ start, end, gaps = [] }: Marked & { gaps?: Row["gaps"] }) =>
      trimmed(text, outside(units, start, end, gaps ?? []));
    const gold = rows.filter((row) => row.file === file).map((row) => ({ ...row, content: spansOf(row) }));
    const { statements } = reader.read(Buffer.from(text), `file://${path}`);
    const found = statements.map((statement) => ({ statement, content: trimmed(text, statement.content) }));
    const matched = pairUp(gold, found);
    all.push(...gold);
    pairs.push(...matched);
    const paired = new Set(matched.map(({ statement }) => statement));
    const undecided = negatives.filter((mark) => mark.file === file && mark.label === "ignore").map(spansOf);
    const claimed = claims.filter((mark) => mark.file === file).map(spansOf);
    for (const { statement, content } of found) {
      const near = [...gold.map((row) => row.content), ...undecided].some((spans) => overlap(content, spans) >= 0.5);
      const isClaim = claimed.some(
        (spans) =>
          overlap(spans, content) >= 0.5 ||
          (sharedLength(spans, content) >= 0.8 * lengthOf(spans) && lengthOf(content) <= 3 * lengthOf(spans)),
      );
      if (!paired.has(statement) && !near && !isClaim) wrong.push(statement);
    }
  }
  return [...setFigures(all, pairs, wrong.length), ...topicFigures(pairs)];
}

function outside(
  units: readonly number[],
  start: number,
  end: number,
  gaps: readonly (readonly [number, number])[],
): Span[] {
  const spans: Span[] = [];
  let from = start;
  for (const [open, close] of [...gaps].sort((a, b) => a[0] - b[0])) {
    spans.push({ start: units[from] ?? 0, end: units[open] ?? 0 });
    from = close;
  }
  return [...spans, { start: units[from] ?? 0, end: units[end] ?? 0 }];
}

function trimmed(text: string, spans: readonly Span[]): Span[] {
  const isEdge = (at: number) => /[\s“”"'‘’.,;:]/.test(text[at] ?? "");
  return spans.flatMap(({ start, end }) => {
    let [from, to] = [start, end];
    while (from < to && isEdge(from)) from++;
    while (to > from && isEdge(to - 1)) to--;
    return from < to ? [{ start: from, end: to }] : [];
  });
}

/** Pairs rows and statements one to one, best first; the pieces of one quotation may be met by one statement that holds them all. */
function pairUp(
  gold: readonly Gold[],
  found: readonly { readonly statement: Statement; readonly content: readonly Span[] }[],
): Pair[] {
  const groups = new Map<string, Gold[]>();
  for (const row of gold)
    if (row.quote_group) groups.set(row.quote_group, [...(groups.get(row.quote_group) ?? []), row]);
  const units = [...gold.map((row) => [row]), ...[...groups.values()].filter((rows) => rows.length > 1)];
  const candidates = units
    .flatMap((unit) =>
      found.map(({ statement, content }) => ({
        unit,
        statement,
        score: overlap(
          unit.flatMap((row) => row.content),
          content,
        ),
      })),
    )
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score || b.unit.length - a.unit.length);
  const used = new Set<Gold | Statement>();
  return candidates.flatMap(({ unit, statement }) => {
    if (used.has(statement) || unit.some((row) => used.has(row))) return [];
    used.add(statement);
    for (const row of unit) used.add(row);
    return unit.map((row) => ({ gold: row, statement }));
  });
}

function setFigures(all: readonly Gold[], pairs: readonly Pair[], wrong: number): Figure[] {
  return SETS.flatMap(([name, belongs]) => {
    const inSet = pairs.filter(({ gold }) => belongs(gold));
    const rows = all.filter(belongs).length;
    const statements = new Set(inSet.map(({ statement }) => statement)).size;
    const [p, r] = [ratio(statements, statements + wrong), ratio(inSet.length, rows)];
    const actor = inSet.filter(({ gold, statement }) =>
      statement.actors.some(({ actorId }) => gold.actor_ids.includes(actorId)),
    ).length;
    return [
      figure(`talks, ${name}: recall; precision, F1`, `${percent(r)}; ${percent(p)}, ${percent(f1(p, r))}`, rows, {
        reference: `prototype ${{ core: "82; 89", strict: "62", full: "50" }[name]}`,
        ...(REACH[name] !== undefined && { reach: REACH[name] }),
      }),
      figure(
        `talks, ${name}: an actor right, of matched`,
        percent(ratio(actor, inSet.length)),
        inSet.length,
        name === "core" ? { reach: 95 } : {},
      ),
    ];
  });
}

function topicFigures(pairs: readonly Pair[]): Figure[] {
  let [gold, found, hits] = [0, 0, 0];
  for (const { gold: row, statement } of pairs) {
    const topics = new Set(statement.topics.map(({ id }) => id));
    gold += row.topics.length;
    found += topics.size;
    hits += row.topics.filter((topic) => topics.has(topic)).length;
  }
  const p = ratio(hits, found);
  return [
    figure("talks, topics of matched statements: P / R", `${percent(p)} / ${percent(ratio(hits, gold))}`, gold, {
      reference: "prototype 83 / 56",
      reach: 85,
    }),
  ];
}
