import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/load.ts";
import { documentIdentity } from "../../../src/domain/document-identity.ts";
import { siteTable } from "../../../src/domain/site.ts";
import { shipped } from "../../../src/paths.ts";
import { readFeed } from "../../../src/read/feed/feed.ts";
import { noHints } from "../../../src/read/hints.ts";
import { fetched } from "../fetched.ts";

const { sources, sites } = loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null });
const hex = "0123456789abcdef".repeat(2);

/** Reads an invented list as the shipped source of this id does; the layouts are those of the real lists, the words are ours. */
async function readAs(id: string, body: string | Uint8Array, given: { url?: string; type?: string } = {}) {
  const source = sources.find((one) => one.id === id);
  if (!source?.list) throw new Error(`no source ${id} with a list`);
  return readFeed(fetched(body, { url: source.list.url, ...given }), { ...noHints, source });
}

const shown = ({ items }: Awaited<ReturnType<typeof readAs>>) =>
  items.map(({ url, title, publishedAt }) => [url, title, publishedAt?.value ?? null]);

describe("the lists of publishers without feeds are read by the catalogue alone", () => {
  test("the Chinese foreign ministry's English list: ./ links, dates in addresses, navigation left out", async () => {
    const page = `<div class="nav"><a href="../../eng/gb/a-very-long-title-of-a-section/">The bureaus and departments of this ministry</a></div>
      <ul class="news_list"><li><a href="./202605/t20260519_11912345.html">Spokesperson\u2019s Regular Press Conference on May 19, 2026</a></li>
      <li><a href="./202605/t20260518_11911111.html">Spokesperson&#39;s&nbsp;Regular Press\u3000Conference on May 18, 2026</a></li></ul>
      <script>var countPage = 143</script>`;
    expect(shown(await readAs("cn-mfa-presser-en", page))).toEqual([
      [
        "https://www.fmprc.gov.cn/eng/xw/fyrbt/lxjzh/202605/t20260519_11912345.html",
        "Spokesperson’s Regular Press Conference on May 19, 2026",
        "2026-05-19",
      ],
      [
        "https://www.fmprc.gov.cn/eng/xw/fyrbt/lxjzh/202605/t20260518_11911111.html",
        "Spokesperson's Regular Press Conference on May 18, 2026",
        "2026-05-18",
      ],
    ]);
  });

  test("its Chinese list, also where the address that answers is another than the one that was asked", async () => {
    const page = `<div class="newsBd"><ul class="list1"><li><a href="./202605/t20260519_1191.shtml">2026年5月19日发言人主持例行记者会</a></li></ul></div>`;
    const url = "https://www.fmprc.gov.cn/fyrbt_673021/jzhsl_673025/index.shtml";
    expect(shown(await readAs("cn-mfa-presser-zh", page, { url }))).toEqual([
      [
        "https://www.fmprc.gov.cn/fyrbt_673021/jzhsl_673025/202605/t20260519_1191.shtml",
        "2026年5月19日发言人主持例行记者会",
        "2026-05-19",
      ],
    ]);
  });

  test("a GB2312 page under a false charset header, with // links and titles in attributes", async () => {
    const page = `<html><head><meta charset="gb2312"></head><body><div id="loadingInfoPage"><li><h5><a href="//www.cac.gov.cn/2026-06/18/c_1783525612489633.htm" title="人工智能服务管理办法（征求意见稿）">人工智能服务…</a></h5><div class="times">2026-06-18</div></li></div></body></html>`;
    const reading = await readAs("cn-cac-policy", iconv.encode(page, "gbk"), { type: "text/html; charset=utf-8" });
    expect(reading.encoding).toBe("gb18030");
    expect(shown(reading)).toEqual([
      ["https://www.cac.gov.cn/2026-06/18/c_1783525612489633.htm", "人工智能服务管理办法（征求意见稿）", "2026-06-18"],
    ]);
  });

  test("a list whose addresses hold the year alone takes the day from the row", async () => {
    const page = `<ul><li><a href="/zcfb/blgg/art/2026/art_${hex}.html" title="关于出口管制的公告">关于出口管制的公告</a><span>2026-07-15</span></li></ul>`;
    expect(shown(await readAs("cn-mofcom-policy", page))).toEqual([
      [`https://www.mofcom.gov.cn/zcfb/blgg/art/2026/art_${hex}.html`, "关于出口管制的公告", "2026-07-15"],
    ]);
  });

  test("a search API whose entries stand in lists inside lists", async () => {
    const answer = {
      data: {
        searchResult: {
          dataResults: [
            {
              groupData: [
                { data: { title: "<em>智能</em>制造通知", url: "/zwgk/art_1.html", jsearch_date: "2026-07-15" } },
              ],
            },
            { groupData: [] },
          ],
        },
      },
    };
    const reading = await readAs("cn-miit-policy", JSON.stringify(answer));
    expect(shown(reading)).toEqual([["https://www.miit.gov.cn/zwgk/art_1.html", "智能制造通知", "2026-07-15"]]);
  });

  test("WordPress posts of a route of its own", async () => {
    const post = {
      ...{ id: 77, date: "2026-05-19T16:31:00", link: "https://www.state.gov/releases/2026/05/slug/" },
      ...{ title: { rendered: "A Release &#8211; Day One" }, content: { rendered: "<p>Words.</p>" } },
    };
    // The answer gives no date_gmt: its date is the department's own.
    expect(shown(await readAs("us-state-press-json", JSON.stringify([post])))).toEqual([
      ["https://www.state.gov/releases/2026/05/slug/", "A Release – Day One", "2026-05-19T16:31:00-04:00"],
    ]);
  });
});

describe("feeds with habits of their own", () => {
  const rss = (inner: string) => `<rss version="2.0"><channel><title>Invented</title>${inner}</channel></rss>`;

  test("an id that ends in a version is the same entry in each", async () => {
    const feed = (version: number) =>
      rss(`<item><title>A</title><link>https://x.example/a</link><guid>https://x.example/a#${version}</guid></item>`);
    const keys = await Promise.all(
      [0, 3].map(async (version) => (await readAs("pr-bbc-china", feed(version))).items[0]?.key),
    );
    expect(keys).toEqual(["https://x.example/a", "https://x.example/a"]);
  });

  test("pinned old entries stay where they are, and a time of change that moves makes no new entry", async () => {
    const atom = (updated: string) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title>${[
        ["tag:x.example,2005:/1", "2020-01-01T00:00:00Z"],
        ["tag:x.example,2005:/9", updated],
      ]
        .map(
          ([id, at]) =>
            `<entry><id>${id}</id><title>T</title><link href="https://x.example/${id?.at(-1)}"/><updated>${at}</updated></entry>`,
        )
        .join("")}</feed>`;
    const read = async (updated: string) =>
      (await readFeed(fetched(atom(updated)), noHints)).items.map(({ key, updatedAt }) => [key, updatedAt?.value]);
    expect(await read("2026-05-19T10:00:00Z")).toEqual([
      ["tag:x.example,2005:/1", "2020-01-01T00:00:00Z"],
      ["tag:x.example,2005:/9", "2026-05-19T10:00:00Z"],
    ]);
    expect((await read("2026-05-20T10:00:00Z")).map(([key]) => key)).toEqual([
      "tag:x.example,2005:/1",
      "tag:x.example,2005:/9",
    ]);
  });

  test("an aggregator's opaque links and empty answers: entries without guessed publishers, and no failure", async () => {
    const feed = rss(
      `<item><title>Talks set for June - The Example Times</title><link>https://news.aggregator.example/rss/articles/CBMiQ0FV?oc=5</link><guid isPermaLink="false">CBMiQ0FV</guid><source url="https://times.example">The Example Times</source></item>`,
    );
    const { items } = await readFeed(fetched(feed), noHints);
    expect(items).toMatchObject([{ key: "CBMiQ0FV", title: "Talks set for June - The Example Times", author: null }]);
    expect(await readFeed(fetched(rss("")), noHints)).toMatchObject({ format: "rss", items: [], problems: [] });
  });

  test.each([
    "",
    "<!doctype html><html><head><title>Technical Difficulties</title></head><body><p>Sorry</p></body></html>",
  ])("what is no feed is never a feed without entries (%#)", async (body) => {
    expect(await readFeed(fetched(body), noHints)).toMatchObject({ format: null, problems: [{ code: "not-a-feed" }] });
  });
});

describe("addresses that moved are one document", () => {
  const table = siteTable(sites);
  test.each([
    [
      "the foreign ministry's two hosts and its old tree",
      "https://www.fmprc.gov.cn/eng/xw/fyrbt/lxjzh/202605/t20260519_11912345.html",
      "http://www.mfa.gov.cn/mfa_eng/xwfw_665399/s2510_665401/2511_665403/202605/t20260519_11912345.shtml",
    ],
    [
      "the pages of one China Daily article",
      "https://www.chinadaily.com.cn/a/202605/25/WS0123456789abcdef01234567.html",
      "https://global.chinadaily.com.cn/a/202605/25/WS0123456789abcdef01234567_2.html",
    ],
    [
      "Xinhua's old and new host",
      `http://www.xinhuanet.com/politics/20260519/${hex}/c.html`,
      `https://www.news.cn/world/20260519/${hex}/c.html`,
    ],
    [
      "the department that was renamed",
      "https://www.defense.gov/News/Releases/Release/Article/4100001/a-title/",
      "https://www.war.gov/News/Releases/Release/Article/4100001/a-title/",
    ],
    [
      "the committee that moved",
      "https://selectcommitteeontheccp.house.gov/media/press-releases/a-title",
      "https://chinaselectcommittee.house.gov/media/press-releases/a-title",
    ],
  ])("%s", (_, one, other) => {
    expect(documentIdentity(one, table)).toBe(documentIdentity(other, table));
  });

  test("but not the English and the Chinese version of one text, which have numbers of their own", () => {
    const [en, zh] = ["eng/xw/t20260519_1.html", "web/fyrbt/t20260519_2.shtml"].map((path) =>
      documentIdentity(`https://www.mfa.gov.cn/${path}`, table),
    );
    expect(en).not.toBe(zh);
  });
});
