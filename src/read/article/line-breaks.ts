/** Words that no sentence and no heading ends with: what follows belongs to them. */
const RUNS_ON = /(?:^|\s)(?:a|an|and|as|at|by|for|from|in|into|its|of|on|or|than|that|the|their|to|which|with)$/i;

/** Begins as a label does (`Q:`, `Ms. Lee:`, `记者：`): somebody else's turn, or a line of its own. */
const LABEL = /^[^:：,，.。]{1,60}[:：]/u;

const HAN = /\p{Script=Han}|[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAN_COMMA = /[，、]$/u;
const TERMINAL = /[.!?:;…。！？：；]["'”’」』)）\]]*$/u;

/** Longest and shortest line of text that was wrapped by hand; hanzi are twice as wide. */
const WRAPPED = { most: 100, leastLatin: 40, leastHan: 18 } as const;

/**
 * Decides what a single `<br>` between lines of one paragraph means: the end of a line that a reader reads on, or the
 * beginning of something else. Lines are joined where the first cannot end there (it stops at a comma, at a word such
 * as “of”, or in small letters that go on in small letters) and where all lines are as wide as text wrapped by hand.
 * A line that begins with a label is never joined to the one before.
 *
 * @param lines - Trimmed, none of them empty.
 * @returns For each break between two lines a space, nothing (Chinese and Japanese) or null where the lines stay apart.
 */
export function joinsOf(lines: readonly string[]): readonly (" " | "" | null)[] {
  const wrapped = areWrapped(lines);
  return lines.slice(1).map((next, index) => {
    const line = lines[index] ?? "";
    if (LABEL.test(next) || !(wrapped || readsOn(line, next))) return null;
    return HAN_COMMA.test(line) || (isHan(line.at(-1)) && isHan(next[0])) ? "" : " ";
  });
}

function readsOn(line: string, next: string): boolean {
  if (HAN_COMMA.test(line)) return true;
  if (TERMINAL.test(line)) return false;
  if (/[\p{Ll}\d,)”]$/u.test(line) && /^\p{Ll}/u.test(next)) return /\s/.test(line);
  return RUNS_ON.test(line) && /^[\p{L}\d“"'‘(]/u.test(next);
}

/** Tells whether lines were broken where the room ended: three and more, all but the last about as long, and not where sentences end. */
function areWrapped(lines: readonly string[]): boolean {
  const broken = lines.slice(0, -1);
  const longest = Math.max(0, ...lines.map((line) => line.length));
  if (broken.length < 2 || longest > WRAPPED.most) return false;
  const han = broken.every((line) => HAN.test(line));
  if (longest < (han ? WRAPPED.leastHan : WRAPPED.leastLatin)) return false;
  const shortest = han ? longest - 2 : longest * 0.8;
  return (
    broken.every((line) => line.length >= shortest) &&
    broken.filter((line) => TERMINAL.test(line)).length < broken.length / 2
  );
}

function isHan(character: string | undefined): boolean {
  return (
    character !== undefined && /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，、。“”《》（）]/u.test(character)
  );
}
