const MAX_LENGTH = 250;
const MAX_OPEN_REPEATS = 3;

/** Characters, class or group that one step of the scan reads, with how it is repeated. */
type Repeat = { readonly open: boolean; readonly length: number };

/**
 * Finds out why a regular expression from the catalogue may not be used; null when it may.
 *
 * JavaScript's engine backtracks, so a pattern can take years on one address ("catastrophic backtracking").
 * Instead of judging each pattern, the shapes that make it possible are refused: a repeated group that itself
 * repeats or chooses, more than three open repeats, more than one open repeat that runs across `/`, back-references
 * and look-behind. What is left is at most cubic in one path segment.
 */
export function whyUnsafePattern(pattern: string): string | null {
  if (pattern.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  for (const flags of ["", "u"]) {
    try {
      new RegExp(pattern, flags);
    } catch (error) {
      return `is no regular expression (${error instanceof Error ? error.message.split(": ").at(-1) : "unreadable"})`;
    }
  }
  if (/\\[1-9]|\\k</.test(pattern)) return "uses a back-reference";
  if (/\(\?<[=!]/.test(pattern)) return "uses look-behind";
  return whySlow(pattern);
}

function whySlow(pattern: string): string | null {
  const groups: { risky: boolean }[] = [];
  let openRepeats = 0;
  let openAcrossSlashes = 0;

  for (let at = 0; at < pattern.length; ) {
    if (pattern[at] === "(") {
      groups.push({ risky: false });
      at += 1;
      continue;
    }
    if (pattern[at] === "|") markRisky(groups);

    const closed = pattern[at] === ")" ? groups.pop() : undefined;
    const atom = atomAt(pattern, at);
    const repeat = repeatAt(pattern, at + atom.length);
    at += atom.length + repeat.length;

    if (closed?.risky) {
      if (repeat.length > 0 && pattern.slice(at - repeat.length, at) !== "?") {
        return "repeats a group that itself repeats or chooses, which can take for ever on a long address";
      }
      markRisky(groups);
    }
    if (repeat.length > 0) markRisky(groups);
    if (!repeat.open) continue;
    openRepeats += 1;
    if (runsAcrossSlashes(atom)) openAcrossSlashes += 1;
  }
  if (openRepeats > MAX_OPEN_REPEATS) return `has more than ${MAX_OPEN_REPEATS} open repeats (*, + or {n,})`;
  if (openAcrossSlashes > 1) return "has more than one open repeat that runs across '/'; write [^/]+ instead of .+";
  return null;
}

function markRisky(groups: readonly { risky: boolean }[]): void {
  const inner = groups.at(-1);
  if (inner) inner.risky = true;
}

/** Cuts out the escape, class or single character that stands at an index. */
function atomAt(pattern: string, at: number): string {
  if (pattern[at] === "\\")
    return /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|.)/iu.exec(pattern.slice(at))?.[0] ?? "\\";
  if (pattern[at] === "[") return /^\[(?:\\.|[^\]\\])*\]/u.exec(pattern.slice(at))?.[0] ?? "[";
  return pattern.slice(at, at + 1);
}

function repeatAt(pattern: string, at: number): Repeat {
  const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(pattern.slice(at))?.[0] ?? "";
  return { open: /^[*+]/.test(found) || /^\{\d+,\}/.test(found), length: found.length };
}

/** Whether one character class can match `/`, judged on its own. */
function runsAcrossSlashes(atom: string): boolean {
  if (atom === ")") return true;
  try {
    return new RegExp(`^${atom}$`, "u").test("/");
  } catch {
    return true;
  }
}
