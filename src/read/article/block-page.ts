/** Words that only notices of servers, firewalls and check pages hold. */
const NOTICE =
  /technical difficulties|attention required!|just a moment\.\.\.|are you (?:a )?(?:robot|human)|pardon our interruption|verify(?:ing)? (?:that )?you are (?:a )?human|enable javascript and cookies|checking your browser|request (?:was |has been )?(?:blocked|rejected)|unusual traffic from|complete the captcha|too many requests|访问频繁|安全验证|验证码|请求被拒绝|系统繁忙|页面(?:不存在|没有找到|未找到)|您访问的页面|访问被拒绝|网站防火墙|人机验证/i;

/** Titles of error pages; the words are common, so the whole title must be no more than that and a site's name. */
const ERROR_TITLE =
  /^(?:http )?(?:error )?(?:40[0134]|410|429|50[0234])\b.{0,40}$|^(?:access (?:to this page has been )?denied|forbidden|just a moment|attention required|are you a robot|service (?:temporarily )?unavailable|bad gateway|(?:the )?(?:page|file|content) (?:can ?not be|was not|not) found|not found|captcha|security check|site maintenance|we.ll be right back)\b.{0,40}$/i;

/** An article is longer than the notice on a block page. */
const LONGEST_NOTICE = 1200;
const LONGEST_PLAIN_NOTICE = 400;

/** Foreign ministry pages that are gone answer 200 from this address. */
const SYSTEM_ADDRESS = /\/web\/system\/.*index_17321|\/(?:404|error|notfound)(?:\.s?html?|\/)?(?:$|\?)/i;

/**
 * Tells whether a page is an error notice, captcha or "Technical Difficulties" page that was answered with status 200.
 * Only short pages count: an article about a captcha is none.
 *
 * @param titles - Whatever the page calls itself: its `<title>`, its heading.
 */
export function isBlockPage(page: {
  readonly titles: readonly (string | null)[];
  readonly text: string;
  readonly url: string;
}): boolean {
  if (page.text.length > LONGEST_NOTICE) return false;
  if (SYSTEM_ADDRESS.test(page.url)) return true;
  if (page.titles.some((title) => title && title.length < 100 && (NOTICE.test(title) || ERROR_TITLE.test(title))))
    return true;
  return page.text.length < LONGEST_PLAIN_NOTICE && (NOTICE.test(page.text) || ERROR_TITLE.test(page.text));
}
