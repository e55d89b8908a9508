import { beforeAll, describe, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { keepCatalogue, keepWords } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
beforeAll(async () => {
  await keepCatalogue(db());
  await keepWords(db(), "Guardrails were discussed.");
});

const linksOf = async (path: string) => {
  const { $ } = await openWeb(db()).page(path);
  return $(".search-links a")
    .toArray()
    .map((link) => $(link).attr("href") ?? "");
};

describe("a search page", () => {
  test("leads to the feed and the hits of its search, as files too, filters of the form included, and to a rule that asks the same", async () => {
    const links = await linksOf("/statements?q=guardrails+OR+talks&actor=norland&saidIn=en&order=relevance");
    const asked = links.map((link) => new URL(link, "http://parley.example").searchParams.get("q"));
    expect(new Set(asked)).toEqual(new Set(["(guardrails OR talks) actor:norland lang:en"]));
    expect(links.map((link) => link.replace(/\?.*/, ""))).toEqual([
      ...["/feeds/statements.atom", "/feeds/statements.json", "/feeds/statements.csv", "/api/v1/statements", "/rules"],
      "/feeds/statements.ndjson",
    ]);
    for (const link of links.filter((one) => !one.startsWith("/rules")))
      expect((await openWeb(db()).get(link)).status).toBe(200);
  });

  test.each(["statements", "documents", "developments"])(
    "over %s has all of it as a feed and as files, too",
    async (list) => {
      expect(await linksOf(`/${list}`)).toEqual([
        ...[`/feeds/${list}.atom`, `/feeds/${list}.json`, `/feeds/${list}.csv`, `/api/v1/${list}`],
        `/feeds/${list}.ndjson`,
      ]);
    },
  );

  test("says how to ask in the language of the interface", async () => {
    const { $ } = await openWeb(db()).page("/documents?q=guardrails&lang=zh");
    expect($(".search-links summary").text()).toBe("如何提问");
    expect($(".search-links").text()).toMatch(/CSV[\s\S]*最新的 100,000 条/);
    expect($(".search-links code").text()).toBe("parley search --documents 'guardrails' --limit 10000 --format csv");
  });

  test("that cannot be understood leads nowhere", async () => {
    expect(await linksOf("/statements?q=kind:spoken")).toEqual([]);
  });
});
