import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Span } from "../../src/domain/span.ts";
import type { Statement } from "../../src/domain/statement.ts";
import type { Corpora } from "./corpus.ts";
import { type Figure, figure } from "./figure.ts";
import type { BenchReader } from "./reader.ts";
import { f1, lengthOf, meet, overlap, percent, ratio, sharedLength, unitsOf } from "./shares.ts";

/** An attribution, of the annotators or ours. */
type Attribution = {
  readonly source: readonly Span[];
  readonly cue: readonly Span[];
  readonly content: readonly Span[];
};

/** Verbs of communication, by which attributions of speech are told from those of belief. */
const SPEECH = new Set(
  "say says said saying tell tells told telling write writes wrote written writing add adds added adding state states stated stating note notes noted noting ask asks asked asking announce announces announced announcing tweet tweets tweeted warn warns warned warning argue argues argued arguing explain explains explained explaining declare declared declaring claim claims claimed claiming insist insists insisted respond responded replied reply stress stressed stressing emphasize emphasized acknowledge acknowledged admit admitted confirm confirmed deny denied urge urged urging according suggest suggested suggesting report reported reports describe described call called calling continued concluded recalled remarked commented reiterated pledged vowed promised accused criticized complained testified".split(
    " ",
  ),
);

/** What the prototype reaches with the speaker. */
const PROTOTYPE: Readonly<Record<string, string>> = {
  direct: "83.0",
  mixed: "62.1",
  indirect: "45.1",
  all: "54.8",
  speech: "74.8",
};
const REACH: Readonly<Record<string, number>> = { direct: 90, mixed: 70, speech: 83 };

/** Scores statements in English news against PolNeAR's attributions (development part). */
export async function newsFigures(corpora: Corpora, reader: BenchReader): Promise<readonly Figure[]> {
  const folder = await corpora.open("polnear");
  if (!folder) return [];
  const root = [join(folder, "dev"), join(folder, "polnear", "dev")].find(existsSync);
  if (!root) return [];
  const texts = new Map<string, string>();
  for (const name of (await readdir(join(root, "attributions"))).sort()) {
    const text = join(root, "text", `${name.replace(/_[0-9a-f]{4}\.ann$/, "")}.txt`);
    if (existsSync(text) && !texts.has(text)) texts.set(text, join(root, "attributions", name));
  }
  const counts = newCounts();
  for (const [file, annotation] of texts) {
    const text = await readFile(file, "utf8");
    const gold = attributionsIn(await readFile(annotation, "utf8"), text);
    const { statements } = reader.read(Buffer.from(text), `file://${file}`);
    const strong = statements.filter(({ confidence }) => confidence >= 0.8).map(ours);
    count(
      counts,
      text,
      gold,
      statements.map(ours).filter(({ content }) => content.length > 0),
      strong,
    );
  }
  return summary(counts);
}

function ours({ content, cue, speaker }: Statement): Attribution {
  const source = speaker?.start != null && speaker.end !== null ? [{ start: speaker.start, end: speaker.end }] : [];
  return { source, cue: cue ? [cue] : [], content };
}

/** Reads brat's stand-off annotation; its offsets count code points. */
function attributionsIn(annotation: string, text: string): readonly Attribution[] {
  const at = unitsOf(text);
  const marks = new Map<string, readonly Span[]>();
  const found: Attribution[] = [];
  for (const line of annotation.split("\n")) {
    const mark = /^(T\d+)\t\S+ ([\d ;]+)\t/.exec(line);
    if (mark?.[1] && mark[2])
      marks.set(
        mark[1],
        mark[2].split(";").map((pair) => {
          const [start = 0, end = 0] = pair.split(" ").map((number) => at[Number(number)] ?? 0);
          return { start, end };
        }),
      );
    const event = /^E\d+\t(.*)$/.exec(line)?.[1];
    if (!event) continue;
    const roles = event
      .trim()
      .split(" ")
      .map((role) => role.split(":"));
    const of = (name: string) =>
      roles
        .filter(([role = ""]) => role.replace(/\d+$/, "").toLowerCase() === name)
        .flatMap(([, id = ""]) => marks.get(id) ?? []);
    found.push({ source: of("source"), cue: of("cue"), content: of("content") });
  }
  return found.filter(({ content }) => content.length > 0);
}

/** Finds quotations with their marks, paired inside a paragraph; one that is never closed runs to the paragraph's end. */
function quotationsIn(text: string): readonly Span[] {
  const found: Span[] = [];
  let base = 0;
  for (const paragraph of text.split("\n")) {
    const opens = (at: number) => at === 0 || /[\s([—–-]/.test(paragraph[at - 1] ?? "");
    let open = -1;
    for (let at = 0; at < paragraph.length; at++) {
      const double = paragraph[at] === "'" && paragraph[at + 1] === "'";
      const mark = double ? "''" : (paragraph[at] ?? "");
      if (mark === "“" || ((mark === '"' || mark === "''") && open < 0 && opens(at))) {
        if (open < 0) open = at;
        if (double) at++;
      } else if ((mark === "”" || mark === '"' || mark === "''") && open >= 0) {
        found.push({ start: base + open, end: base + at + mark.length });
        open = -1;
        if (double) at++;
      }
    }
    if (open >= 0 && paragraph.length - open > 20) found.push({ start: base + open, end: base + paragraph.length });
    base += paragraph.length + 1;
  }
  return found;
}

const wordsAt = (text: string, spans: readonly Span[]) =>
  spans.map(({ start, end }) => text.slice(start, end)).join(" ");

/** Judged from the quotation marks, alike for the annotators' attributions and for ours. */
function kindOf(text: string, quotations: readonly Span[], content: readonly Span[]): string {
  if (!/[“”"]/.test(wordsAt(text, content))) return "indirect";
  const first = Math.min(...content.map(({ start }) => start));
  const last = Math.max(...content.map(({ end }) => end));
  const quoted = quotations
    .filter((quotation) => meet([quotation], content))
    .reduce((sum, { start, end }) => sum + Math.min(end, last) - Math.max(start, first), 0);
  return ratio(
    quoted,
    content.reduce((sum, { start, end }) => sum + end - start, 0),
  ) > 0.85
    ? "direct"
    : "mixed";
}

type Relation = { found: number; gold: number; hitsP: number; hitsR: number; speakerP: number; speakerR: number };
type Exact = { found: number; gold: number; hits: number };
const newCounts = () => ({
  relations: new Map<string, Relation>(),
  exact: new Map<string, Exact>(),
  quoted: { gold: 0, found: 0, both: 0, speakers: 0, right: 0 },
});

type Score = (one: readonly Span[], other: readonly Span[]) => number;

function best(content: readonly Span[], others: readonly Attribution[], score: Score) {
  let top: { score: number; other: Attribution | null } = { score: 0, other: null };
  for (const other of others) {
    const value = score(content, other.content);
    if (value > top.score) top = { score: value, other };
  }
  return top;
}

const speakerFits = (gold: Attribution | null, found: Attribution | null) =>
  gold !== null && found !== null && (gold.source.length === 0 || meet(gold.source, found.source));

function count(
  counts: ReturnType<typeof newCounts>,
  text: string,
  gold: readonly Attribution[],
  found: readonly Attribution[],
  strong: readonly Attribution[],
): void {
  const quotations = quotationsIn(text);
  const relate = (
    name: string,
    want: readonly Attribution[],
    got: readonly Attribution[],
    threshold: number,
    ofFound: Score,
    ofGold: Score,
  ) => {
    const relation = counts.relations.get(name) ?? { found: 0, gold: 0, hitsP: 0, hitsR: 0, speakerP: 0, speakerR: 0 };
    counts.relations.set(name, relation);
    relation.found += got.length;
    relation.gold += want.length;
    for (const one of got) {
      const match = best(one.content, gold, ofFound);
      if (match.score < threshold) continue;
      relation.hitsP++;
      if (speakerFits(match.other, one)) relation.speakerP++;
    }
    for (const one of want) {
      const match = best(one.content, found, ofGold);
      if (match.score < threshold) continue;
      relation.hitsR++;
      if (speakerFits(one, match.other)) relation.speakerR++;
    }
  };
  for (const kind of ["direct", "mixed", "indirect", "all"]) {
    const of = (list: readonly Attribution[]) =>
      list.filter(({ content }) => kind === "all" || kindOf(text, quotations, content) === kind);
    relate(kind, of(gold), of(found), 0.5, overlap, overlap);
  }
  const isSpeech = ({ cue }: Attribution) =>
    wordsAt(text, cue)
      .toLowerCase()
      .split(/[^a-z]+/)
      .some((word) => SPEECH.has(word));
  const [want, got] = [gold.filter(isSpeech), found.filter(isSpeech)];
  relate("speech", want, got, 0.5, overlap, overlap);
  const shareOfGold: Score = (a, b) => ratio(sharedLength(a, b), lengthOf(a));
  const shareOfOther: Score = (a, b) => ratio(sharedLength(a, b), lengthOf(b));
  relate("speech @0.3", want, got, 0.3, shareOfOther, shareOfGold);
  relate("speech @0.8", want, got, 0.8, shareOfOther, shareOfGold);
  relate("alert", [], strong, 0.5, overlap, overlap);
  for (const part of ["source", "cue", "content"] as const) {
    const exact = counts.exact.get(part) ?? { found: 0, gold: 0, hits: 0 };
    counts.exact.set(part, exact);
    const keys = (list: readonly Attribution[]) =>
      new Set(list.filter((one) => one[part].length > 0).map((one) => trimmed(text, one[part])));
    const [wanted, given] = [keys(gold), keys(found)];
    exact.gold += wanted.size;
    exact.found += given.size;
    for (const key of given) if (wanted.has(key)) exact.hits++;
  }
  countQuoted(counts.quoted, text, quotations, gold, found);
}

/** First and last character without marks and stops around. */
function trimmed(text: string, spans: readonly Span[]): string {
  let start = Math.min(...spans.map((span) => span.start));
  let end = Math.max(...spans.map((span) => span.end));
  while (start < end && /[\s“"”.,:]/.test(text[start] ?? "")) start++;
  while (end > start && /[\s“"”.,:]/.test(text[end - 1] ?? "")) end--;
  return `${start}-${end}`;
}

function countQuoted(
  quoted: ReturnType<typeof newCounts>["quoted"],
  text: string,
  quotations: readonly Span[],
  gold: readonly Attribution[],
  found: readonly Attribution[],
): void {
  const lastWord = (spans: readonly Span[]) =>
    wordsAt(text, spans)
      .toLowerCase()
      .match(/[a-z’'-]+/g)
      ?.at(-1) ?? "";
  for (const { start, end } of quotations) {
    if (text.slice(start, end).split(/\s+/).length < 5) continue;
    const inside = [{ start: start + 1, end: end - 1 }];
    const want = gold.find(({ content }) => meet(content, inside));
    const got = found.find(({ content }) => meet(content, inside));
    if (want) quoted.gold++;
    if (got) quoted.found++;
    if (!want || !got) continue;
    quoted.both++;
    if (want.source.length === 0) continue;
    quoted.speakers++;
    if (meet(want.source, got.source) || lastWord(want.source) === lastWord(got.source)) quoted.right++;
  }
}

function summary({ relations, exact, quoted }: ReturnType<typeof newCounts>): readonly Figure[] {
  const figures: Figure[] = [];
  for (const [name, { found, gold, hitsP, hitsR, speakerP, speakerR }] of relations) {
    if (name === "alert") {
      figures.push(
        figure("PolNeAR at confidence “alert”: precision with speaker", percent(ratio(speakerP, found)), found, {
          reference: "prototype 79",
          reach: 90,
        }),
      );
      continue;
    }
    const write = (p: number, r: number) => `${percent(f1(p, r))} (${percent(p)} ${percent(r)})`;
    const without = write(ratio(hitsP, found), ratio(hitsR, gold));
    const value = write(ratio(speakerP, found), ratio(speakerR, gold));
    const reach = REACH[name];
    figures.push(
      figure(`PolNeAR ${name} with speaker: F1 (P R); without`, `${value}; ${without}`, gold, {
        ...(PROTOTYPE[name] && { reference: `prototype ${PROTOTYPE[name]}` }),
        ...(reach !== undefined && { reach }),
      }),
    );
  }
  figures.push(
    figure("PolNeAR quoted ≥ 5 words: recall", percent(ratio(quoted.both, quoted.gold)), quoted.gold, {
      reference: "prototype 93 (test part)",
      reach: 97,
    }),
    figure("PolNeAR quoted ≥ 5 words: precision", percent(ratio(quoted.both, quoted.found)), quoted.found, {
      reference: "prototype 98",
      reach: 98,
    }),
    figure("PolNeAR quoted ≥ 5 words: speaker right", percent(ratio(quoted.right, quoted.speakers)), quoted.speakers, {
      reference: "prototype 93",
      reach: 95,
    }),
  );
  const published: Readonly<Record<string, readonly [string, number]>> = {
    source: ["CRF 51, CoreNLP 14", 65],
    cue: ["CRF 53", 66],
    content: ["CRF 29, CoreNLP 18", 50],
  };
  for (const [part, { found, gold, hits }] of exact) {
    const [reference = "", reach = 0] = published[part] ?? [];
    figures.push(
      figure(`PolNeAR exact ${part}: F1`, percent(f1(ratio(hits, found), ratio(hits, gold))), gold, {
        reference,
        reach,
      }),
    );
  }
  return figures;
}
