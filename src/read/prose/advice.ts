import type { Finding } from "./finding.ts";

/** Stands between who might speak and the verb, and says that they ought to. */
const OUGHT =
  /\b(?:should|must|shall|ought to|needs? to|need not|ha(?:s|ve) to|had better|would do well to|cannot afford to|can['’]t afford to)\b|(?<![回响反供相效])(?:应当|应该|应(?![询邀约对])|必须|需要|须)/u;
/** Before who might speak: "Why should Beijing say", "It is time for Beijing | to say". */
const URGED = /\b(?:should|must|let)\s+(?:the\s+)?$/i;
const FOR = /\bfor\s+(?:the\s+)?$/i;
const TO = /^\s+to\s/;

/**
 * Leaves out what a writer only advises others to say: "Beijing should say that …" is the writer's claim and no statement of Beijing's.
 *
 * @param findings - Of one sentence, in order; one that shares its subject with advice goes with it.
 */
export function withoutAdvice(text: string, findings: readonly Finding[]): readonly Finding[] {
  let advised = false;
  return findings.filter((finding) => {
    advised = finding.speaker ? isAdvised(text, finding) : advised;
    return !advised;
  });
}

function isAdvised(text: string, { speaker, cue }: Finding): boolean {
  if (!speaker || speaker.end > cue.start) return false;
  const between = text.slice(speaker.end, cue.end);
  const before = text.slice(Math.max(0, speaker.start - 24), speaker.start);
  return OUGHT.test(between) || URGED.test(before) || (FOR.test(before) && TO.test(between));
}
