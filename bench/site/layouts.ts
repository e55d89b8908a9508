import type { Chance } from "./chance.ts";
import { MONTHS } from "./sentences.ts";

/** What a layout is filled with. */
export type Filling = {
  readonly title: string;
  readonly publishedAt: Date;
  readonly sentences: readonly string[];
  /** The sentence of a happening, for the head of the text. */
  readonly news: string | null;
  readonly chance: Chance;
};

/** One way in which publishers build their pages, and the selectors that a catalogue entry would give for it. */
export type Layout = {
  readonly name: string;
  readonly lang: "en" | "zh";
  readonly selectors: { readonly body: string; readonly title: string; readonly date: string };
  readonly write: (filling: Filling) => string;
};

const NAVIGATION = `<nav><ul>${["Home", "About", "Topics", "People", "Events", "Contact"].map((name) => `<li><a href="/${name.toLowerCase()}/">${name}</a></li>`).join("")}</ul></nav>`;
const FOOTER = `<aside class="related"><h3>Related</h3><ul>${Array.from({ length: 8 }, (_, n) => `<li><a href="/archive/${n}.html">Earlier publication number ${n}</a></li>`).join("")}</ul></aside><footer><p>All texts on this page are invented.</p></footer>`;

/** The layouts, in the order in which feeds take turns with them. */
export const layouts: readonly [Layout, ...Layout[]] = [
  {
    name: "release",
    lang: "en",
    selectors: { body: ".entry-content", title: "h1", date: "time" },
    write: ({ title, publishedAt, sentences, news }) =>
      page(
        title,
        `<main><h1>${title}</h1><time datetime="${publishedAt.toISOString()}">${longDay(publishedAt)}</time><div class="entry-content">${paragraphs(news, sentences, 3)}<p>###</p></div></main>`,
      ),
  },
  {
    name: "news article",
    lang: "en",
    selectors: { body: "#Content", title: "h1", date: "meta[name=publishdate]" },
    write: ({ title, publishedAt, sentences, news }) =>
      page(
        title,
        `<div id="lft-art"><h1>${title}</h1><div class="info"><span class="info_l">By Lena Harrow | The Invented Daily | Updated: ${dayIn(publishedAt)} 09:12</span></div><div id="Content"><figure><img src="/img/1.jpg" alt=""><figcaption>A hall.</figcaption></figure>${paragraphs(news, sentences, 2)}</div></div>`,
        `<meta name="publishdate" content="${dayIn(publishedAt)}">`,
      ),
  },
  {
    name: "briefing transcript",
    lang: "en",
    selectors: { body: ".entry-content", title: "h1", date: ".article-meta__publish-date" },
    write: ({ title, publishedAt, sentences, news, chance }) =>
      page(
        title,
        `<h1 class="featured-content__headline">${title}</h1><section class="article-meta"><p class="article-meta__author-bureau">Mara Quill, Department Spokesperson</p><p class="article-meta__publish-date">${longDay(publishedAt)}</p></section><div class="entry-content"><p><strong>2:12 p.m. EDT</strong></p>${turns("MS QUILL", "QUESTION", news, sentences, chance)}<p>(The briefing was concluded at 3:04 p.m.)</p><p># # #</p></div>`,
      ),
  },
  {
    name: "conference transcript",
    lang: "en",
    selectors: { body: '[class*="TRS_UEDITOR"]', title: ".news_header_title", date: 'meta[name="PubDate"]' },
    write: ({ title, publishedAt, sentences, news, chance }) =>
      page(
        title,
        `<div class="news_header_title">${title}</div><div class="xltime">Updated: ${longDay(publishedAt)} 20:31</div><div class="content_text"><div class="trs_editor_view TRS_UEDITOR trs_paper_default">${turns("<strong>Lan Qiao", "<strong>Harbour News", news, sentences, chance)}</div></div>`,
        `<meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="${dayIn(publishedAt)} 20:31">`,
      ),
  },
  {
    name: "conference transcript in Chinese",
    lang: "zh",
    selectors: { body: "#News_Body_Txt_A", title: "h1", date: 'meta[name="PubDate"]' },
    write: ({ title, publishedAt, sentences, news }) =>
      page(
        title,
        `<div class="news-title"><h1>${title}</h1><p class="time"><span>${dayIn(publishedAt)} 18:52</span></p></div><div class="news-main" id="News_Body_Txt_A">${chineseTurns(news, sentences)}</div>`,
        `<meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="${dayIn(publishedAt)} 18:52">`,
      ),
  },
];

function page(title: string, body: string, head = ""): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${NAVIGATION}${body}${FOOTER}</body></html>`;
}

function paragraphs(news: string | null, sentences: readonly string[], each: number): string {
  const groups = Array.from({ length: Math.ceil(sentences.length / each) }, (_, n) =>
    sentences.slice(n * each, (n + 1) * each).join(" "),
  );
  return [...(news ? [news] : []), ...groups].map((words) => `<p>${words}</p>`).join("\n");
}

function turns(
  answerer: string,
  asker: string,
  news: string | null,
  sentences: readonly string[],
  chance: Chance,
): string {
  const end = answerer.startsWith("<strong>") ? ":</strong> " : ":  ";
  const written: string[] = [];
  for (let at = 0; at < sentences.length; ) {
    const length = 2 + Math.floor(chance() * 4);
    written.push(`<p>${asker}${end}Could you say more about the dialogue on AI?</p>`);
    written.push(
      `<p>${answerer}${end}${[...(news && at === 0 ? [news] : []), ...sentences.slice(at, at + length)].join(" ")}</p>`,
    );
    at += length;
  }
  return written.join("\n");
}

function chineseTurns(news: string | null, sentences: readonly string[]): string {
  const written: string[] = [];
  for (let at = 0; at < sentences.length; at += 5) {
    written.push("<p>　　<strong>港湾新闻记者：能否介绍人工智能对话的安排？</strong></p>");
    written.push(`<p>　　蓝桥：${[...(news && at === 0 ? [news] : []), ...sentences.slice(at, at + 5)].join("")}</p>`);
  }
  return written.join("\n");
}

function longDay(day: Date): string {
  return `${MONTHS[day.getUTCMonth()]} ${day.getUTCDate()}, ${day.getUTCFullYear()}`;
}

function dayIn(day: Date): string {
  return day.toISOString().slice(0, 10);
}
