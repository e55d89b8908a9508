import type { DigestLanguage } from "./digest-words.ts";
import { escapeMarkup } from "./escape-markup.ts";

const WORDS = {
  en: {
    subject: "Parley: please confirm your digest",
    lines: (link: string) => [
      "Somebody, probably you, asked for Parley's digest to be sent to this address.",
      "",
      "If it was you, open this page within a week and press the button:",
      link,
      "",
      "If not, do nothing: nothing more is sent.",
    ],
  },
  zh: {
    subject: "Parley：请确认订阅",
    lines: (link: string) => [
      "有人（很可能是您）请求将 Parley 简报发送至此邮箱。",
      "",
      "如果是您，请在一周内打开下列页面并按下按钮：",
      link,
      "",
      "如果不是您，无需理会，此后不会再收到邮件。",
    ],
  },
} as const;

/** Writes the question for consent to whoever an address belongs to. */
export function confirmLetter(address: string, lang: DigestLanguage, link: string) {
  const { subject, lines } = WORDS[lang];
  const plain = lines(link).join("\n");
  const html = `<pre style="font: 15px/1.5 sans-serif; white-space: pre-wrap">${escapeMarkup(plain).replace(
    escapeMarkup(link),
    `<a href="${escapeMarkup(link)}">${escapeMarkup(link)}</a>`,
  )}</pre>`;
  return { address, subject, plain, html };
}
