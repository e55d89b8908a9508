/** Titles and first words of pages that stand in for the one that was asked for. */
const SIGNS =
  /technical difficulties|access denied|attention required|just a moment|are you (?:a )?(?:robot|human)|pardon our interruption|verify(?:ing)? (?:that )?you are (?:a )?human|enable javascript and cookies|checking your browser|request (?:was )?(?:blocked|rejected)|forbidden|service (?:temporarily )?unavailable|bad gateway|(?:page|file|content) (?:not found|you (?:are looking|requested).{0,40}(?:not|n.t|no longer))|not found|error 40[134]|\b40[34]\b|unusual traffic|captcha|too many requests|访问频繁|安全验证|验证码|请求被拒绝|系统繁忙|页面(?:不存在|没有找到|未找到)|您访问的页面|访问被拒绝|网站防火墙|人机验证/i;

/** An article is longer than the notice on a block page. */
const LONGEST_NOTICE = 1200;

/** Foreign ministry pages that are gone answer 200 from this address. */
const SYSTEM_ADDRESS = /\/web\/system\/.*index_17321|\/(?:404|error|notfound)(?:\.s?html?|\/)?(?:$|\?)/i;

/**
 * Tells whether a page is an error notice, captcha or "Technical Difficulties" page that was answered with status 200.
 * Only short pages count, and a sign in the middle of an article's prose does not.
 */
export function isBlockPage(page: {
  readonly title: string | null;
  readonly text: string;
  readonly url: string;
}): boolean {
  if (page.text.length > LONGEST_NOTICE) return false;
  if (SYSTEM_ADDRESS.test(page.url)) return true;
  if (page.title && page.title.length < 80 && SIGNS.test(page.title)) return true;
  return page.text.length < 400 && SIGNS.test(page.text.slice(0, 200));
}
