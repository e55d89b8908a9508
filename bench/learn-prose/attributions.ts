import type { Span } from "../../src/domain/span.ts";

/** One annotated attribution: where its source, cue and content stand. */
export type Attribution = { readonly source: Span[]; readonly cue: Span[]; readonly content: Span[] };

/** Reads brat stand-off annotations, whose offsets count code points. */
export function parseAttributions(annotations: string, text: string): Attribution[] {
  const places = [0];
  for (const character of text) places.push((places.at(-1) ?? 0) + character.length);
  const marks = new Map<string, Span[]>();
  const found: Attribution[] = [];
  for (const line of annotations.split("\n")) {
    const [, id, pairs] = /^(T\d+)\t\S+ ([\d ;]+)\t/.exec(line) ?? [];
    if (id && pairs)
      marks.set(
        id,
        pairs.split(";").map((pair) => toSpan(pair, places)),
      );
    const roles = /^E\d+\t(.*)$/.exec(line)?.[1];
    if (!roles) continue;
    const attribution: Attribution = { source: [], cue: [], content: [] };
    for (const role of roles.trim().split(" ")) {
      const [name = "", mark = ""] = role.split(":");
      const list = attribution[name.replace(/\d+$/, "").toLowerCase() as keyof Attribution];
      list?.push(...(marks.get(mark) ?? []));
    }
    if (attribution.content.length && attribution.cue.length) found.push(attribution);
  }
  return found;
}

function toSpan(pair: string, places: readonly number[]): Span {
  const [start = 0, end = 0] = pair.split(" ").map((number) => places[Number(number)] ?? 0);
  return { start, end };
}
