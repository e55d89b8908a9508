import type { Atom } from "./atoms.ts";
import { ROLE, type Role, UNRULED } from "./features.ts";
import type { Finding } from "./finding.ts";
import type { Sentence } from "./tokens.ts";
import { VERB } from "./word-class.ts";

const NOUNS: ReadonlySet<string> = new Set(
  `according claim claims statement statements call calls criticism support opposition question questions view views warning
  warnings promise promises pledge pledges assertion assertions argument arguments suggestion suggestions announcement proposal
  proposals concern concerns belief contention allegation allegations accusation accusations complaint complaints response message
  admission demand demands request requests stance position doubt doubts hope hopes fear fears worries opinion plan plans say
  says saying claim talk word words comment comments remark remarks attack attacks appeal vow note notes reports report reads
  estimate estimates advice answer confident willing clear adamant certain aware sure unclear doubtful optimistic`.split(
    /\s+/,
  ),
);

/** Tells whether a word may attribute words to somebody: verbs, and nouns that stand for saying. */
export function isCandidate(atom: Atom): boolean {
  return atom.isWord && !atom.isQuotation && (atom.class === VERB || NOUNS.has(atom.lower));
}

/** Gives each piece the role that the rules gave it; `UNRULED` where no rule found anything at this cue. */
export function ruledRoles(sentence: Sentence, atoms: readonly Atom[], finding: Finding | null): Role[] {
  if (!finding) return atoms.map(() => UNRULED);
  return atoms.map((atom) => {
    const start = sentence.tokens[atom.from]?.start ?? 0;
    const end = sentence.tokens[atom.to - 1]?.end ?? 0;
    const holds = (span: { start: number; end: number } | null) =>
      span !== null && span.start < end && start < span.end;
    if (finding.content.some(holds)) return ROLE.content;
    if (holds(finding.speaker)) return ROLE.source;
    return holds(finding.cue) ? ROLE.cue : ROLE.none;
  });
}
