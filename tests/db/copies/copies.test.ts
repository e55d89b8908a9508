import { beforeAll, describe, expect, test } from "vitest";
import { versionWithStatements } from "../../../src/db/archive/versions.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { familiesOf, unlinkedVersions } from "../../../src/db/copies/copies.ts";
import { buildActor, buildCatalogue } from "../../support/catalogue.ts";
import { familyMembers, firstOccurrences, linkKept } from "../../support/copies.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { buildArticle, buildDay, buildStatement } from "../../support/readings.ts";
import { buildVersion } from "../../support/rows.ts";

const db = useDatabase();
beforeAll(() =>
  saveCatalogue(db(), buildCatalogue({ actors: [buildActor(), buildActor({ id: "sudland", name: "Sudland" })] }), noon),
);

const quotes = [
  "We have agreed that a person answers the telephone at any hour of the day",
  "Nobody asked us to trust anyone, and nobody did in all those hours",
  "The results of our own trials will be on the table in the autumn",
] as const;

/** An invented report; `about` makes it a text of its own around the same quotations. */
function report(about: string): string {
  return quotes
    .map((quote, i) => `In ${about} the ${about} delegates of ${about} waited ${i} hours. “${quote},” the envoy said.`)
    .join("\n");
}

async function save(
  text: string,
  says: { day?: string; quoted?: readonly string[]; actorId?: string; documentId?: number } = {},
) {
  const day = buildDay(says.day ?? "2026-05-19");
  const actors =
    says.actorId === "" ? [] : [{ actorId: says.actorId ?? "norland", method: "exact" as const, confidence: 1 }];
  const statements = (says.quoted ?? quotes.filter((quote) => text.includes(quote))).map((words) =>
    buildStatement(text, words, { saidAt: day, actors }),
  );
  const made = await buildVersion(db(), {
    article: buildArticle({ text, publishedAt: day, kind: "news" }),
    statements,
  });
  await linkKept(db(), made.versionId);
  const version = await versionWithStatements(db(), made.versionId);
  return { ...made, statementIds: version?.statements.map(({ id }) => id) ?? [] };
}

describe("documents that repeat one another", () => {
  test("are one family, of which the first is the oldest we have, and a second look adds nothing", async () => {
    const text = report("Vell");
    const first = await save(text);
    const copy = await save(`VELL, Tuesday. ${text}`);
    const half = await save(text.split("\n").slice(0, 2).join("\n"));
    const members = [first.documentId, copy.documentId, half.documentId];
    expect(await familyMembers(db(), half.documentId)).toEqual(members);
    await linkKept(db(), half.versionId);
    await linkKept(db(), first.versionId);
    expect(await familyMembers(db(), first.documentId)).toEqual(members);
  });

  test("are found where only the quotations are the same, in their order", async () => {
    const one = await save(report("Aumont"));
    const other = await save(report("Brisk"));
    expect((await familiesOf(db(), [other.documentId])).get(other.documentId)).toBe(
      (await familiesOf(db(), [one.documentId])).get(one.documentId),
    );
  });

  test("bring two families together when one repeats both", async () => {
    const left = Array.from({ length: 60 }, (_, i) => `alpha${i} beta${i * 7}`).join(" ");
    const right = Array.from({ length: 60 }, (_, i) => `gamma${i} delta${i * 3}`).join(" ");
    const a = await save(left, { quoted: [] });
    const b = await save(right, { quoted: [] });
    const b2 = await save(`${right} more`, { quoted: [] });
    expect(await familyMembers(db(), a.documentId)).toEqual([a.documentId]);
    const both = await save(`${left} ${right}`, { quoted: [] });
    expect(await familyMembers(db(), both.documentId)).toEqual([
      a.documentId,
      b.documentId,
      b2.documentId,
      both.documentId,
    ]);
  });

  test("a document alone is a family of one", async () => {
    const { documentId } = await save("The harbour of Vell was closed to ships for two days because of fog.", {
      quoted: [],
    });
    expect(await familyMembers(db(), documentId)).toEqual([documentId]);
  });
});

describe("statements that repeat another", () => {
  const words = "The lighthouse on the cape will be lit again before the first of the ships comes home";
  const page = (about: string, quote = words) => `${about} told us this about the cape: “${quote}.”`;

  test("are linked to its first occurrence by date, also when an older one comes later", async () => {
    const later = await save(page("A paper"), { day: "2026-05-20", quoted: [words] });
    const again = await save(page("Someone"), { day: "2026-05-21", quoted: [words] });
    const earliest = await save(page("The ministry"), { day: "2026-05-18", quoted: [words] });
    const ids = [...later.statementIds, ...again.statementIds, ...earliest.statementIds];
    const first = await firstOccurrences(db(), ids);
    expect(ids.map((id) => first.get(id))).toEqual(ids.map(() => earliest.statementIds[0]));
  });

  test("also where only a piece is quoted, or the speaker is not known there", async () => {
    const piece = "will be lit again before the first of the ships comes home";
    const short = await save(page("A reader", piece), { day: "2026-05-25", quoted: [piece], actorId: "" });
    const [id = 0] = short.statementIds;
    expect((await firstOccurrences(db(), [id])).get(id)).not.toBe(id);
  });

  test("but not when somebody else is known to have said them", async () => {
    const other = await save(page("Their neighbour"), { day: "2026-05-26", quoted: [words], actorId: "sudland" });
    const [id = 0] = other.statementIds;
    expect((await firstOccurrences(db(), [id])).get(id)).toBe(id);
  });
});

test("words that hang on a turn of phrase that many use are found all the same, and the phrase alone repeats nothing", async () => {
  const phrase = "as the two delegations have said on every occasion since the meeting";
  const speech = (about: string) =>
    `${phrase}, the ${about} of the ${about} must be weighed by ${about} before it is used by ${about}`;
  for (let n = 0; n < 60; n++) await save(speech(`matter${n}`), { quoted: [speech(`matter${n}`)], actorId: "" });
  const [first] = (await save(speech("harbour"), { quoted: [speech("harbour")], actorId: "" })).statementIds;
  const [again] = (await save(`Again: ${speech("harbour")}`, { quoted: [speech("harbour")], actorId: "" }))
    .statementIds;
  const [other] = (await save(speech("lantern"), { quoted: [speech("lantern")], actorId: "" })).statementIds;
  if (first === undefined || again === undefined || other === undefined) throw new Error("a statement was not kept");
  const found = await firstOccurrences(db(), [again, other]);
  expect([found.get(again), found.get(other)]).toEqual([first, other]);
});

test("versions that were never compared are listed until they are", async () => {
  const { versionId } = await buildVersion(db());
  const before = new Date(noon.getTime() + 1);
  expect(await unlinkedVersions(db(), { createdBefore: before, now: before }, 10)).toEqual([versionId]);
  await linkKept(db(), versionId);
  expect(await unlinkedVersions(db(), { createdBefore: before, now: before }, 10)).toEqual([]);
});
