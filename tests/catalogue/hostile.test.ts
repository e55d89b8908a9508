import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { catalogueDir, mistakesOf } from "./catalogue-dir.ts";

const PHRASES = `# stock phrases
- id: small-yard
  side: China
  variants: { en: [small yard], zh: [小院高墙] }
  note: >-
    a note
    of two lines
`;

test("whatever is typed into a file, it loads or is told with a line: it never crashes", () => {
  const dir = catalogueDir({ "phrases.yaml": PHRASES });
  const noise = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.constantFrom(
      "\t",
      "- ",
      ": ",
      "&a ",
      "*a",
      "[",
      "}",
      "|",
      ">",
      "\n",
      "---\n",
      "!!js/function ",
      "<<: ",
      "\u0000",
      "\ufeff",
      "'",
      '"',
    ),
  );
  fc.assert(
    fc.property(fc.nat(PHRASES.length), fc.nat(12), noise, (at, cut, typed) => {
      writeFileSync(join(dir, "phrases.yaml"), PHRASES.slice(0, at) + typed + PHRASES.slice(at + cut));
      for (const line of mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null }))) {
        expect(line).toMatch(/phrases\.yaml:\d+: /);
      }
    }),
    { numRuns: 300 },
  );
});

test("a key named __proto__ changes no object of the program", () => {
  const dir = catalogueDir({ "phrases.yaml": PHRASES.replace("  side", "  __proto__: { polluted: true }\n  side") });
  mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null }));
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("a file of bytes that are no text is told, not a crash", () => {
  const dir = catalogueDir({});
  writeFileSync(join(dir, "phrases.yaml"), Buffer.from([0xff, 0xfe, 0x00, 0x9f, 0x92, 0x96]));
  expect(mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null })).join()).toContain("phrases.yaml:1: ");
});
