import type { FC } from "hono/jsx";
import type { KnownDate } from "../domain/known-date.ts";
import { type Coverage, type CoveredSource, sumUpCoverage } from "./coverage-line.ts";
import { type DigestLanguage, type DigestWords, digestWords } from "./digest-words.ts";
import { linkTo } from "./links.ts";

/** A development as the digest tells it. */
export type DigestDevelopmentFacts = {
  readonly id: number;
  readonly type: string;
  readonly typeName: { readonly label: string; readonly labelZh: string | null };
  readonly severity: number;
  readonly summary: string;
  readonly hedge: string | null;
  readonly eventDate: KnownDate | null;
  readonly documentId: number;
  readonly documentTitle: string | null;
  readonly sourceTitle: string | null;
  readonly words: string | null;
};

/** A statement as the digest quotes it. */
export type DigestStatementFacts = {
  readonly id: number;
  readonly words: string;
  readonly lang: string | null;
  readonly speaker: { readonly text: string } | null;
  readonly saidAt: KnownDate | null;
  readonly documentTitle: string | null;
  readonly sourceTitle: string | null;
  readonly actorNames: readonly string[];
};

/** Everything a digest is made of. */
export type DigestFacts = {
  readonly day: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly timeZone: string;
  readonly lang: DigestLanguage;
  readonly publicUrl: string;
  readonly developments: readonly DigestDevelopmentFacts[];
  readonly statements: readonly DigestStatementFacts[];
  readonly coverage: readonly CoveredSource[];
  readonly intake: { readonly documents: number; readonly statements: number };
};

/** A digest ready to be sent. */
export type DigestMail = { readonly subject: string; readonly html: string; readonly plain: string };

/** Longest quotation in a mail, characters; the page has it whole. */
const LONGEST_QUOTE = 420;

/** Writes the daily mail: what changed in three lines, developments by severity, who said what, and how far silence may be believed. */
export function composeDigest(facts: DigestFacts): DigestMail {
  const words = digestWords(facts.lang);
  const coverage = sumUpCoverage(facts.coverage);
  const lines = topLines(facts, words, coverage);
  return {
    subject: subjectOf(facts, words, coverage),
    html: `<!DOCTYPE html>${(<DigestPage facts={facts} words={words} coverage={coverage} lines={lines} />).toString()}`,
    plain: plainText(facts, words, coverage, lines),
  };
}

function subjectOf({ developments }: DigestFacts, words: DigestWords, { complete }: Coverage): string {
  const [first] = developments;
  return first ? words.subjectNew(shorten(first.summary, 90), developments.length - 1) : words.subjectQuiet(complete);
}

function topLines({ developments, intake }: DigestFacts, words: DigestWords, coverage: Coverage): readonly string[] {
  const edits = developments.filter(({ type }) => type === "document.silent-edit").length;
  const first = developments[0] ? shorten(developments[0].summary, 200) : words.nothing(coverage.complete);
  return [
    first,
    words.counts(developments.length - edits, edits, intake.statements, intake.documents),
    words.coverage(coverage),
  ];
}

function plainText(facts: DigestFacts, words: DigestWords, coverage: Coverage, lines: readonly string[]): string {
  const { developments, statements, publicUrl } = facts;
  const heading = (text: string) => ["", text.toUpperCase(), ""];
  const told = developments.flatMap((one) => [
    `* ${one.summary} [${marksOf(one, words).join(", ")}]`,
    ...(one.words && one.words !== one.summary ? [`  “${shorten(one.words, LONGEST_QUOTE)}”`] : []),
    `  ${[one.sourceTitle, one.documentTitle].filter(Boolean).join(": ")}`,
    `  ${linkTo.development(publicUrl, one.id)}`,
    "",
  ]);
  const said = statements.flatMap((one) => [
    `* ${speakerOf(one, words)}${one.saidAt ? `, ${one.saidAt.value.slice(0, 10)}` : ""}:`,
    `  “${shorten(one.words, LONGEST_QUOTE)}”`,
    `  ${linkTo.statement(publicUrl, one.id)}`,
    "",
  ]);
  return [
    words.title(facts.day),
    "",
    ...lines,
    ...(told.length > 0 ? [...heading(words.developments), ...told] : []),
    ...heading(words.statements),
    ...(said.length > 0 ? said : [words.noStatements, ""]),
    "--",
    words.coverage(coverage),
    ...failingLines(coverage, words),
    words.foot,
    linkTo.today(publicUrl),
    "",
  ].join("\n");
}

/** Names each failing source; but one line says it all where the network of this machine is gone. */
function failingLines({ failing, offline, all }: Coverage, words: DigestWords): readonly string[] {
  return offline === null ? failing.map(({ title, why }) => words.failing(title, why)) : [words.offline(offline, all)];
}

function marksOf({ severity, type, typeName, hedge }: DigestDevelopmentFacts, words: DigestWords): readonly string[] {
  return [
    words.nameOf(typeName),
    words.severity(severity),
    ...(type === "document.silent-edit" ? [words.edited] : []),
    ...(hedge ? [`${words.reported}: ${hedge}`] : []),
  ];
}

function speakerOf({ actorNames, speaker }: DigestStatementFacts, words: DigestWords): string {
  return actorNames[0] ?? speaker?.text ?? words.unknownSpeaker;
}

function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most).toWellFormed();
  const space = cut.lastIndexOf(" ");
  return `${space > most / 2 ? cut.slice(0, space) : cut.replace(/\ufffd$/, "")}…`;
}

const SANS =
  "font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, 'Noto Sans CJK SC', 'PingFang SC', sans-serif;";
const SERIF = "font-family: Georgia, 'Times New Roman', 'Noto Serif CJK SC', 'Songti SC', serif;";

// Mail programs drop style sheets in many places, so every rule stands on its element; the sheet in the head is for dark mode alone.
const DARK = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .paper { background: #16181c !important; } .ink { color: #e8e6e1 !important; } .quiet { color: #a9a59c !important; }
    .rule { border-color: #3a3d44 !important; } a { color: #8ab4f8 !important; }
  }`;

type DigestPageFacts = { facts: DigestFacts; words: DigestWords; coverage: Coverage; lines: readonly string[] };

const DigestPage: FC<DigestPageFacts> = ({ facts, words, coverage, lines }) => (
  <html lang={facts.lang === "zh" ? "zh-CN" : "en"}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{words.title(facts.day)}</title>
      <style>{DARK}</style>
    </head>
    <body class="paper" style="margin: 0; padding: 0; background: #f6f4ef;">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
        <tr>
          <td align="center" style="padding: 16px 12px;">
            <table
              role="presentation"
              cellpadding="0"
              cellspacing="0"
              border={0}
              style="width: 100%; max-width: 600px;"
            >
              <tr>
                <td class="ink" style={`${SANS} font-size: 16px; line-height: 1.5; color: #1d1d1b; text-align: left;`}>
                  <h1 style={`${SANS} font-size: 20px; margin: 0 0 12px;`}>{words.title(facts.day)}</h1>
                  {lines.map((line) => (
                    <p style="margin: 0 0 6px;">{line}</p>
                  ))}
                  {facts.developments.length > 0 && <Heading text={words.developments} />}
                  {facts.developments.map((one) => (
                    <DevelopmentEntry one={one} words={words} publicUrl={facts.publicUrl} />
                  ))}
                  <Heading text={words.statements} />
                  {facts.statements.length === 0 && <p style="margin: 0 0 6px;">{words.noStatements}</p>}
                  {facts.statements.map((one) => (
                    <StatementEntry one={one} words={words} publicUrl={facts.publicUrl} />
                  ))}
                  <Foot words={words} coverage={coverage} publicUrl={facts.publicUrl} />
                </td>
              </tr>
            </table>
          </td>
        </tr>
      </table>
    </body>
  </html>
);

const Heading: FC<{ text: string }> = ({ text }) => (
  <h2
    class="rule"
    style={`${SANS} font-size: 15px; margin: 24px 0 12px; padding-top: 12px; border-top: 2px solid #1d1d1b;`}
  >
    {text}
  </h2>
);

const DevelopmentEntry: FC<{ one: DigestDevelopmentFacts; words: DigestWords; publicUrl: string }> = ({
  one,
  words,
  publicUrl,
}) => (
  <div style="margin: 0 0 18px;">
    <p style="margin: 0 0 4px;">
      <a href={linkTo.development(publicUrl, one.id)} style="color: #0b4f9e; font-weight: 600;">
        {one.summary}
      </a>
    </p>
    {one.words && one.words !== one.summary && <Quote text={one.words} />}
    <p class="quiet" style="margin: 0; font-size: 13px; color: #5f5b54;">
      {[...marksOf(one, words), one.sourceTitle, one.documentTitle].filter(Boolean).join(" · ")}
    </p>
  </div>
);

const StatementEntry: FC<{ one: DigestStatementFacts; words: DigestWords; publicUrl: string }> = ({
  one,
  words,
  publicUrl,
}) => (
  <div style="margin: 0 0 18px;">
    <p style="margin: 0 0 2px; font-weight: 600;">{speakerOf(one, words)}</p>
    <Quote text={one.words} lang={one.lang} />
    <p class="quiet" style="margin: 0; font-size: 13px; color: #5f5b54;">
      {[one.saidAt?.value.slice(0, 10), one.sourceTitle].filter(Boolean).join(" · ")}{" "}
      <a href={linkTo.statement(publicUrl, one.id)} style="color: #0b4f9e;">
        {one.documentTitle ?? words.open}
      </a>
    </p>
  </div>
);

const Quote: FC<{ text: string; lang?: string | null }> = ({ text, lang }) => (
  <p class="ink" {...(lang ? { lang } : {})} style={`${SERIF} margin: 0 0 4px; font-size: 17px; color: #1d1d1b;`}>
    “{shorten(text, LONGEST_QUOTE)}”
  </p>
);

const Foot: FC<{ words: DigestWords; coverage: Coverage; publicUrl: string }> = ({ words, coverage, publicUrl }) => (
  <div
    class="rule quiet"
    style="margin: 24px 0 0; padding-top: 12px; border-top: 1px solid #cfcac0; font-size: 13px; color: #5f5b54;"
  >
    <p style="margin: 0 0 6px;">
      <a href={linkTo.sources(publicUrl)} style="color: #0b4f9e;">
        {words.coverage(coverage)}
      </a>
    </p>
    {failingLines(coverage, words).map((line) => (
      <p style="margin: 0 0 6px;">{line}</p>
    ))}
    <p style="margin: 0 0 6px;">{words.foot}</p>
    <p style="margin: 0;">
      <a href={linkTo.today(publicUrl)} style="color: #0b4f9e;">
        {words.open}
      </a>
    </p>
  </div>
);
