import { type Actor, ambiguityRuleSchema } from "../../src/catalogue/actor.ts";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import type { Source } from "../../src/catalogue/source.ts";
import type { TopicLeaf } from "../../src/catalogue/topic.ts";
import type { Article, Block } from "../../src/domain/article.ts";
import type { Statement } from "../../src/domain/statement.ts";
import { shipped } from "../../src/paths.ts";
import { noHints } from "../../src/read/hints.ts";
import { compileLexicon } from "../../src/read/statement/lexicon.ts";
import { readStatements } from "../../src/read/statement/statements.ts";

/** States, ministries and newspapers are real as labels; every person and every word they say is invented. */
export function actor(id: string, type: Actor["type"], name: string, more: Partial<Actor> = {}): Actor {
  const rest = { aliases: [], abbreviations: [], zh: [], bloc: "third", parent: null, offices: [], evidence: [] };
  return { id, type, name, ...rest, ...more };
}

const office = (role: string, body: string, from: string | null = null, to: string | null = null) => ({
  role,
  body,
  from,
  to,
});

export const actors: Actor[] = [
  actor("united-states", "state", "United States", { abbreviations: ["US", "U.S."], zh: ["美国"], bloc: "US" }),
  actor("china", "state", "China", { zh: ["中国", "中方"], bloc: "China" }),
  actor("us-government", "government-body", "US Government", {
    aliases: ["Washington"],
    parent: "united-states",
    bloc: "US",
  }),
  actor("china-government", "government-body", "Government of China", {
    aliases: ["Beijing"],
    zh: ["中方"],
    parent: "china",
    bloc: "China",
  }),
  actor("china-mfa", "government-body", "Chinese Foreign Ministry", {
    aliases: ["Foreign Ministry"],
    zh: ["外交部"],
    parent: "china-government",
    bloc: "China",
  }),
  actor("white-house", "government-body", "White House", { parent: "us-government", bloc: "US" }),
  actor("reuters", "media", "Reuters", { zh: ["路透社"] }),
  actor("china-daily", "media", "China Daily"),
  actor("grp-experts", "group", "Experts", { aliases: ["experts"], zh: ["专家"] }),
  actor("doc-lake-declaration", "document", "Lake Declaration"),
  actor("lan-qiao", "person", "Lan Qiao", {
    zh: ["蓝桥"],
    bloc: "China",
    offices: [office("Spokesperson", "china-mfa", "2025-01")],
  }),
  actor("rowan-alder", "person", "Rowan Alder", {
    bloc: "US",
    offices: [office("President", "united-states", "2021-01-20", "2025-01-20")],
  }),
  actor("hazel-birch", "person", "Hazel Birch", {
    bloc: "US",
    offices: [office("President", "united-states", "2025-01-20")],
  }),
  actor("shen-mu", "person", "Shen Mu", {
    zh: ["沈木"],
    bloc: "China",
    offices: [office("President", "china", "2013-03")],
  }),
  actor("ivy-marsh", "person", "Ivy Marsh"),
];

function leaf(id: string, strong: string[], weak: string[], zh: string[], nearMisses: string[] = []): TopicLeaf {
  const cues = { en: { strong, weak }, zh: { strong: zh, weak: [] } };
  return { id, label: id, definition: id, cues, nearMisses };
}

export const catalogue: Catalogue = {
  sources: [],
  sites: [],
  actors,
  nations: loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null }).nations,
  ambiguityRules: [
    ambiguityRuleSchema.parse({
      form: "Beijing",
      rule: "a city after a preposition",
      forms: ["Beijing"],
      placeAfter: ["in"],
    }),
  ],
  topics: [
    {
      id: "process",
      label: "Process",
      definition: "Talks",
      ofTheTalks: true,
      leaves: [
        leaf(
          "process.dialogue",
          ["AI dialogue", "both sides | two sides + cooperat"],
          ["dialogue", "talks", "agenda"],
          ["政府间对话"],
          ["Global Dialogue on AI"],
        ),
      ],
    },
    {
      id: "tech",
      label: "Technology",
      definition: "Chips",
      ofTheTalks: true,
      leaves: [
        leaf("tech.chips", ["export controls"], ["chips"], ["出口管制"]),
        leaf("tech.voice", ["inclusiv"], [], []),
      ],
    },
  ],
  developmentTypes: [],
  events: [],
  phrases: [],
};

export const lexicon = compileLexicon(catalogue);

/** An article of paragraphs; a paragraph between `**` is bold. Say only what the test is about. */
export function article(paragraphs: readonly string[], more: Partial<Article> = {}): Article {
  const blocks: Block[] = [];
  let text = "";
  for (const paragraph of paragraphs) {
    const words = paragraph.replace(/\*\*/g, "");
    const start = text === "" ? 0 : text.length + 1;
    text = text === "" ? words : `${text}\n${words}`;
    const bold = paragraph.startsWith("**") ? [{ start, end: text.length }] : [];
    blocks.push({ start, end: text.length, kind: "paragraph", lang: null, bold });
  }
  return {
    url: null,
    title: null,
    byline: null,
    publisher: null,
    kind: "news",
    lang: null,
    publishedAt: { value: "2026-05-19", precision: "day", basis: "meta", raw: "2026-05-19" },
    updatedAt: null,
    text,
    blocks,
    problems: [],
    ...more,
  };
}

/** Reads the statements of some paragraphs against the invented catalogue. */
export function read(
  paragraphs: readonly string[],
  more: Partial<Article> = {},
  source: Source | null = null,
): Statement[] {
  return readStatements(article(paragraphs, more), { ...noHints, source }, lexicon);
}

/** The short form of a statement that tables compare. */
export function brief(statement: Statement) {
  return { who: statement.speaker?.text ?? null, ids: statement.actors.map((a) => a.actorId), said: statement.text };
}
