import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { evidenceParts } from "../../src/commands/export.ts";
import { type BundlePart, verifyBundle, writeBundle } from "../../src/present/evidence-bundle.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildStatement } from "../support/readings.ts";
import { buildCapture } from "../support/rows.ts";
import { keepCatalogue, keepDevelopment, keepDocument } from "../web/archive.ts";

const db = useDatabase();
let parts: readonly BundlePart[];
let bundle: string;

beforeAll(async () => {
  await keepCatalogue(db());
  const url = "https://norland.example/hotline";
  const text = "我们说：“A hotline was promised.”";
  const before = await keepDocument(db(), { url, text, statements: [buildStatement(text, "A hotline was promised.")] });
  const capture = await buildCapture(db(), { url, identity: url, body: new Uint8Array([0, 255, 10, 13, 200]) });
  const edited = "我们说：“A line was promised.”";
  const after = await keepDocument(db(), { text: edited, capture, cause: "edited" });
  const id = await keepDevelopment(db(), after, {
    ...{ type: "document.silent-edit", previousVersionId: before.versionId, evidence: [{ start: 5, end: 11 }] },
  });
  parts = (await evidenceParts(db(), id)) ?? [];
  bundle = writeBundle(parts, noon);
});

describe("a bundle of evidence", () => {
  test("holds bytes, texts, spans and the difference, and checks itself", () => {
    const kinds = parts.map(({ name }) => name.split(" ")[0]);
    expect(kinds).toEqual(["development", "capture", "capture", "version", "version", "evidence", "diff"]);
    expect(verifyBundle(bundle)).toEqual({ parts: 7, breaches: [] });
  });

  test("shows any byte that was changed, and names the part", () => {
    const bytes = Buffer.from(bundle);
    const starts = bundle.split("\n").map((line) => Buffer.byteLength(line) + 1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        // Bytes that are no UTF-8 are read as the replacement character, as a file would be.
        const { breaches } = verifyBundle(changed.toString("utf8"));
        expect(breaches.length).toBeGreaterThan(0);
        let line = 0;
        for (let rest = at; rest >= (starts[line] ?? 0); line += 1) rest -= starts[line] ?? 0;
        const name = parts[line - 1]?.name;
        if (name && changed[at] !== 10 && bytes[at] !== 10) expect(breaches.map(({ part }) => part)).toContain(name);
      }),
      { numRuns: 1_500 },
    );
  });

  test("made with other words, another text or other bytes under fitting hashes is found out too", () => {
    const altered = (name: string, change: (value: Record<string, unknown>) => unknown) =>
      verifyBundle(
        writeBundle(
          parts.map((part) =>
            part.name.startsWith(name) ? { ...part, value: change(part.value as Record<string, unknown>) } : part,
          ),
          noon,
        ),
      ).breaches.map(({ part }) => part.split(" ")[0]);
    expect(altered("evidence", (value) => ({ ...value, words: "peace" }))).toEqual(["evidence"]);
    expect(altered("version", (value) => ({ ...value, text: "Peace." }))).toContain("version");
    expect(altered("capture", (value) => ({ ...value, bytesBase64: "AAAA" }))).toEqual(["capture", "capture"]);
    expect(altered("diff", (value) => ({ ...value, pieces: [] }))).toEqual(["diff"]);
  });

  test.each(["", "{}\n", "not json\n", `${JSON.stringify({ format: "parley-evidence/1", parts: [null] })}\n`])(
    "that is none (%j) is said to be none",
    (file) => {
      expect(verifyBundle(file).breaches).toHaveLength(1);
    },
  );
});
