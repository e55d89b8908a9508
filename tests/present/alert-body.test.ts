import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AlertStatement } from "../../src/domain/alerted.ts";
import { alertBody } from "../../src/present/alert-body.ts";
import { type AlertMail, alertMailBody } from "../../src/present/alert-mail.ts";
import type { AlertDevelopment } from "../../src/present/alert-matter.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { buildDay } from "../support/readings.ts";

type Evidence = AlertDevelopment["evidence"][number];

function evidence(says: Partial<Evidence> = {}): Evidence {
  const title = "Regular briefing";
  const place = { documentId: 9, title, source: "Harbour Ministry", publishedAt: buildDay("2026-05-19") };
  return { words: "We will talk.", statementId: 5, ...place, ...says };
}

function development(says: Partial<AlertDevelopment> = {}): AlertDevelopment {
  return {
    ...{ id: 3, type: "talks.announced", severity: 4, status: "new", summary: "They will talk.", hedge: null },
    ...{ typeName: { label: "Talks announced" }, eventDate: buildDay("2026-05-19"), detectedAt: noon },
    ...{ topics: ["process.channel"] },
    ...{ actors: [{ id: "norland", name: "Norland" }], evidence: [evidence()] },
    ...says,
  };
}

const about = (says: Partial<AlertDevelopment> = {}) => ({
  ...{ rule: "talks", publicUrl: "https://parley.example", at: secondsOn(2) },
  news: { kind: "development" as const, late: false, development: development(says) },
});

describe("the body of an alert", () => {
  test("says what happened, which rule met it, and where the words stand", () => {
    expect(JSON.parse(alertBody(about()))).toEqual({
      ...{ type: "development.new", timestamp: "2026-05-19T12:00:02.000Z", version: 1 },
      data: {
        rule: "talks",
        late: false,
        development: {
          ...{ id: 3, type: "talks.announced", severity: 4, status: "new", summary: "They will talk.", hedge: null },
          ...{ eventDate: buildDay("2026-05-19"), topics: ["process.channel"], detectedAt: noon.toISOString() },
          actors: [{ id: "norland", name: "Norland" }],
          url: "https://parley.example/developments/3",
          evidence: [{ ...evidence(), url: "https://parley.example/statements/5" }],
        },
      },
    });
  });

  test("leads to the document where no statement shows it", () => {
    const body = JSON.parse(alertBody(about({ evidence: [evidence({ statementId: null })] })));
    expect(body.data.development.evidence[0].url).toBe("https://parley.example/documents/9");
  });

  test("is the same bytes for the same alert", () => {
    expect(alertBody(about())).toBe(alertBody(about()));
  });

  test("stays under the 20 kB that Standard Webhooks asks for, whatever publishers write", () => {
    const long = fc.constantFrom(
      "对话".repeat(3_000),
      "a ".repeat(20_000),
      "😀".repeat(5_000),
      '"\\\n'.repeat(9_000),
      "",
    );
    const hostile = fc.record({
      summary: long,
      hedge: fc.option(long),
      evidence: fc.array(
        fc.record({ words: long, title: fc.option(long) }).map((says) => evidence(says)),
        { maxLength: 30 },
      ),
      actors: fc.array(
        long.map((name) => ({ id: "norland", name })),
        { maxLength: 60 },
      ),
      topics: fc.array(fc.constant("process.channel"), { maxLength: 100 }),
    });
    fc.assert(
      fc.property(hostile, (says) => {
        const body = alertBody(about(says));
        expect(Buffer.byteLength(body)).toBeLessThan(20_000);
        expect(body.isWellFormed()).toBe(true);
        expect(JSON.parse(body).data.development.id).toBe(3);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the mail of an alert", () => {
  const mail = (says: Partial<AlertDevelopment> = {}) => JSON.parse(alertMailBody(about(says))) as AlertMail;

  test("says what happened, with the words and where they stand", () => {
    expect(mail().subject).toBe("Parley: They will talk.");
    expect(mail().text).toContain("“We will talk.”\n— Harbour Ministry, Regular briefing, 2026-05-19");
    expect(mail().text).toContain("https://parley.example/developments/3");
  });

  test("names what happened as people do, and links each headline to its page", () => {
    const { text, html } = mail();
    expect(text).toContain("Talks announced · severity 4 of 5");
    expect(`${text}${html}`).not.toContain("talks.announced");
    expect(html).toMatch(/<a href="https:\/\/parley\.example\/developments\/3"[^>]*>They will talk\.<\/a>/);
  });

  test("says when it happens, and where the words of its headline stand without repeating them", () => {
    const { text } = mail({ summary: "We will talk." });
    expect(text).toContain("severity 4 of 5 · event date 2026-05-19\n— Harbour Ministry, Regular briefing, 2026-05-19");
    expect(text).not.toContain("“");
  });

  test.each([
    ["direct", "affirmed", "Lan Qiao: “We will talk.”", "“We will talk.”", null],
    ["indirect", "negated", "(denied or not said) Lan Qiao: We will talk.", "\nWe will talk.", "denied or not said"],
    ["indirect", "hypothetical", "(only supposed) Lan Qiao: We will talk.", "\nWe will talk.", "only supposed"],
  ] as const)("of %s words, %s, says what they are", (kind, polarity, subject, words, mark) => {
    const statement: AlertStatement = {
      ...{ id: 8, words: "We will talk.", lang: "en", kind, act: "speech", polarity, speaker: "Lan Qiao", actors: [] },
      ...{ topics: [], saidAt: null, documentId: 2, title: null },
    };
    const matter = { ...about(), news: { kind: "statements" as const, late: false, statements: [statement] } };
    const told = JSON.parse(alertMailBody(matter)) as AlertMail;
    expect(told.subject).toBe(`Parley: ${subject}`);
    expect(told.text).toContain(words);
    if (mark) expect(told.text).toContain(mark);
    expect(JSON.parse(alertBody(matter)).data.statements).toMatchObject([{ kind, polarity, act: "speech" }]);
  });

  test("shows markup as text", () => {
    const { html } = mail({ summary: '<img src=x onerror="alert(1)"> & more' });
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; more");
  });

  test("has a subject of one short line", () => {
    const { subject } = mail({ summary: `${"Talks\r\nBcc: everybody ".repeat(100)}` });
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject.length).toBeLessThan(140);
    for (const before of ["", "a"])
      expect(mail({ summary: before + "😀".repeat(300) }).subject.isWellFormed()).toBe(true);
  });
});
