import { Engine } from "mrml";
import { escapeMarkup as escaped } from "./escape-markup.ts";
import { shorten } from "./shorten.ts";

const SANS = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, 'Noto Sans CJK SC', 'PingFang SC', sans-serif";
/** What quoted words are set in. */
export const MAIL_SERIF = "Georgia, 'Times New Roman', 'Noto Serif CJK SC', 'Songti SC', serif";

/** Mail programs drop style sheets in many places, so that MJML puts every rule on its element; what stands here is for dark mode alone. */
const DARK = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    body, body > div, .paper, .paper > table { background: #16181c !important; background-color: #16181c !important; }
    .ink div, .ink h1, .ink h2, .ink p { color: #e8e6e1 !important; }
    .ink .quiet { color: #a9a59c !important; }
    .ink h2, .foot { border-color: #3a3d44 !important; }
    .ink a { color: #8ab4f8 !important; }
  }`;

/** How a link looks. */
export const MAIL_LINK = "color: #0b4f9e";
/** Attributes of a line that says where something comes from. */
export const MAIL_QUIET = 'class="quiet" style="margin: 0; font-size: 13px; color: #5f5b54"';

/** A mail before it is laid out. Blocks and foot are HTML, made by those who know what in them is text; title and preview are text. */
export type MailPage = {
  readonly title: string;
  /** What a mail program shows beside the subject. */
  readonly preview: string;
  readonly lang: string;
  readonly blocks: readonly string[];
  readonly foot: string;
};

/**
 * Lays a mail out as HTML that reads well on a phone, in Outlook and in Gmail: with MJML, which knows their tables and conditional
 * comments. Nothing is loaded from anywhere.
 */
export function mailPage({ title, preview, lang, blocks, foot }: MailPage): string {
  return render(`<mjml lang="${escaped(lang)}">
  <mj-head>
    <mj-title>${escaped(title)}</mj-title>
    <mj-preview>${escaped(shorten(preview, 140))}</mj-preview>
    <mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
    <mj-attributes><mj-text font-family="${SANS}" font-size="16px" line-height="1.5" color="#1d1d1b" padding="0 16px" /></mj-attributes>
    <mj-style>${DARK}</mj-style>
  </mj-head>
  <mj-body width="600px" background-color="#f6f4ef" css-class="paper">
    <mj-section padding="16px 0 0" css-class="paper"><mj-column><mj-text css-class="ink">${blocks.join("\n")}</mj-text></mj-column></mj-section>
    <mj-section padding="16px 0 24px" css-class="paper"><mj-column><mj-text css-class="ink" font-size="13px" color="#5f5b54"><div class="foot quiet" style="border-top: 1px solid #cfcac0; padding-top: 12px; color: #5f5b54">${foot}</div></mj-text></mj-column></mj-section>
  </mj-body>
</mjml>`);
}

function render(mjml: string): string {
  const engine = new Engine();
  // No font is fetched: whoever opens a mail tells nobody of it.
  engine.setRenderOptions({ disableComments: false, socialIconOrigin: null, fonts: {} });
  try {
    const made = engine.toHtml(mjml);
    if (made.type === "success") return made.content;
    throw new Error(`the mail's markup is not MJML: ${made.message}`);
  } finally {
    engine.free();
  }
}
