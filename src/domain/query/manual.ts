import { type Field, type FieldName, fieldNames, fieldOf } from "./field.ts";
import { MOST_BESIDE_NEAR, MOST_TOGETHER } from "./parse.ts";

/** Questions that show what the language can say, with what they ask for; a test reads every one. */
export const questionExamples: readonly (readonly [question: string, asks: string])[] = [
  ["guardrails talks", "both words, in any form: `guardrail`, `talked`"],
  ['"red lines"', "these words together, in exactly this form, in either case"],
  ["人工智能 对话", "both, without a space needed between the words of the text; one character is enough"],
  ["talks OR dialogue OR 对话", "any of them"],
  ["talks -trade", "the one without the other; `NOT trade` is the same"],
  ["(talks OR dialogue) -(trade OR tariffs)", "parentheses group"],
  [
    "talks NEAR/5 Geneva",
    "at most five words apart, in either order; NEAR alone means 10; Chinese characters count as words",
  ],
  ["U.S. AI-enabled", "points in abbreviations do not matter; words joined by marks stand beside each other"],
  ["US", 'in capitals the name (`US`, `U.S.`), not the word "us"; so with `IT` and `WHO`; in small letters both'],
  ['actor:"Ministry of Foreign Affairs of China" since:2026-05', "a name with spaces stands in quotation marks"],
  ["topic:frontier,process lang:zh", "values joined by commas, of which one is enough"],
  ["-side:US severity:4", "filters can be refused like words"],
  ["(topic:frontier OR body:us-commerce) kind:direct", "words and filters mix"],
];

/** The classes of the sources in the catalogue that ships, in the order of the alphabet; a test holds them against it. */
export const sourceClasses: readonly string[] = [
  "civil-society",
  "discovery",
  "government-portal",
  "journal",
  "lab",
  "legislature",
  "ministry",
  "ministry-briefing",
  "ministry-calendar",
  "multilateral",
  "multilateral-briefing",
  "newsletter",
  "official-mirror",
  "official-readout",
  "press",
  "regulator",
  "state-media",
  "think-tank",
  "track2",
];

/** Prints docs/query.md. */
export function queryManual(): string {
  return `# The query language

One language for everything that is asked: \`parley search\`, the search page, the API's \`q\`, feeds, and rules.

This page is printed from \`src/domain/query/\` by \`npm run docs:print\`; a test reads every example on it.

## Words

Words beside each other must all be met; \`AND\` between them says the same. \`OR\` (or \`|\`) binds less than that, \`NOT\` (or \`-\`) and
\`NEAR\` bind more; parentheses group. The operators are written in capitals: \`or\` is a word. Full-width marks （）：“” and 「」 are taken too.

| question | asks for |
|---|---|
${questionExamples.map(([question, asks]) => `| \`${question.replaceAll("|", "\\|")}\` | ${asks} |`).join("\n")}

English words are compared by their stems (the Porter2 algorithm), without regard to case and accents. Chinese, Japanese and Korean are
compared character by character: words of one, two and more characters are found, and a mark between characters parts them.
Of a word that stands over 255 times in a statement or document, and in one of over 16,000 words, the index does not know every place: there, such words
near each other, joined by marks, or of several Chinese characters count as found where all of them stand in it, in whatever order; what stands in
quotation marks is found exactly there too. What NOT leaves out is left out by the same rule. Rules, which read the text itself, know every place.

## Filters

A filter is written \`name:value\`, without a space; several values joined by commas mean any of them, and two filters must both be met.

| filter | asks for | expected | example |
|---|---|---|---|
${fieldNames.map(fieldRow).join("\n")}

The sources that ship are of the classes ${sourceClasses.map((name) => `\`${name}\``).join(", ")}; a catalogue of your own may have others.

Asked of a **document**, words are looked for in the title and the text of the version that counts today; nothing is near, or stands together,
across the two. \`lang:\`, \`source:\` and \`class:\` are the document's own, \`since:\` and \`until:\` mean when it was published. \`actor:\`, \`body:\`,
\`side:\`, \`topic:\`, \`kind:\`, \`act:\`, \`fidelity:\` and \`confidence:\` are met by one of its statements, each filter by itself; \`type:\`, \`status:\`,
\`severity:\` and \`first:\` by a development that it has shown. Withdrawn documents are found, and say so. A document is found within a minute after it was
read or read anew, later while pages wait to be read. Of a longer text the first million characters are searched, and of a text with
some hundred thousand different words the first of them.

Asked of a **statement**, \`type:\`, \`status:\`, \`severity:\` and \`first:\` look at the developments that it shows. Asked of a **development**, \`kind:\`,
\`act:\`, \`fidelity:\`, \`confidence:\`, \`lang:\`, \`source:\` and \`class:\` look at the statements and documents that show it (one of them is enough),
and \`since:\` and \`until:\` at the moment it was detected; for statements these two mean when the words were said. What has no date lies in no period.

## Mistakes

Nothing that was typed is skipped. What cannot be understood is refused, at its place, with what is expected there and the name that may have
been meant. At most 2,000 characters, 60 words and filters, 30 parentheses deep; ${MOST_TOGETHER} words in a phrase and ${MOST_BESIDE_NEAR} on one side of
NEAR (Chinese: pairs of characters). On the pages and in the API a question that keeps the database busy for longer than 15 seconds is
stopped, and answered with 503.

A search for statements that finds nothing names, on its page and on the command line, the topic or actor that its words may stand for, and
for a word of Latin letters that stands in no statement (\`hotlnie\`) the nearest one among the names of the catalogue and the words of the newest
500 statements. Words in quotation marks are taken as they are.
`;
}

function fieldRow(name: FieldName): string {
  const { says, expected, example }: Field = fieldOf(name);
  return `| \`${name}:\` | ${says} | ${expected} | \`${example}\` |`;
}
