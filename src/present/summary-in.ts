import type { DigestLanguage } from "./digest-words.ts";

/** What may follow one piece of a line: the next piece, or the end. */
const NEXT = "(?=; (?:“|removed “|added “|and \\d+ more$)|, added “|$)";
/** The pieces of a line on an edit, each followed by what separates it from the next. */
const EDIT_PIECES: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [new RegExp(`“(.*?)” → “(.*?)”${NEXT}`, "y"), (match) => `“${match[1]}”改为“${match[2]}”`],
  [new RegExp(`removed “(.*?)”${NEXT}`, "y"), (match) => `删去“${match[1]}”`],
  [new RegExp(`added “(.*?)”${NEXT}`, "y"), (match) => `增加“${match[1]}”`],
  [/and (\d+) more$/y, (match) => `另有 ${match[1]} 处`],
];
const EDIT_HEAD = /^(?:“(.+?)”|A document) was changed: (?=“|removed “|added “)/;
const ABSENCE = /^“(.+)” does not stand in this ([a-z ]+), the (first|second|third|(\d+)th) in a row$/;
const CLASSES: Readonly<Record<string, string>> = {
  "leader readout": "领导人会晤通稿",
  "minister readout": "部长会晤通稿",
  "spokesperson answer": "发言人答问",
  speech: "讲话",
  release: "新闻稿",
};
const ORDINALS: readonly string[] = ["first", "second", "third"];

/**
 * Says the summary of a development in a reader's language, as far as its words are ours: what an edit changed (`detect/edit/edit-summary.ts`)
 * and which phrase is missing (`detect/record/record-news.ts`). Words of a source stay in theirs, and so does a line that was cut.
 *
 * @example
 * summaryIn("zh", "“Talks” was changed: “30” → “31”; and 5 more"); // "“Talks”有改动：“30”改为“31”；另有 5 处"
 */
export function summaryIn(lang: DigestLanguage, summary: string): string {
  return lang === "zh" ? (editInChinese(summary) ?? absenceInChinese(summary) ?? summary) : summary;
}

function editInChinese(summary: string): string | null {
  const head = EDIT_HEAD.exec(summary);
  if (!head) return null;
  const said: string[] = [];
  for (let at = head[0].length; at < summary.length; ) {
    const piece = pieceAt(summary, at);
    if (!piece) return null;
    said.push(piece.words);
    at = piece.end + (/^(?:; |, )/.exec(summary.slice(piece.end, piece.end + 2))?.[0].length ?? 0);
  }
  return `${head[1] ? `“${head[1]}”` : "一份文件"}有改动：${said.join("；")}`;
}

function pieceAt(summary: string, at: number): { readonly words: string; readonly end: number } | null {
  for (const [pattern, say] of EDIT_PIECES) {
    pattern.lastIndex = at;
    const match = pattern.exec(summary);
    if (match) return { words: say(match), end: pattern.lastIndex };
  }
  return null;
}

function absenceInChinese(summary: string): string | null {
  const match = ABSENCE.exec(summary);
  const [, phrase, textClass = "", nth = "", count] = match ?? [];
  const times = count ?? ORDINALS.indexOf(nth) + 1;
  return match ? `“${phrase}”未见于这份${CLASSES[textClass] ?? "文本"}，已连续 ${times} 份` : null;
}
