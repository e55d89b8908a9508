import { beforeAll, describe, expect, test } from "vitest";
import { unknownSpeakers } from "../../../src/db/archive/unknown-speakers.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import type { Speaker, Statement } from "../../../src/domain/statement.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon } from "../../support/moments.ts";
import { buildStatement } from "../../support/readings.ts";
import { buildVersion } from "../../support/rows.ts";

const db = useDatabase();
const text = "We will talk. We will wait. We will see.";
const everything = { since: new Date(0), atLeast: 1, limit: 10 };

function by(words: string, name: string, form: Speaker["form"], actors: Statement["actors"] = []): Statement {
  return buildStatement(text, words, { speaker: { text: name, start: null, end: null, form, via: "self" }, actors });
}

beforeAll(async () => {
  await saveCatalogue(db(), buildCatalogue(), noon);
  const known = [{ actorId: "norland", method: "exact", confidence: 0.9 }] as const;
  await buildVersion(db(), {
    article: { text },
    statements: [
      by("We will talk.", "Ada Reed, a fellow of the Sea Institute", "name"),
      by("We will wait.", "they", "pronoun"),
      by("We will see.", "Norland", "org", known),
    ],
  });
  const { documentId, captureId } = await buildVersion(db(), {
    article: { text },
    createdAt: hoursOn(5),
    statements: [by("We will talk.", "ADA REED", "name"), by("We will wait.", "里德（学者）", "name")],
  });
  await buildVersion(db(), {
    article: { text },
    capture: { documentId, captureId },
    cause: "reread",
    readerVersion: 99,
    createdAt: hoursOn(6),
    statements: [by("We will talk.", "Ada Reed", "name"), by("We will wait.", "里德（学者）", "name")],
  });
});

describe("unknown speakers", () => {
  test("are those who speak in the versions that count and are no actor, the most frequent first", async () => {
    const found = await unknownSpeakers(db(), everything);
    expect(found.map(({ name, statements, documents }) => [name, statements, documents])).toEqual([
      ["Ada Reed", 2, 2],
      ["里德", 1, 1],
    ]);
    expect(found[0]?.lastSaidAt?.toISOString()).toMatch(/^2026-05-19/);
  });

  test("can be asked for by how often they spoke and since when", async () => {
    expect((await unknownSpeakers(db(), { ...everything, atLeast: 2 })).map(({ name }) => name)).toEqual(["Ada Reed"]);
    const late = await unknownSpeakers(db(), { ...everything, since: hoursOn(6) });
    expect(late.map(({ name, statements }) => [name, statements])).toEqual([
      ["Ada Reed", 1],
      ["里德", 1],
    ]);
    expect(await unknownSpeakers(db(), { ...everything, limit: 1 })).toHaveLength(1);
  });
});
