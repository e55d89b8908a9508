import { dayOf } from "../../src/domain/known-date.ts";
import type { Span } from "../../src/domain/span.ts";
import type { Statement } from "../../src/domain/statement.ts";
import type { DocumentReading } from "../../src/read/document.ts";
import { type Corpora, jsonLinesAt } from "./corpus.ts";
import { type Figure, figure } from "./figure.ts";
import type { BenchReader } from "./reader.ts";
import { lengthOf, meet, percent, ratio, sharedLength, withoutSpace } from "./shares.ts";

/** A press conference of the Chinese foreign ministry as the corpus records it. */
type Recorded = {
  readonly title: string;
  readonly time: string;
  readonly opening: string | null;
  readonly turns: readonly { readonly question: string; readonly answer: string }[];
};

type Turn = { readonly question: Labelled; readonly answer: Labelled };
type Labelled = { readonly label: string | null; readonly words: string };
type Conference = {
  readonly title: string;
  /** The spokesperson of the title; null where it names none. */
  readonly name: string | null;
  readonly time: string;
  readonly opening: string | null;
  readonly turns: readonly Turn[];
};

const LABEL = /^\s*([^：:，。？！\n]{1,25})[：:]\s*/;
const ASKS = /(?:记者|追问|问及|^问)$/;

const labelIn = (line: string) => LABEL.exec(line)?.[1] ?? null;
const labelled = (text: string): Labelled => {
  const label = LABEL.exec(text);
  return label ? { label: label[1] ?? null, words: text.slice(label[0].length) } : { label: null, words: text };
};

/** Takes apart what the recorder joined: a further question, or the spokesperson going on unasked, inside an answer. */
function conferenceOf({ title, time, opening, turns: recorded }: Recorded): Conference {
  const plain = title.replace(/<br\s*\/?>|\s+/g, "");
  const name = /外交部发言人(\p{Script=Han}{2,3}?)(?:主持|就|答|谈话|发表)/u.exec(plain)?.[1] ?? null;
  const answers = (line: string) => labelIn(line) !== null && [name, "答"].includes(labelIn(line));
  const turns: { question: string[]; answer: string[] }[] = [];
  for (const { question, answer } of recorded) {
    turns.push({ question: [question], answer: [] });
    for (const line of answer.split("\n").filter((text) => text.trim() !== "")) {
      const turn = turns.at(-1);
      if (!turn) continue;
      if (turn.answer.length > 0 && ASKS.test(labelIn(line) ?? "")) turns.push({ question: [line], answer: [] });
      else if (turn.answer.length > 0 && answers(line)) turns.push({ question: [], answer: [line] });
      else if (turn.answer.length === 0 && turn.question[0] !== question && !answers(line)) turn.question.push(line);
      else turn.answer.push(line);
    }
  }
  const whole = turns.filter(({ answer }) => answer.length > 0);
  return {
    ...{ title: plain, name, time, opening },
    turns: whole.map((turn) => ({
      question: labelled(turn.question.join("\n")),
      answer: labelled(turn.answer.join("\n")),
    })),
  };
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const lines = ({ label, words }: Labelled) =>
  words === "" ? [] : (label === null ? words : `${label}：${words}`).split("\n").map(escaped);

/** Builds the lines of a page, questions and other lines each in their own dress. */
function dressed(
  conference: Conference,
  question: (line: string, turn: Turn) => string,
  line: (text: string) => string,
) {
  return [
    ...(conference.opening ?? "").split("\n").filter(Boolean).map(escaped).map(line),
    ...conference.turns.flatMap((turn) => [
      ...lines(turn.question).map((text) => line(question(text, turn))),
      ...lines(turn.answer).map(line),
    ]),
  ];
}

function ministryPage({ title, time }: Conference, body: string): string {
  return `<html><head><meta charset="utf-8"><title>${escaped(title)}_中华人民共和国外交部</title>
<meta name="ArticleTitle" content="${escaped(title)}"><meta name="PubDate" content="${time}"></head><body>
<div class="nav"><a href="/web/">首页</a></div><div class="news-title"><h1>${escaped(title)}</h1><p class="time"><span>${time}</span></p></div>
<div class="news-main" id="News_Body_Txt_A">${body}</div><div class="news-foot"><a href="#">【打印】</a> <span>分享到：</span></div></body></html>`;
}

/** The layouts that such pages have: questions in bold (or 问/答 without), one paragraph with line breaks, a mirror without marks. */
const LAYOUTS: readonly (readonly [string, (conference: Conference) => string])[] = [
  [
    "questions in bold",
    (conference) =>
      ministryPage(
        conference,
        dressed(
          conference,
          (text, turn) => (turn.question.label === "问" ? text : `<strong>${text}</strong>`),
          (text) => `<p>　　${text}</p>`,
        ).join("\n"),
      ),
  ],
  [
    "one paragraph",
    (conference) =>
      ministryPage(
        conference,
        `<p>${dressed(
          conference,
          (text) => text,
          (text) => `　　${text}`,
        ).join("<br>\n")}</p>`,
      ),
  ],
  [
    "mirror",
    (conference) =>
      `<html><head><meta charset="utf-8"><title>${escaped(conference.title)}</title></head><body><div class="nav"><a href="/">首页</a></div>
<div id="content"><h1>${escaped(conference.title)}</h1><p>${conference.time}</p>${dressed(
        conference,
        (text) => text,
        (text) => `<p>&nbsp;&nbsp;${text}</p>`,
      ).join("\n")}</div><div id="footer">版权所有</div></body></html>`,
  ],
];

/** Counts over the pages of one layout. */
type Counts = {
  turns: number;
  whole: number;
  near: number;
  right: number;
  questions: number;
  leaks: string[];
  misses: string[];
  dates: number;
  pages: number;
};

/** Reads rebuilt conferences and tells how many turns have the right words, role and speaker. */
export async function conferenceFigures(
  corpora: Corpora,
  reader: BenchReader,
  misses: boolean,
): Promise<readonly Figure[]> {
  const file = corpora.file("mfa-zh/dev.jsonl.gz");
  if (!file) return [];
  const conferences = (await jsonLinesAt<Recorded>(file)).map(conferenceOf);
  return LAYOUTS.flatMap(([layout, build], at) => {
    const counts: Counts = {
      turns: 0,
      whole: 0,
      near: 0,
      right: 0,
      questions: 0,
      leaks: [],
      misses: [],
      dates: 0,
      pages: 0,
    };
    const isMarked = (turn: Turn) =>
      (turn.question.label !== null || turn.question.words === "") && turn.answer.label !== null;
    // Without bold type an unlabelled question cannot be told from an answer's next paragraph.
    for (const conference of conferences.filter(({ turns }) => at === 0 || turns.every(isMarked))) {
      const url = `https://www.mfa.gov.cn/web/fyrbt/t${conference.time.slice(0, 10).replaceAll("-", "")}_1.shtml`;
      count(counts, conference, reader.read(new TextEncoder().encode(build(conference)), url));
    }
    if (misses) for (const miss of [...counts.leaks, ...counts.misses]) console.log(`${layout}: ${miss}`);
    return [
      figure(
        `conferences, ${layout}: turns found whole / nearly, %`,
        `${percent(ratio(counts.whole, counts.turns))} / ${percent(ratio(counts.near, counts.turns))}`,
        counts.turns,
      ),
      figure(
        `conferences, ${layout}: right role and speaker, %`,
        percent(ratio(counts.right, counts.turns)),
        counts.turns,
        { reference: "labels regular in 99.5", reach: 99.7 },
      ),
      figure(
        `conferences, ${layout}: questions credited to a spokesperson`,
        String(counts.leaks.length),
        counts.questions,
        { most: 0 },
      ),
      figure(`conferences, ${layout}: day right, %`, percent(ratio(counts.dates, counts.pages)), counts.pages),
    ];
  });
}

function count(
  counts: Counts,
  { name, opening, time, turns }: Conference,
  { article, statements }: DocumentReading,
): void {
  counts.pages++;
  if (dayOf(article.publishedAt) === time.slice(0, 10)) counts.dates++;
  const spoken = statements.filter((statement) => isSpokesperson(statement, name));
  const locate = locator(article.text);
  if (opening) locate(opening);
  for (const { question, answer } of turns) {
    counts.turns++;
    const asked = locate(question.words);
    if (asked) {
      counts.questions++;
      // What the question itself reports somebody to have said is no leak.
      const leak = spoken.find(
        ({ content, speaker }) =>
          sharedLength(content, asked) > 0 &&
          !(
            speaker?.start != null &&
            speaker.end !== null &&
            meet([{ start: speaker.start, end: speaker.end }], asked)
          ),
      );
      if (leak) counts.leaks.push(`${question.label}：${question.words}\n   → ${leak.speaker?.text}: ${leak.text}`);
    }
    const said = locate(answer.words);
    const wanted = withoutSpace(answer.words);
    const whole = statements.find(({ text }) => withoutSpace(text) === wanted);
    if (whole) counts.whole++;
    const near =
      whole ??
      (said &&
        statements.find(
          ({ content }) => sharedLength(content, said) >= 0.95 * Math.max(lengthOf(said), lengthOf(content)),
        ));
    if (!near) counts.misses.push(`${question.label}：${question.words}\n   → ${answer.label}：${answer.words}`);
    if (!near) continue;
    counts.near++;
    if (isSpokesperson(near, name)) counts.right++;
  }
}

function isSpokesperson({ speaker, actors }: Statement, name: string | null): boolean {
  const said = speaker?.text ?? "";
  return name ? said.includes(name) : /发言人|外交部/.test(said) || actors.length > 0;
}

/** Finds texts one after the other, without regard to white space. */
function locator(text: string): (words: string) => readonly Span[] | null {
  const offsets: number[] = [];
  let bare = "";
  for (let at = 0; at < text.length; at++) {
    if (withoutSpace(text[at] ?? "") === "") continue;
    bare += text[at];
    offsets.push(at);
  }
  let from = 0;
  return (words) => {
    const wanted = withoutSpace(words);
    const at = wanted === "" ? -1 : bare.indexOf(wanted, from);
    if (at < 0) return null;
    from = at + wanted.length;
    return [{ start: offsets[at] ?? 0, end: (offsets[from - 1] ?? 0) + 1 }];
  };
}
