import { Buffer } from "node:buffer";
import type { AlertMatter } from "./alert-matter.ts";
import { alertInWords, type ToldAlert, type ToldEntry } from "./alert-text.ts";
import { shorten } from "./shorten.ts";

/** In whose words an endpoint wants its alerts. */
export type ChatFormat = "slack" | "teams" | "discord";

/** Writes an alert as the JSON that a chat program's incoming webhook takes. */
export function chatBody(format: ChatFormat, matter: AlertMatter): string {
  const told = alertInWords(matter);
  const written = { slack: slackMessage, teams: teamsMessage, discord: discordMessage };
  return JSON.stringify(written[format](told));
}

/** Bytes that the entries of a message may take: Teams refuses messages over 28 kB; Slack names no figure and gets no more. */
const MOST_BYTES = 22_000;

/** Writes entries while there is room; the first is always there. */
function withinRoom<T>(entries: readonly ToldEntry[], write: (entry: ToldEntry) => T): readonly T[] {
  const written = entries.map(write);
  let bytes = 0;
  return written.filter((one, index) => {
    bytes += Buffer.byteLength(JSON.stringify(one));
    return index === 0 || bytes <= MOST_BYTES;
  });
}

/** Slack takes 50 blocks; rich text has no markup, so that the words stay as they are (docs.slack.dev/reference/block-kit/blocks/rich-text-block). */
function slackMessage({ title, entries, more, foot, link }: ToldAlert) {
  const rich = (elements: readonly object[]) => ({ type: "rich_text", elements });
  const told = withinRoom(entries, (entry) => rich(slackEntry(entry)));
  const left = more + entries.length - told.length;
  return {
    // Also where it is no markup, these three are read as marks (docs.slack.dev/messaging/formatting-message-text).
    text: title.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    mrkdwn: false,
    blocks: [
      ...told,
      ...(left > 0 ? [rich([slackLine([{ type: "link", url: link, text: `… and ${left} more` }])])] : []),
      { type: "context", elements: [{ type: "plain_text", text: foot }] },
    ],
  };
}

function slackEntry({ headline, marks, quotes, link }: ToldEntry): readonly object[] {
  const style = { bold: true };
  const head = link ? { type: "link", url: link, text: headline, style } : { type: "text", text: headline, style };
  return [
    slackLine([head, { type: "text", text: marks.length > 0 ? `\n${marks.join(" · ")}` : "\n" }]),
    ...quotes.flatMap(({ words, from }) => [
      ...(words === null ? [] : [{ type: "rich_text_quote", elements: [{ type: "text", text: words }] }]),
      slackLine([{ type: "text", text: `— ${from}`, style: { italic: true } }]),
    ]),
  ];
}

function slackLine(elements: readonly object[]): object {
  return { type: "rich_text_section", elements };
}

/** Teams takes an Adaptive Card in a message of at most 28 kB (Workflows, "post to a channel when a webhook request is received"). */
function teamsMessage({ title, entries, more, foot, link }: ToldAlert) {
  const block = (text: string, says: object = {}) => ({
    ...{ type: "TextBlock", text: cardText(shorten(text, 900)), wrap: true },
    ...says,
  });
  const told = withinRoom(entries, ({ headline, marks, quotes, link: page }) => [
    block(headline, { weight: "Bolder", separator: true }),
    ...(marks.length > 0 ? [block(marks.join(" · "), { isSubtle: true, spacing: "None" })] : []),
    ...quotes
      .slice(0, 2)
      .flatMap(({ words, from }) => [
        ...(words === null ? [] : [block(words)]),
        block(`— ${from}`, { isSubtle: true, spacing: "None" }),
      ]),
    ...(page ? [{ type: "ActionSet", actions: [{ type: "Action.OpenUrl", title: "Open", url: page }] }] : []),
  ]);
  const left = more + entries.length - told.length;
  return {
    type: "message",
    summary: title,
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          ...{ $schema: "http://adaptivecards.io/schemas/adaptive-card.json", type: "AdaptiveCard", version: "1.4" },
          body: [
            block(title, { size: "Medium", weight: "Bolder" }),
            ...told.flat(),
            ...(left > 0 ? [block(`… and ${left} more: ${link}`)] : []),
            block(foot, { isSubtle: true, size: "Small" }),
          ],
        },
      },
    ],
  };
}

/** Text blocks of cards know a little Markdown: what would be taken for it is escaped. */
function cardText(text: string): string {
  return text.replaceAll(/[\\`*_[\]#]/g, "\\$&").replaceAll(/^(\s*)([-+>]|\d+\.)/gm, "$1\\$2");
}

/** Discord takes ten embeds, 6,000 characters in all (discord.com/developers/docs/resources/webhook). */
function discordMessage({ title, entries, more, foot }: ToldAlert) {
  let left = 5_400;
  const embeds = entries.slice(0, 10).flatMap((entry) => {
    if (left < 200) return [];
    const text = [
      ...entry.marks.map(discordText),
      ...entry.quotes.map(
        ({ words, from }) =>
          `${words === null ? "" : `> ${discordText(words).replaceAll("\n", "\n> ")}\n`}— ${discordText(from)}`,
      ),
    ].join("\n");
    const embed = {
      title: shorten(discordText(entry.headline), 250),
      ...(entry.link ? { url: entry.link } : {}),
      description: shorten(text, Math.min(1_800, left - 150)),
      footer: { text: shorten(foot, 120) },
    };
    left -= embed.title.length + embed.description.length + embed.footer.text.length;
    return [embed];
  });
  const hidden = more + entries.length - embeds.length;
  return {
    content: shorten(`${discordText(title)}${hidden > 0 ? ` (+${hidden} more)` : ""}`, 1_900),
    embeds,
    // Whatever a publisher wrote, nobody is called by it.
    allowed_mentions: { parse: [] },
  };
}

/** Discord knows Markdown, and mentions and times in angle brackets. */
function discordText(text: string): string {
  return text.replaceAll(/[\\`*_~|[\]<>]/g, "\\$&").replaceAll(/^(\s*)([-+#]|\d+\.)/gm, "$1\\$2");
}
