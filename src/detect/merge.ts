import type { Development } from "../domain/development.ts";
import { canRetell } from "./families.ts";

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
  if (a.type !== b.type && !(canRetell(a.type, b.type) && a.type.startsWith("talks."))) return false;
  const [untilDate, other] = [
    a.key.slice(a.key.indexOf("|"), a.key.lastIndexOf("|")),
    b.key.slice(b.key.indexOf("|"), b.key.lastIndexOf("|")),
  ];
  const assumed = (development: Development) => development.eventDate?.basis !== "text";
  return untilDate === other && (assumed(a) || assumed(b) || a.eventDate?.value === b.eventDate?.value);
}

/** The telling that is news, then the graver, then the first, gives the words. */
function join(a: Development, b: Development): Development {
  const rank = ({ status, severity }: Development) => (status === "new" ? 10 : 0) + severity;
  const [first, second] = rank(b) > rank(a) ? [b, a] : [a, b];
  const evidence = [...a.evidence, ...b.evidence].filter(
    (span, index, all) => all.findIndex(({ start, end }) => start === span.start && end === span.end) === index,
  );
  return {
    ...first,
    actorIds: [...new Set([...first.actorIds, ...second.actorIds])],
    topics: [...new Set([...first.topics, ...second.topics])],
    evidence: evidence.sort((x, y) => x.start - y.start),
  };
}
