import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { partsOf } from "../../src/commands/start.ts";
import { shipped } from "../../src/paths.ts";
import { stages } from "../../src/queues.ts";

const everything = [...stages, "web"].sort();

type Service = { readonly command?: string | readonly string[]; readonly image?: string };

/** What the Parley processes of docker-compose.yml are started with: each service's `--only`. */
function composeLists(): Readonly<Record<string, string>> {
  const { services } = parse(readFileSync(shipped("docker-compose.yml"), "utf8"), { merge: true }) as {
    readonly services: Readonly<Record<string, Service>>;
  };
  const ours = Object.entries(services).filter(([, { image }]) => image === "parley");
  return Object.fromEntries(
    ours.map(([name, { command }]) => {
      const words = typeof command === "string" ? command.split(/\s+/) : (command ?? []);
      const only = words.length === 3 && words[0] === "start" && words[1] === "--only" ? words[2] : undefined;
      return [name, only ?? `${name} is started with ${JSON.stringify(command)}`];
    }),
  );
}

/** The lists of the table of processes in docs/operations.md. */
function documentedLists(): readonly string[] {
  const page = readFileSync(shipped("docs/operations.md"), "utf8");
  const [, table = ""] = page.split("| process | `--only` | how many |");
  const rows = (table.split("\n\n")[0] ?? "").split("\n").slice(2);
  return rows.map((row) => row.split("|")[2]?.trim().replaceAll("`", "") ?? "");
}

describe("several processes share the work without a gap:", () => {
  test("the services of docker-compose.yml together run every stage and the pages, each once", () => {
    const parts = Object.values(composeLists()).flatMap((list) => partsOf(list));
    expect([...parts].sort()).toEqual(everything);
  });

  test("the processes of docs/operations.md together run every stage and the pages, each once", () => {
    const parts = documentedLists().flatMap((list) => partsOf(list));
    expect([...parts].sort()).toEqual(everything);
  });

  test("and both name the same processes", () => {
    const inOrder = (lists: readonly string[]) => lists.map((list) => partsOf(list).join(",")).sort();
    expect(inOrder(Object.values(composeLists()))).toEqual(inOrder(documentedLists()));
  });
});
