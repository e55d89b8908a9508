import { describe, expect, test } from "vitest";
import type { DigestDevelopmentLine, DigestStatementLine } from "../../src/domain/digest-line.ts";
import { type CoveredSource, sumUpCoverage } from "../../src/present/coverage-line.ts";
import type { DigestFacts } from "../../src/present/digest-facts.ts";
import { composeDigest } from "../../src/present/digest-mail.ts";
import { hoursOn, noon } from "../support/moments.ts";
import { buildDay } from "../support/readings.ts";

const well: CoveredSource = {
  title: "Norland, briefings",
  reached: 24,
  failed: 0,
  lastFailure: null,
  lastFailureCode: null,
};
const failing: CoveredSource = {
  title: "Harbour Wire",
  reached: 3,
  failed: 2,
  lastFailure: "it answered 503",
  lastFailureCode: "http-busy",
};
const silent: CoveredSource = {
  title: "Vestria, readouts",
  reached: 0,
  failed: 0,
  lastFailure: null,
  lastFailureCode: null,
};

const source = { title: "Norland, briefings", titleZh: "诺兰例行记者会" };
const spokesperson = {
  ...{ name: "Ada Example", nameZh: "阿达" },
  office: { role: "Spokesperson", roleZh: "发言人", body: "Norland Ministry of Talks", bodyZh: "诺兰会谈部" },
};
type Quote = NonNullable<DigestDevelopmentLine["quote"]>;

function quote(says: Partial<Quote> = {}): Quote {
  return {
    ...{ words: "We will talk.", lang: "en", speaker: spokesperson, documentId: 9, documentTitle: "Regular briefing" },
    ...{ versionNumber: 2, mark: "s5", source },
    ...says,
  };
}

function development(says: Partial<DigestDevelopmentLine> = {}): DigestDevelopmentLine {
  return {
    typeName: { label: "Talks announced", labelZh: "宣布举行对话" },
    ...{ id: 3, type: "talks.announced", severity: 4, summary: "Norland and Vestria will talk.", hedge: null },
    ...{ eventDate: null, late: false, edited: false, conflict: false, thread: null, quote: quote() },
    ...says,
  };
}

function statement(says: Partial<DigestStatementLine> = {}): DigestStatementLine {
  return {
    ...{ id: 5, words: "我们将对话。", lang: "zh", speaker: { name: "发言人", nameZh: null, office: null } },
    ...{ saidAt: buildDay("2026-05-19"), reported: false, late: false, documentId: 9 },
    ...{ documentTitle: "例行记者会", versionNumber: 1, source },
    ...says,
  };
}

function compose(says: Partial<DigestFacts> = {}) {
  return composeDigest({
    ...{ period: "daily", day: "2026-05-19", periodStart: hoursOn(-24), periodEnd: noon, timeZone: "UTC", lang: "en" },
    ...{ publicUrl: "https://parley.example", developments: [], more: 0, statements: [], corrections: [] },
    ...{ coverage: [well], troubles: [], intake: { documents: 12, statements: 34 }, links: null },
    ...says,
  });
}

describe("coverage", () => {
  test.each([
    ["everything reached is complete", [well, well], { all: 2, reached: 2, complete: true }],
    [
      "a source whose last look failed is not reached, though earlier ones were",
      [well, failing],
      { reached: 1, complete: false },
    ],
    [
      "a source that nobody looked at is not reached",
      [well, silent],
      { reached: 1, silent: [silent.title], complete: false },
    ],
    ["no source at all is no silence to be believed", [], { all: 0, complete: false }],
    ["one that failed and came back is reached", [{ ...failing, lastFailure: null }], { reached: 1, complete: true }],
  ])("%s", (_, sources, summed) => {
    expect(sumUpCoverage(sources)).toMatchObject(summed);
  });
});

describe("the digest mail", () => {
  test("says that nothing is new only when every source was reached", () => {
    expect(compose().subject).toBe("Parley: nothing new, all sources reached");
    for (const coverage of [[well, failing], [well, silent], []]) {
      const mail = compose({ coverage });
      expect(mail.subject).toBe("Parley: nothing found, but not all sources were reached");
      expect(mail.plain).not.toContain("Nothing new: every source was reached.");
    }
  });

  test("does not believe silence either while Parley itself has not read all that came in", () => {
    const mail = compose({ troubles: ["3 rows have waited for the read worker."] });
    expect(mail.subject).toBe("Parley: nothing found, but not all that came in was read");
    for (const text of [mail.plain, mail.html])
      expect(text).toContain("Parley: 3 rows have waited for the read worker.");
    expect(compose({ lang: "zh", troubles: ["…"] }).subject).toContain("收到的内容尚未全部读完");
  });

  test("names each failing source and why", () => {
    const mail = compose({ coverage: [well, failing, silent] });
    for (const text of [mail.plain, mail.html]) {
      expect(text).toContain("1 of 3 sources reached; 1 failing; 1 not polled.");
      expect(text).toContain("Harbour Wire: it answered 503");
    }
  });

  test("says in one line that this machine has no network, in place of a line for each source", () => {
    const cut = Array.from({ length: 6 }, (_, index) => ({
      ...{ title: `Source ${index}`, reached: 0, failed: 3, lastFailure: "it could not be reached: name not known" },
      lastFailureCode: "net-unreachable",
    }));
    const mail = compose({ coverage: [well, ...cut] });
    for (const text of [mail.plain, mail.html]) {
      expect(text).toContain("6 of 7 sources could not be reached at all: this machine seems to have no network.");
      expect(text).not.toContain("name not known");
    }
    expect(compose({ lang: "zh", coverage: cut }).plain).toContain("6 个来源中有 6 个完全无法连接");
    expect(compose({ coverage: cut.slice(0, 4) }).plain).toContain("Source 3: it could not be reached");
  });

  test("begins with the gravest development and counts the others", () => {
    const mail = compose({
      developments: [development(), development({ id: 4, type: "document.silent-edit", edited: true })],
    });
    expect(mail.subject).toBe("Parley: Norland and Vestria will talk. (+1 more)");
    expect(mail.plain).toContain("1 new development, 1 silent edit; 34 statements from 12 documents.");
    expect(mail.plain).toContain("https://parley.example/developments/4");
  });

  test("quotes each statement word for word, in its language, with who said it, in what office, and where it stands", () => {
    const mail = compose({
      statements: [statement(), statement({ id: 6, speaker: spokesperson }), statement({ id: 7, speaker: null })],
    });
    expect(mail.plain).toContain(
      "发言人:\n  “我们将对话。”\n  2026-05-19 · Norland, briefings\n  https://parley.example/documents/9?v=1#s5",
    );
    expect(mail.plain).toContain("Ada Example, Spokesperson, Norland Ministry of Talks:");
    expect(mail.plain).toContain("unknown speaker:");
    expect(mail.html).toMatch(/<p lang="zh"[^>]*>“我们将对话。”<\/p>/);
    expect(mail.html).toContain('href="https://parley.example/documents/9?v=1#s5"');
  });

  test("names the office in Chinese in a Chinese digest, and in English where the catalogue has no Chinese", () => {
    const english = { ...spokesperson, office: { ...spokesperson.office, roleZh: null } };
    const mail = compose({ lang: "zh", statements: [statement({ speaker: spokesperson })] });
    expect(mail.plain).toContain("阿达（诺兰会谈部发言人）：");
    const other = compose({ lang: "zh", statements: [statement({ speaker: english })] });
    expect(other.plain).toContain("阿达（诺兰会谈部 Spokesperson）：");
  });

  test("tells what was changed in a page by its line, and never as anybody's words", () => {
    const summary = "“Fact sheet” was changed: “30 nations” → “31 nations”; and 5 more";
    const edit = development({ type: "document.silent-edit", edited: true, summary, quote: quote({ words: "31" }) });
    const mail = compose({ developments: [edit] });
    for (const text of [mail.plain, mail.html]) {
      expect(text).toContain("“30 nations” → “31 nations”; and 5 more");
      expect(text).not.toMatch(/“31”|Ada Example/);
      expect(text).toContain("Regular briefing");
    }
    const chinese = compose({ developments: [edit], lang: "zh" });
    for (const text of [chinese.subject, chinese.plain, chinese.html]) {
      expect(text).toContain("“Fact sheet”有改动：“30 nations”改为“31 nations”；另有 5 处");
      expect(text).not.toMatch(/was changed|more/);
    }
  });

  test("marks what is late, edited, in conflict or only reported", () => {
    const marked = development({ late: true, edited: true, conflict: true, hedge: "reportedly" });
    const mail = compose({ developments: [marked], statements: [statement({ late: true, reported: true })] });
    expect(mail.plain).toContain("late, edited, conflict, reported: reportedly]");
    expect(mail.plain).toContain("Norland, briefings · late · reported");
  });

  test("tells the developments of one thread together, with where it stands", () => {
    const thread = { id: 1, state: "scheduled" };
    const mail = compose({
      developments: [development({ id: 1, thread }), development({ id: 2 }), development({ id: 3, thread })],
    });
    const places = [1, 3, 2].map((id) => mail.plain.indexOf(`https://parley.example/developments/${id}`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(mail.plain).toContain("== now scheduled ==");
  });

  test("takes back what an earlier one told and does not hold", () => {
    const corrections = [
      { developmentId: 8, summary: "They met.", reason: "background", toldOn: "2026-05-18" },
    ] as const;
    for (const text of [compose({ corrections }).plain, compose({ corrections }).html]) {
      expect(text).toContain("The digest of 2026-05-18 told of this; it does not hold: it proved to be known before.");
    }
  });

  test("leads to the reader's own pages, and to none when it is only looked at", () => {
    const links = {
      manage: "https://parley.example/subscription/m1",
      unsubscribe: "https://parley.example/unsubscribe/u1",
    };
    expect(compose({ links }).html).toContain(links.unsubscribe);
    expect(compose({ links }).plain).toContain(links.manage);
    expect(compose().plain).not.toContain("/unsubscribe/");
  });

  test("keeps a hedge with the development", () => {
    expect(compose({ developments: [development({ hedge: "reportedly" })] }).plain).toContain("reported: reportedly");
  });

  test("speaks Chinese to who wants it, and leaves quotations in their language", () => {
    const mail = compose({ lang: "zh", developments: [development()], coverage: [well, failing] });
    expect(mail.plain).toContain("宣布举行对话");
    expect(mail.plain).toContain("2 个来源中已查阅 1 个；1 个失败。");
    expect(mail.plain).toContain("“We will talk.”");
    expect(mail.html).toContain('<html lang="zh-CN"');
  });

  test("shows markup as text, wherever a publisher put it", () => {
    const bad = '<script>alert(1)</script><a href="javascript:x">';
    const mail = compose({
      developments: [
        development({
          ...{ summary: bad, hedge: bad },
          quote: quote({ words: `${bad}!`, documentTitle: bad, source: { title: bad, titleZh: bad } }),
        }),
      ],
      statements: [statement({ words: bad, documentTitle: bad, speaker: { name: bad, nameZh: bad, office: null } })],
      coverage: [{ ...failing, title: bad, lastFailure: bad }],
    });
    expect(mail.html).not.toContain("<script>");
    expect(mail.html).not.toContain('href="javascript:');
  });

  test("cuts a long quotation at a word and never inside a character", () => {
    const long = compose({ statements: [statement({ words: `${"word ".repeat(300)}`, lang: "en" })] });
    expect(long.plain).toMatch(/word…”/);
    const emoji = compose({ statements: [statement({ words: "a".concat("😀".repeat(500)) })] });
    expect(emoji.plain.isWellFormed()).toBe(true);
    expect(emoji.plain).not.toContain("\ufffd");
  });

  test("loads nothing from anywhere: no image, no font, no script, no tracking address", () => {
    const { html } = compose({ developments: [development()], statements: [statement()] });
    expect(html).not.toMatch(/<(img|script|link|iframe)\b|url\(|@import/i);
    const addresses = [...html.matchAll(/href="([^"]+)"/g)].map(([, address]) => address ?? "");
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) expect(address).toMatch(/^https:\/\/parley\.example\//);
  });
});
