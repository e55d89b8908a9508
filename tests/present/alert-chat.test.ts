import { describe, expect, test } from "vitest";
import type { AlertStatement } from "../../src/domain/alerted.ts";
import { type ChatFormat, chatBody } from "../../src/present/alert-chat.ts";
import type { AlertDevelopment, AlertMatter, AlertNews } from "../../src/present/alert-matter.ts";
import { secondsOn } from "../support/moments.ts";
import { buildDay } from "../support/readings.ts";

const HOSTILE = "# <!channel> <@1> @everyone [here](https://evil.example) *bold* `code` & \\ more";

function development(says: Partial<AlertDevelopment> = {}): AlertDevelopment {
  return {
    ...{ id: 3, type: "talks.announced", severity: 4, status: "new", summary: HOSTILE, hedge: null },
    ...{ typeName: { label: "Talks announced" }, eventDate: null, detectedAt: secondsOn(0) },
    ...{ topics: [], actors: [{ id: "norland", name: "Norland" }] },
    evidence: [
      {
        ...{ words: `They said:\n${HOSTILE}`, statementId: 5, documentId: 9, title: "Regular briefing", source: null },
        publishedAt: buildDay("2026-05-19"),
      },
    ],
    ...says,
  };
}

function matter(news: AlertNews): AlertMatter {
  return { rule: "talks", news, publicUrl: "https://parley.example", at: secondsOn(2) };
}

const one = matter({ kind: "development", late: true, development: development() });
const long = "对话😀".repeat(3_000);
const many = matter({
  kind: "batch",
  developments: Array.from({ length: 40 }, (_, index) => {
    const place = { title: long, source: long, documentId: 1, publishedAt: null };
    const words = { words: `${long} ${index}`, statementId: 1, ...place };
    return { ...development({ id: index, summary: long, evidence: Array(9).fill(words) }), late: false };
  }),
  statements: [],
});

// biome-ignore lint/suspicious/noExplicitAny: the tests look into messages of three programs.
const message = (format: ChatFormat, about: AlertMatter): any => JSON.parse(chatBody(format, about));

describe("a message to Slack", () => {
  test("carries hostile words as plain elements and its fallback without marks", () => {
    const { text, mrkdwn, blocks } = message("slack", one);
    expect(mrkdwn).toBe(false);
    expect(text).toContain("(late) # &lt;!channel&gt; &lt;@1&gt;");
    expect(text).not.toMatch(/[<>]/);
    const [head, quote, from] = blocks[0].elements;
    expect(head.elements[0]).toEqual({
      ...{ type: "link", url: "https://parley.example/developments/3", text: HOSTILE, style: { bold: true } },
    });
    expect(head.elements[1].text).toBe("\nlate · Talks announced · severity 4 of 5");
    expect(quote).toEqual({
      ...{ type: "rich_text_quote", elements: [{ type: "text", text: `“They said:\n${HOSTILE}”` }] },
    });
    expect(from.elements[0].text).toBe("— Regular briefing, 2026-05-19");
    expect(blocks.at(-1)).toEqual({
      type: "context",
      elements: [{ type: "plain_text", text: "Parley, rule talks, 2026-05-19T12:00Z" }],
    });
  });
});

describe("a message to Teams", () => {
  test("is an Adaptive Card in which Markdown of the words is escaped", () => {
    const { type, summary, attachments } = message("teams", one);
    expect({ type, summary: typeof summary }).toEqual({ type: "message", summary: "string" });
    const [{ contentType, content }] = attachments;
    expect(contentType).toBe("application/vnd.microsoft.card.adaptive");
    expect(content).toMatchObject({ type: "AdaptiveCard", version: "1.4" });
    const texts = content.body.flatMap(({ text }: { text?: string }) => text ?? []);
    expect(texts[1]).toBe(
      "\\# <!channel> <@1> @everyone \\[here\\](https://evil.example) \\*bold\\* \\`code\\` & \\\\ more",
    );
    for (const text of texts) expect(text).not.toMatch(/(?<!\\)[*`[\]]/);
    expect(content.body).toContainEqual({
      type: "ActionSet",
      actions: [{ type: "Action.OpenUrl", title: "Open", url: "https://parley.example/developments/3" }],
    });
  });
});

describe("a message to Discord", () => {
  test("calls nobody, and escapes marks in every line of a quote", () => {
    const { content, embeds, allowed_mentions } = message("discord", one);
    expect(allowed_mentions).toEqual({ parse: [] });
    expect(content).toContain("\\<!channel\\>");
    expect(embeds[0]).toMatchObject({ url: "https://parley.example/developments/3" });
    expect(embeds[0].description.split("\n").slice(-3)).toEqual([
      "> “They said:",
      "> \\# \\<!channel\\> \\<@1\\> @everyone \\[here\\](https://evil.example) \\*bold\\* \\`code\\` & \\\\ more”",
      "— Regular briefing, 2026-05-19",
    ]);
  });
});

describe("a message of everything at its longest", () => {
  test.each(["slack", "teams", "discord"] as const)("keeps what %s takes and says what it left out", (format) => {
    const body = chatBody(format, many);
    expect(body.isWellFormed()).toBe(true);
    expect(Buffer.byteLength(body)).toBeLessThan(28_000);
    const told = message(format, many);
    if (format === "slack") {
      expect(told.blocks.length).toBeLessThanOrEqual(50);
      expect(told.blocks.at(-2).elements[0].elements[0].text).toMatch(/^… and 3\d more$/);
    }
    if (format === "teams") expect(JSON.stringify(told.attachments)).toMatch(/… and 3\d more/);
    if (format === "discord") {
      expect(told.embeds.length).toBeLessThanOrEqual(10);
      const all = told.embeds.flatMap((embed: { title: string; description: string; footer: { text: string } }) => [
        ...[embed.title, embed.description, embed.footer.text],
      ]);
      expect(all.join("").length).toBeLessThanOrEqual(6_000);
      expect(told.content).toMatch(/\(\+3\d more\)$/);
    }
  });

  test.each(["slack", "teams", "discord"] as const)("of statements and tests is valid for %s too", (format) => {
    const statement: AlertStatement = {
      ...{ id: 8, words: "We will talk.", lang: "en", speaker: null, actors: [], topics: [], saidAt: null },
      ...{ documentId: 2, title: null, kind: "direct", act: "speech", polarity: "affirmed" },
    };
    const told = chatBody(format, matter({ kind: "statements", late: false, statements: [statement] }));
    expect(told).toContain("unknown speaker");
    expect(told).toContain("We will talk.");
    expect(chatBody(format, matter({ kind: "test", endpoint: "desk" }))).toContain("Test of endpoint desk");
    expect(JSON.stringify(message(format, one))).not.toMatch(/"text":""/);
  });
});

test.each(["slack", "discord", "teams"] as const)(
  "a %s message tells an edit by its line, and quotes no changed piece",
  (format) => {
    const [evidence] = development().evidence;
    const edit = development({
      ...{ type: "document.silent-edit", summary: "“Fact sheet” was changed: “30” → “31 nations”" },
      evidence: evidence ? [{ ...evidence, words: "31" }] : [],
    });
    const text = JSON.stringify(message(format, matter({ kind: "development", late: false, development: edit })));
    expect(text).toContain("“30” → “31 nations”");
    expect(text).not.toContain("“31”");
  },
);
