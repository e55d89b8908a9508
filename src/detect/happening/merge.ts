import type { Development } from "../../domain/development.ts";
import type { Span } from "../../domain/span.ts";

/** Makes one development of those that a document tells twice: one key, or one type of which only one telling is dated. */
export function mergeSame(found: readonly Development[]): readonly Development[] {
  const merged: Development[] = [];
  for (const development of found) {
    const index = merged.findIndex((other) => isSame(other, development));
    const other = merged[index];
    if (other) merged[index] = join(other, development);
    else merged.push(development);
  }
  return merged;
}

function isSame(a: Development, b: Development): boolean {
  if (a.key === b.key) return true;
  if (a.type !== b.type) return false;
  // One speaker's proposals in one document are one list, whatever each is about.
  if (a.type === "proposal.tabled" && speakersOf(a.key) === speakersOf(b.key)) return a.status === b.status;
  if (withoutDate(a.key) !== withoutDate(b.key)) return false;
  if (a.summary === b.summary) return true;
  const assumed = ({ eventDate }: Development) => eventDate?.basis !== "text";
  return a.status === b.status && (assumed(a) || assumed(b));
}

function speakersOf(key: string): string {
  return key.split("|")[1] ?? "";
}

function withoutDate(key: string): string {
  return key.slice(0, key.lastIndexOf("|"));
}

/** The telling that is news, then the graver, then the first, gives the words; one whose words give a date, the date. */
function join(a: Development, b: Development): Development {
  const rank = ({ status, severity }: Development) => (status === "new" ? 10 : 0) + severity;
  const [first, second] = rank(b) > rank(a) ? [b, a] : [a, b];
  const dated = first.eventDate?.basis === "text" || second.eventDate?.basis !== "text" ? first : second;
  return {
    ...first,
    eventDate: dated.eventDate,
    key: dated.key,
    actorIds: [...new Set([...first.actorIds, ...second.actorIds])],
    topics: [...new Set([...first.topics, ...second.topics])],
    evidence: allPlaces(a.evidence, b.evidence),
  };
}

/** Each place once, in the order of the text. */
function allPlaces(earlier: readonly Span[], later: readonly Span[]): readonly Span[] {
  const last = earlier.at(-1)?.start ?? 0;
  const [next, ...more] = later;
  // A text that tells one thing a thousand times tells it in order.
  if (next && more.length === 0 && next.start > last) return [...earlier, next];
  const places = new Map([...earlier, ...later].map((span) => [`${span.start}-${span.end}`, span]));
  return [...places.values()].sort((a, b) => a.start - b.start);
}
