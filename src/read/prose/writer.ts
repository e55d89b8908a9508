import type { Finding } from "./finding.ts";
import type { Sentence, Token } from "./tokens.ts";

/** "…, a position that they reject": what the writer calls the words. */
const JUDGED =
  /^an? (?:\p{Ll}+ ){0,2}(?:position|claim|view|stance|charge|accusation|remark|comment|statement|assertion|demand|allegation|argument|promise|pledge) (?:that|which)\b/u;
/** "…, but analysts doubt it": others are heard. */
const OTHERS =
  /^(?:but|though|although|while|yet) (?:(?:the|some|many|most|other|several|few|a|his|her|their|its|outside|independent|legal|military|human|rights) ){0,3}(?:analyst|critic|expert|observer|official|economist|scholar|lawmaker|researcher|rival|opponent|diplomat|scientist|lawyer)s?\b/;
/** In words. */
const LOOK_AHEAD = 9;
const SHORTEST = 3;

/** Takes what the writer adds off the ends of reported words, and drops who was asked for who asks. */
export function withoutWriter(sentence: Sentence, findings: readonly Finding[]): readonly Finding[] {
  const { tokens } = sentence;
  return findings.filter((finding) => !isAsked(tokens, finding)).map((finding) => withoutTail(tokens, finding));
}

/** "An official, who asked not to be named, said A" and "NAME, asked whether A, said B" ask nothing. */
function isAsked(tokens: readonly Token[], { cue, speaker, content }: Finding): boolean {
  const at = tokens.findIndex(({ start }) => start >= cue.start);
  if (!/^(?:asked|pressed|questioned)$/.test(tokens[at]?.lower ?? "")) return false;
  const next = tokens.slice(at + 1, at + 5).map(({ lower }) => lower);
  if (/^not to be (?:named|identified|quoted)?/.test(next.join(" "))) return true;
  const before = tokens[at - 1];
  const last = content.at(-1)?.end ?? 0;
  const after = tokens.find(({ start }) => start >= last);
  return before?.text === "," && after?.text === "," && speaker !== null && speaker.end === tokens[at - 2]?.end;
}

function withoutTail(tokens: readonly Token[], finding: Finding): Finding {
  const last = finding.content.at(-1);
  if (!last || last.start < finding.cue.start) return finding;
  const first = tokens.findIndex(({ start }) => start >= last.start);
  for (let at = first + SHORTEST; at < tokens.length && (tokens[at]?.start ?? 0) < last.end; at++) {
    const token = tokens[at];
    if (token?.text !== "," || token.quote >= 0) continue;
    const next = tokens.slice(at + 1, at + 1 + LOOK_AHEAD);
    const words = next.map(({ lower }) => lower).join(" ");
    if (next[0]?.quote !== -1 || !(JUDGED.test(words) || OTHERS.test(words))) continue;
    return { ...finding, content: [...finding.content.slice(0, -1), { start: last.start, end: token.start }] };
  }
  return finding;
}
