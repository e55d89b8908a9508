import type { ServerResponse } from "node:http";
import { deflateSync, gzipSync } from "node:zlib";
import iconv from "iconv-lite";

/** A document that hurts whoever takes it carelessly, and what may become of a poll of it. */
export type Poison = {
  readonly name: string;
  readonly answer: (response: ServerResponse, url: string) => void;
  /** The poll is recorded as read, or as failed with one of these codes; null where either will do, as long as it is no defect of ours. */
  readonly outcome: "read" | readonly string[] | null;
  /** So many entries are read from it, where that is certain. */
  readonly items?: number;
};

const item = (key: string, inner = "") =>
  `<item><title>Notice ${key}</title><link>https://norland.example/${encodeURIComponent(key)}</link><guid>${key}</guid>${inner}</item>`;
const rss = (items: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<rss version="2.0"><channel><title>Norland</title><link>https://norland.example</link>${items}</channel></rss>`;
const good = rss(item("a") + item("b"));

const send =
  (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/rss+xml", ...headers }).end(body);
  };
const xml = (name: string, body: string | Uint8Array, outcome: Poison["outcome"], items?: number): Poison => ({
  ...{ name, answer: send(body), outcome },
  ...(items === undefined ? {} : { items }),
});
const html = (title: string, words: string) =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><p>${words}</p></body></html>`;

const NO_FEED = ["not-a-feed", "page-gone", "page-blocked"];
const ANYTHING = null;

const MARKUP: readonly Poison[] = [
  xml("truncated in the middle of an entry", rss(item("a") + item("b")).slice(0, -90), ANYTHING),
  xml("a web page in place of a feed", html("Welcome", "All about Norland."), NO_FEED),
  xml("a channel without entries", rss(""), "read", 0),
  xml("an empty channel", '<rss version="2.0"><channel/></rss>', ANYTHING),
  xml("nothing but a root", "<rss/>", ANYTHING),
  xml("a bare ampersand", rss(item("a", "<description>Tom & Co & <b>x</b></description>") + item("b")), "read", 2),
  xml("a byte order mark", `\ufeff${good}`, "read", 2),
  xml("NUL bytes", good.replace("Notice a", "Not\0ice a"), ANYTHING),
  xml("a lone surrogate as a character reference", good.replace("Notice a", "Notice &#xD800;"), ANYTHING),
  xml("control characters", good.replace("Notice a", "Not\u0001\u0008ice a"), ANYTHING),
  xml(
    "GBK that declares nothing",
    iconv.encode(rss(item("a", "<description>外交部发言人主持例行记者会</description>"), ""), "gbk"),
    "read",
    1,
  ),
  xml("GBK that calls itself UTF-8", iconv.encode(good.replace("Notice a", "外交部"), "gbk"), ANYTHING),
  xml("UTF-16 without a mark", iconv.encode(good.replace("UTF-8", "UTF-16"), "utf-16le"), ANYTHING),
  xml("an encoding that does not exist", good.replace("UTF-8", "klingon-8"), ANYTHING),
  xml(
    "one bad date among good",
    rss(item("a", "<pubDate>soon</pubDate>") + item("b", "<pubDate>Tue, 19 May 2026 12:00:00 GMT</pubDate>")),
    "read",
    2,
  ),
  xml("a date in the future", rss(item("a", "<pubDate>Tue, 19 May 2099 12:00:00 GMT</pubDate>")), "read", 1),
  xml("the year 1", rss(item("a", "<pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate>")), "read", 1),
  xml("the year 9999", rss(item("a", "<pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate>")), "read", 1),
  xml("a date beyond all years", rss(item("a", "<pubDate>+275761-01-01T00:00:00Z</pubDate>")), "read", 1),
  xml(
    "a title of a megabyte",
    rss(`<item><title>${"long ".repeat(200_000)}</title><guid>a</guid></item>${item("b")}`),
    "read",
    2,
  ),
  xml("an id of a megabyte", rss(item("k".repeat(1_000_000)) + item("b")), ANYTHING),
  xml(
    "one id with two texts",
    rss(item("a", "<description>one</description>") + item("a", "<description>two</description>")),
    "read",
  ),
  xml(
    "entries without id and address",
    rss("<item><title>Notice</title></item><item><description>words</description></item>"),
    "read",
    2,
  ),
  xml("10,000 entries", rss(Array.from({ length: 10_000 }, (_, n) => item(`many-${n}`)).join("")), "read", 10_000),
  xml(
    "5,000 levels in one entry",
    rss(item("a", `<x>${"<d>".repeat(5_000)}${"</d>".repeat(5_000)}</x>`) + item("b")),
    ANYTHING,
  ),
  xml("100,000 levels", rss("<d>".repeat(100_000) + "</d>".repeat(100_000)), ["not-a-feed", "reader-crashed"]),
  xml("tags that never close", `${"<rss><channel><item>".repeat(20_000)}`, ANYTHING),
  xml(
    "40,000 broken tags in a description",
    rss(item("a", `<description>${"a&lt;p".repeat(40_000)}</description>`)),
    "read",
    1,
  ),
  xml("a CDATA section that never ends", rss(`${item("a")}<item><description><![CDATA[ endless`), ANYTHING),
  xml(
    "50,000 CDATA sections",
    rss(item("a", `<description>${"<![CDATA[x]]>".repeat(50_000)}</description>`)),
    ANYTHING,
  ),
  xml("a comment of a megabyte", rss(`<!--${"-x".repeat(500_000)}-->${item("a")}`), ANYTHING),
  xml(
    "__proto__ as an element",
    rss(item("a", "<__proto__><polluted>yes</polluted></__proto__><constructor>x</constructor>")),
    "read",
    1,
  ),
  xml(
    "__proto__ as a JSON key",
    '{"version":"https://jsonfeed.org/version/1.1","title":"x","__proto__":{"polluted":true},"items":[{"id":"a","__proto__":{"x":1}}]}',
    ANYTHING,
  ),
  xml("JSON nested 100,000 deep", "[".repeat(100_000), NO_FEED),
  xml("JSON that is no feed", '{"a":1}', NO_FEED),
  xml(
    "addresses that are no addresses",
    rss(
      `<item><title>t</title><link>javascript:alert(1)</link><guid>a</guid></item><item><title>t</title><link>data:text/html,x</link><guid>b</guid></item>`,
    ),
    "read",
    2,
  ),
  xml(
    "addresses inside the network",
    rss(`<item><title>t</title><link>http://169.254.169.254/latest/meta-data/</link><guid>inside</guid></item>`),
    "read",
    1,
  ),
  xml("letters that turn the line around", good.replace("Notice a", "Notice \u202e gpj.exe"), "read", 2),
  xml("letters without width", good.replace("Notice a", "No\u200bti\u200dce\ufeff"), "read", 2),
  xml("combining marks without end", good.replace("Notice a", `a${"\u0301".repeat(100_000)}`), "read", 2),
  xml(
    "a billion laughs",
    good
      .replace(
        "<rss",
        '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss',
      )
      .replace("Notice a", "&c;"),
    ANYTHING,
  ),
  xml(
    "an external entity",
    good.replace("<rss", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss').replace("Notice a", "&x;"),
    ANYTHING,
  ),
  xml(
    "an external document type",
    good.replace("<rss", '<!DOCTYPE rss SYSTEM "http://169.254.169.254/rss.dtd"><rss'),
    ANYTHING,
  ),
  xml("entities of HTML", good.replace("Notice a", "Notice&nbsp;&mdash;&hellip;&notaword;"), ANYTHING),
  xml(
    "100,000 attributes",
    good.replace("<channel>", `<channel ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(" ")}>`),
    ANYTHING,
  ),
  xml(
    "namespaces without end",
    rss(Array.from({ length: 3_000 }, (_, n) => `<n${n}:x xmlns:n${n}="urn:${n}">y</n${n}:x>`).join("") + item("a")),
    ANYTHING,
  ),
  xml(
    "random bytes",
    Uint8Array.from({ length: 200_000 }, (_, n) => (n * 7_919 + (n >> 3) * 104_729) % 256),
    NO_FEED,
  ),
  xml("an image", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...new Array(5_000).fill(0x41)]), NO_FEED),
];

const WIRE: readonly Poison[] = [
  {
    name: "304 that was not asked for, with a body",
    answer: send(good, {}, 304),
    outcome: ["http-unexpected", "net-unreachable"],
  },
  { name: "200 with nothing", answer: send(""), outcome: NO_FEED },
  {
    name: "a page that says it is not found",
    answer: send(html("404 Not Found", "The page was not found."), { "content-type": "text/html" }),
    outcome: NO_FEED,
  },
  {
    name: "a bot check with 403",
    answer: send(
      html("Just a moment...", "Checking your browser."),
      { "content-type": "text/html", "cf-mitigated": "challenge" },
      403,
    ),
    outcome: ["http-refused"],
  },
  {
    name: "a bot check with 200",
    answer: send(html("Just a moment...", "Checking your browser."), { "content-type": "text/html" }),
    outcome: ["page-blocked"],
  },
  {
    name: "gzip that is none",
    answer: send("no gzip at all", { "content-encoding": "gzip" }),
    outcome: ["bad-encoding"],
  },
  {
    name: "gzip cut short",
    answer: send(gzipSync(good).subarray(0, 60), { "content-encoding": "gzip" }),
    outcome: ["bad-encoding", "net-unreachable"],
  },
  {
    name: "200 MB packed small",
    answer: send(gzipSync(Buffer.alloc(200_000_000, 32)), { "content-encoding": "gzip" }),
    outcome: ["too-large"],
  },
  {
    name: "packed twice",
    answer: send(gzipSync(gzipSync(Buffer.alloc(50_000_000, 32))), { "content-encoding": "gzip, gzip" }),
    outcome: ["too-large"],
  },
  {
    name: "packed six times",
    answer: send(good, { "content-encoding": "gzip, gzip, gzip, gzip, gzip, gzip" }),
    outcome: ["bad-encoding"],
  },
  {
    name: "an encoding nobody knows",
    answer: send(deflateSync(good), { "content-encoding": "zpaq" }),
    outcome: ["bad-encoding"],
  },
  {
    name: "a body that breaks off",
    answer: (response) => {
      response.writeHead(200, { "content-type": "application/rss+xml" });
      response.write(good.slice(0, 50));
      setTimeout(() => response.destroy(), 50);
    },
    outcome: ["net-unreachable"],
  },
  {
    name: "a length that is too long",
    answer: (response) => {
      response.writeHead(200, { "content-length": String(good.length + 500) });
      response.write(good);
      setTimeout(() => response.destroy(), 50);
    },
    outcome: ["net-unreachable"],
  },
  {
    name: "a length of a terabyte",
    answer: (response) => {
      response.writeHead(200, { "content-length": "1000000000000" });
      response.write(good);
    },
    outcome: ["too-large"],
  },
  {
    name: "a drip that never ends",
    answer: (response) => {
      response.writeHead(200, { "content-type": "application/rss+xml" });
      const timer = setInterval(() => response.write("<x/>"), 300);
      response.on("close", () => clearInterval(timer));
    },
    outcome: ["net-timeout"],
  },
  {
    name: "headers and then silence",
    answer: (response) => response.writeHead(200).flushHeaders(),
    outcome: ["net-timeout"],
  },
  { name: "silence", answer: () => {}, outcome: ["net-timeout"] },
  {
    name: "a redirect to itself",
    answer: (response, url) => response.writeHead(302, { location: url }).end(),
    outcome: ["too-many-redirects"],
  },
  { name: "a redirect to nowhere", answer: (response) => response.writeHead(302).end(), outcome: ["http-unexpected"] },
  {
    name: "a redirect into the network",
    answer: (response) => response.writeHead(301, { location: "http://169.254.169.254/" }).end(),
    outcome: ["net-forbidden"],
  },
  {
    name: "a redirect to a file",
    answer: (response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
    outcome: ["net-forbidden"],
  },
  {
    name: "a redirect to a login",
    answer: (response, url) =>
      url.endsWith("/login")
        ? send(html("Sign in", "Please sign in."), { "content-type": "text/html" })(response)
        : response.writeHead(301, { location: `${url}/login` }).end(),
    outcome: NO_FEED,
  },
  {
    name: "a Retry-After of a century",
    answer: send("", { "retry-after": "3153600000" }, 503),
    outcome: ["http-busy"],
  },
  { name: "a Retry-After below zero", answer: send("", { "retry-after": "-5" }, 429), outcome: ["http-busy"] },
  {
    name: "a Retry-After in the past",
    answer: send("", { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }, 503),
    outcome: ["http-busy"],
  },
  { name: "a Retry-After in words", answer: send("", { "retry-after": "tomorrow" }, 503), outcome: ["http-busy"] },
  { name: "410", answer: send("", {}, 410), outcome: ["http-gone"] },
  { name: "a status that does not exist", answer: send("", {}, 799), outcome: ["http-busy", "http-unexpected"] },
  {
    name: "a validator that changes each time",
    answer: (response) => send(good, { etag: `W/"${process.hrtime.bigint()}"` })(response),
    outcome: "read",
    items: 2,
  },
  { name: "a validator of 8 KB", answer: send(good, { etag: `"${"e".repeat(8_000)}"` }), outcome: "read", items: 2 },
  {
    name: "headers of 100 KB",
    answer: send(good, { "x-padding": "p".repeat(100_000) }),
    outcome: ["too-large"],
  },
  {
    name: "12 MB of feed",
    answer: send(
      rss(
        Array.from({ length: 60_000 }, (_, n) =>
          item(`big-${n}`, `<description>${"word ".repeat(20)}</description>`),
        ).join(""),
      ),
    ),
    outcome: ["too-large"],
  },
  {
    name: "9 MB of feed",
    answer: send(
      rss(
        Array.from({ length: 20 }, (_, n) =>
          item(`wide-${n}`, `<description>${"word ".repeat(90_000)}</description>`),
        ).join(""),
      ),
    ),
    outcome: ANYTHING,
  },
];

/** The whole corpus: hostile markup, and hostile servers. */
export const POISONS: readonly Poison[] = [...MARKUP, ...WIRE];
