import { beforeAll, expect, test } from "vitest";
import { movedByReader } from "../../../src/db/archive/moved.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { READER_VERSION } from "../../../src/read/version.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon } from "../../support/moments.ts";
import { buildStatement } from "../../support/readings.ts";
import { buildCapture, buildVersion } from "../../support/rows.ts";

const db = useDatabase();
const text = "We will talk. We will wait. We will see. We will share.";
const ever = { since: new Date(0), until: null };

beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

test("what a newer reader reads differently in the same bytes is told: text, words won and lost, other actors", async () => {
  const capture = await buildCapture(db());
  const older = { capture, readerVersion: READER_VERSION - 1 };
  await buildVersion(db(), {
    ...older,
    article: { text },
    statements: ["We will talk.", "We will wait."].map((words) => buildStatement(text, words)),
  });
  expect(await movedByReader(db(), ever, 10)).toEqual([]);
  await buildVersion(db(), {
    ...{ capture, cause: "reread", createdAt: hoursOn(3) },
    article: { text, title: "Read again" },
    statements: [
      buildStatement(text, "We will talk.", { actors: [] }),
      buildStatement(text, "We will see."),
      buildStatement(text, "We will share."),
    ],
  });
  const told = {
    ...{ documentId: capture.documentId, title: "Read again", textMoved: false },
    ...{ readerBefore: READER_VERSION - 1, readerAfter: READER_VERSION, gained: 2, lost: 1, resolvedOtherwise: 1 },
  };
  expect(await movedByReader(db(), ever, 10)).toMatchObject([told]);
  expect(await movedByReader(db(), { since: hoursOn(4), until: null }, 10)).toEqual([]);
  expect(await movedByReader(db(), { since: hoursOn(2), until: hoursOn(3) }, 10)).toEqual([]);
});

test("a publisher's edit is nothing that our reader moved", async () => {
  const { documentId } = await buildVersion(db());
  const later = await buildCapture(db());
  await buildVersion(db(), { capture: { ...later, documentId }, cause: "edited", article: { text: "Edited." } });
  expect((await movedByReader(db(), ever, 10)).map((moved) => moved.documentId)).not.toContain(documentId);
});
