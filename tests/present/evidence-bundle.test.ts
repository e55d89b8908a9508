import { createHash } from "node:crypto";
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
  const of = (kind: string) => parts.filter(({ name }) => name.startsWith(kind));

  test("holds bytes, texts, spans and the difference, and checks itself", () => {
    const kinds = parts.map(({ name }) => name.split(" ")[0]);
    expect(kinds).toEqual(["development", "capture", "capture", "version", "version", "evidence", "diff"]);
    const names = of("version").map(({ name }) => name);
    expect(verifyBundle(bundle)).toMatchObject({
      parts: 7,
      breaches: [],
      emptied: [],
      texts: names.map((name) => ({ name })),
    });
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

  const remade = (change: (all: readonly BundlePart[]) => readonly BundlePart[]) => {
    const { breaches } = verifyBundle(writeBundle(change(parts), noon));
    return breaches.map(({ part, what }) => `${part.split(" ")[0]}: ${what}`);
  };
  test.each<[string, (all: readonly BundlePart[]) => readonly BundlePart[], string]>([
    ["nothing at all", () => [], "development: it is not in the bundle"],
    ["the development alone", () => of("development"), "version: it is not in the bundle"],
    ["no bytes", (all) => all.filter((part) => !of("capture").includes(part)), "capture: it is not in the bundle"],
    ["no evidence", (all) => all.filter((part) => !of("evidence").includes(part)), "evidence: it is not in the bundle"],
    ["no difference", (all) => all.filter((part) => !of("diff").includes(part)), "diff: it is not in the bundle"],
    [
      "a version twice, with two texts",
      (all) => [
        ...of("version").map(({ name, value }) => ({ name, value: { ...(value as object), text: "Peace." } })),
        ...all,
      ],
      "version: it is there twice",
    ],
    ["evidence twice", (all) => [...all, ...of("evidence")], "evidence: it is there twice"],
    [
      "a development more",
      (all) => [...all, { name: "development 999", value: { ...(of("development")[0]?.value as object), id: 999 } }],
      "development: there is more than one",
    ],
    [
      "a version nobody asked for",
      (all) => [...all, { name: "version 999", value: { ...(of("version")[0]?.value as object), id: 999 } }],
      "version: nothing in the bundle rests on it",
    ],
    [
      "evidence the development does not name",
      (all) => [...all, ...of("evidence").map(({ value }) => ({ name: "evidence 999", value }))],
      "evidence: the development does not name it",
    ],
    [
      "a kind in other letters",
      (all) => all.map(({ name, value }) => ({ name: name.replace("version", "Version"), value })),
      "Version: a bundle has no such part",
    ],
    [
      "a number that is not its own",
      (all) =>
        all.map(({ name, value }) =>
          name === of("capture")[0]?.name ? { name, value: { ...(value as object), id: 5_000 } } : { name, value },
        ),
      "capture: its number is 5000",
    ],
    ...[null, 5, [], { text: 5 }, "version"].map(
      (value): [string, (all: readonly BundlePart[]) => readonly BundlePart[], string] => [
        `${JSON.stringify(value)} for a version`,
        (all) => all.map((part) => (of("version").includes(part) ? { ...part, value } : part)),
        "version: it is not written as Parley writes it",
      ],
    ),
    [
      "pieces that are a number",
      (all) =>
        all.map((part) =>
          of("diff").includes(part) ? { ...part, value: { ...(part.value as object), pieces: 5 } } : part,
        ),
      "diff: it is not written as Parley writes it",
    ],
  ])("made anew with %s is found out, without a defect", (_, change, what) => {
    expect(remade(change)).toContain(what);
  });

  test.each([
    ["a name twice", (line: string) => line.replace('"words":', '"words":"peace","words":')],
    ["no JSON", (line: string) => line.slice(1)],
  ])("with %s in a line under fitting hashes is found out", (_, change) => {
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const lines = bundle.split("\n").slice(0, -1);
    const at = parts.findIndex(({ name }) => name.startsWith("evidence")) + 1;
    const line = change(lines[at] ?? "");
    const manifest = (lines[0] ?? "").replace(sha256(lines[at] ?? ""), sha256(line));
    const file = [
      manifest,
      ...lines.slice(1, -1).with(at - 1, line),
      JSON.stringify({ manifestSha256: sha256(manifest) }),
    ];
    expect(verifyBundle(`${file.join("\n")}\n`).breaches).toEqual([
      { part: parts[at - 1]?.name, what: "it is not written as Parley writes it" },
    ]);
  });

  test("says which bytes the archive no longer had", () => {
    const emptied = parts.map((part) =>
      of("capture").includes(part) ? { ...part, value: { ...(part.value as object), bytesBase64: null } } : part,
    );
    const check = verifyBundle(writeBundle(emptied, noon));
    expect(check).toMatchObject({ breaches: [], emptied: of("capture").map(({ name }) => name) });
  });

  test.each(["", "{}\n", "not json\n", `${JSON.stringify({ format: "parley-evidence/1", parts: [null] })}\n`])(
    "that is none (%j) is said to be none",
    (file) => {
      expect(verifyBundle(file).breaches).toHaveLength(1);
    },
  );
});
