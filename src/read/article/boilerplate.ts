import type { MarkupElement } from "../text/dom.ts";
import { bareLetters } from "../text/plain-text.ts";
import type { LooseBlock } from "./blocks.ts";

/** Whole lines that belong to the page and not to its text. */
const LINES: readonly RegExp[] = [
  /^[[【(（]?\s*(?:print|close|打印|关闭|打印本页|关闭窗口|返回顶部|字号|纠错)\s*[\]】)）]?(?:\s*[[【(（]?\s*(?:print|close|打印|关闭|关闭窗口|本页|纠错)\s*[\]】)）]?)*$/i,
  /^(?:分享到|分享至|分享让更多人看到|扫一扫|扫码|微信扫一扫|来源：|上一篇|下一篇|相关新闻|相关链接|推荐阅读|延伸阅读|相关阅读|更多精彩)/,
  /^[（(【[]?\s*(?:责任编辑|责编|编辑|本文编辑|网络编辑|值班编辑|责任校对|校对|审核|编审)\s*[：:].{0,40}$/,
  /^【纠错】/,
  /^(?:#\s*){2,}$|^[*•·]\s*[*•·](?:\s*[*•·])*$|^-{3,}$|^_{3,}$|^={3,}$/,
  /^(?:share this (?:page|article|story|post)|share|share on .{2,30}|tweet|email|print this page|back to top|skip to (?:main )?content|read more|continue reading|advertisement|advertising|sponsored|related (?:articles|stories|content|posts|links)|most (?:read|popular)|sign up.{0,60}newsletter.{0,40}|subscribe.{0,40}|follow us.{0,60}|click here.{0,60}|listen|listen to (?:this )?article|copy link|save|comments?|leave a (?:comment|reply)|view comments)[.:!]?$/i,
  /^(?:photo|image|picture|photograph|illustration|video|credit|source)s?(?: credit)?\s*[:：]\s.{0,120}$/i,
  /^(?:read more|also read|read also|see also|related|more on this|watch|recommended)\s*[:：]\s?.{0,200}$/i,
  /^©|^copyright\s(?:©|\(c\)|\d{4})|^all rights reserved\.?$/i,
];

/** Lines that end the text: what follows is the page's tail. */
const TAIL = /^(?:分享到[：:]?|【纠错】.{0,60}|\[\s*print\s*\]\s*\[\s*close\s*\])$/i;

/** Tells whether a line stands on the page around a text rather than in it. */
function isBoilerplateLine(text: string): boolean {
  return text.length <= 220 && LINES.some((pattern) => pattern.test(text));
}

/**
 * Takes the lines of the page out of its text: share and print links, editors, separators, everything from the tail on,
 * the title printed again, and a block that repeats the one before it.
 */
export function withoutBoilerplate(blocks: readonly LooseBlock[], title: string | null): LooseBlock[] {
  const bareTitle = title ? bareLetters(title) : "";
  const kept: LooseBlock[] = [];
  for (const [index, block] of blocks.entries()) {
    if (TAIL.test(block.text) && index * 2 > blocks.length) break;
    if (isBoilerplateLine(block.text)) continue;
    if (index < 4 && bareTitle && bareLetters(block.text) === bareTitle) continue;
    if (kept.at(-1)?.text === block.text && block.text.length > 20) continue;
    kept.push(block);
  }
  while (kept.at(-1)?.kind === "heading") kept.pop();
  return kept;
}

/** Parts of a class or id that name what surrounds an article. */
const SURROUNDING =
  /(?:^|[\s_-])(?:caption|credits?|related(?!-?to)|recirc\w*|recommend\w*|share\w*|sharing|social\w*|newsletter\w*|subscri\w+|promo\w*|advert\w*|ads?|advertisement|sponsor\w*|outbrain|taboola|comments?|disqus\w*|respond|breadcrumbs?|sidebar|sidenav|toolbar|footer|toc|pagination|pager|tags?|tag-?list|tagcloud|topics-list|keywords?|author-?(?:bio|box|info|card)|about-?author|bio|biography|byline|trending|popular|most-?read|read-?more|more-?(?:on|stories|news|from)|also-?read|see-?also|signup|sign-up|login|paywall-\w+|cookie\w*|gdpr|modal|popup|regwall|tooltip|print\w*|screen-?reader\w*|sr-only|visually-?hidden|visuallyhidden|skip-?link\w*|infobox-?ad|jp-relatedposts|sharedaddy|wp-caption-text|image-?(?:caption|credit)|photo-?(?:caption|credit)|media-?caption|gallery-?caption|editors?-?picks?|nav|navigation|menu|widget|banner|donate|donation|rating|poll)(?:$|[\s_-])/i;

/** Text in an element above which its class name is not believed: some sites name the whole article so. */
export const LONGEST_SURROUNDING = 1500;

/** Tells whether an element's class, id or role names it as something around the article. */
export function isSurrounding(element: MarkupElement): boolean {
  const { class: names = "", id = "", role = "" } = element.attribs;
  if (/^(?:navigation|complementary|contentinfo|banner|dialog|search|menu|toolbar)$/.test(role)) return true;
  return SURROUNDING.test(names) || SURROUNDING.test(id);
}
