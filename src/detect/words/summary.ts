/** Longest summary, in UTF-16 units. */
const LONGEST = 240;

/** A transcript's word on who speaks: it is no part of what is said. */
const LABEL =
  /^\s*(?:\*\*)?(?:(?:(?:MR|MS|MRS|DR)\.?|SENIOR|SECRETARY|PRESIDENT|AMBASSADOR)\s[A-Z][A-Z .'’-]{1,40}|THE\s(?:VICE\s)?(?:PRESIDENT|PREMIER|MINISTER|SECRETARY|AMBASSADOR|CHAIR(?:MAN)?|SPOKESPERSON|MODERATOR)):(?:\*\*)?\s+/;

/** Cuts a sentence to a summary: the source's own words, on one line, at most so many UTF-16 units, cut between words. */
export function summarise(sentence: string, longest = LONGEST): string {
  const line = sentence.replace(LABEL, "").replace(/\s+/g, " ").trim();
  if (line.length <= longest) return line;
  const room = line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "");
  const next = line[room.length] ?? "";
  const isWhole = /[\s\p{Script=Han}\p{P}]/u.test(next) || /[\s\p{Script=Han}\p{P}]$/u.test(room);
  const border = Math.max(
    room.lastIndexOf(" "),
    ...["，", "。", "、", "；", "："].map((mark) => room.lastIndexOf(mark)),
  );
  const cut = isWhole || border < longest / 2 ? room : room.slice(0, border);
  return `${cut.replace(/[\s,;:，、；：]+$/u, "")}…`;
}
