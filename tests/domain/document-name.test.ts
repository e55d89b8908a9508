import { expect, test } from "vitest";
import { documentName } from "../../src/domain/document-name.ts";

const known = { title: "Regular briefing", origin: "imported from briefing.txt", url: "https://norland.example/a" };

test.each([
  ["its title", known, "Regular briefing"],
  ["its origin where it has no title", { ...known, title: null }, "imported from briefing.txt"],
  ["its origin where its title is blank", { ...known, title: " " }, "imported from briefing.txt"],
  ["its address where nothing else is known", { ...known, title: null, origin: null }, "https://norland.example/a"],
  ["nothing where nothing is known", { title: null, origin: null, url: null }, null],
])("a document is called by %s", (_, says, name) => {
  expect(documentName(says)).toBe(name);
});
