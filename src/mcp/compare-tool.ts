import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { unknownNames } from "../db/search/query-names.ts";
import { countStatements, searchStatements } from "../db/search/statement-search.ts";
import { type QuestionParameters, readQuestion } from "../domain/query/ask.ts";
import { allOf, type Query } from "../domain/query/query.ts";
import { answering, nothingFound } from "./answer.ts";
import { type Asking, readAsked } from "./asking.ts";
import { citedShape, citedStatements, citedText } from "./cited.ts";
import { fitting } from "./fitting.ts";

/** Statements are counted no further. */
const COUNTED = 1_000;

const accountShape = z.object({
  asked: z.string(),
  as: z.enum(["side", "actor"]).describe("What the name was taken for."),
  count: z.number().describe(`How many statements meet it, counted up to ${COUNTED}.`),
  statements: z.array(citedShape),
  leftOut: z.string().nullable().describe("What did not fit into this answer, and how to get it; null where all did."),
});

type Account = z.infer<typeof accountShape>;

/** Offers the tool that sets side by side what two sides or actors say. */
export function addCompareTool(server: McpServer, asking: Asking): void {
  const name = z
    .string()
    .min(1)
    .describe("A side (US, China, EU, UN, third) or an actor by id or exact name, with all that belongs to it.");
  server.registerTool(
    "compare",
    {
      title: "Compare two sides",
      description:
        "Sets side by side what two sides or actors say on a topic, each in its own words. A name that is both a side and an actor is taken as the side; actor:NAME takes the actor.",
      inputSchema: {
        ...{ one: name, other: name },
        about: z.string().describe("In Parley's query language, e.g. topic:frontier since:2026-05."),
        order: z.enum(["newest", "relevance"]).default("newest"),
        limit: z.number().int().min(1).max(25).default(8).describe("Most statements of each."),
      },
      outputSchema: { one: accountShape, other: accountShape },
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ one, other, about, order, limit }) =>
      answering(asking, async () => {
        const topic = await readAsked(asking.db, { q: about }, "about");
        const wanted = [await partyOf(asking, "one", one), await partyOf(asking, "other", other)] as const;
        const [first, second] = await Promise.all([
          accountOf(asking, wanted[0], topic, { about, order, limit }),
          accountOf(asking, wanted[1], topic, { about, order, limit }),
        ]);
        const nothing = first.count + second.count === 0 ? await nothingFound(asking) : null;
        const text = [accountText(first), accountText(second), nothing].filter(Boolean).join("\n\n\n");
        return { data: { one: first, other: second }, text };
      }),
  );
}

type Party = Pick<Account, "asked" | "as"> & { readonly name: string; readonly query: Query };

/** Finds out who is meant: a side where one has that name, else an actor. */
async function partyOf({ db }: Asking, argument: string, asked: string): Promise<Party> {
  const { field, name = asked } =
    /^(?<field>side|actor):\s*"?(?<name>[^"]+)"?$/i.exec(asked.trim())?.groups ?? ({} as Record<string, string>);
  const as =
    field === undefined
      ? (await isSide(db, name))
        ? "side"
        : "actor"
      : field.toLowerCase() === "side"
        ? "side"
        : "actor";
  const parameters: QuestionParameters = as === "side" ? { side: name } : { actor: name };
  return { asked, as, name, query: await readAsked(db, parameters, argument) };
}

async function isSide(db: Asking["db"], name: string): Promise<boolean> {
  const { mentions, mistakes } = readQuestion({ side: name });
  return mistakes.length === 0 && mentions.length > 0 && (await unknownNames(db, mentions)).length === 0;
}

async function accountOf(
  { db, base }: Asking,
  { asked, as, name, query }: Party,
  topic: Query,
  { about, order, limit }: { readonly about: string; readonly order: "newest" | "relevance"; readonly limit: number },
): Promise<Account> {
  const both = allOf([topic, query]);
  const [count, { rows }] = await Promise.all([
    countStatements(db, both, COUNTED),
    searchStatements(db, both, { limit, after: null, order }),
  ]);
  const found = citedStatements(base, rows);
  const statements = [...fitting(found, citedText, 0.4)];
  const missing = found.length - statements.length;
  const leftOut =
    missing === 0
      ? null
      : `${missing} more did not fit into one answer; search_statements brings them page by page: ${about} ${as}:"${name}"`;
  return { asked, as, count, statements, leftOut };
}

function accountText({ asked, as, count, statements, leftOut }: Account): string {
  const number = count >= COUNTED ? `at least ${COUNTED}` : `${count}`;
  const head = `${asked} (${as}): ${number} statement${count === 1 ? "" : "s"}`;
  return [head, ...statements.map(citedText), leftOut].filter(Boolean).join("\n\n");
}
