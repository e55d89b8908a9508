import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { searchDevelopments } from "../db/developments/development-list.ts";
import { filtersInstead } from "../db/search/filters-instead.ts";
import { searchStatements } from "../db/search/statement-search.ts";
import { answering, nothingFound, readAfter } from "./answer.ts";
import { type Asking, readAsked } from "./asking.ts";
import { citedShape, citedStatements, citedText } from "./cited.ts";
import { type FittingPage, fittingPage } from "./fitting.ts";
import { toldDevelopments, toldShape, toldText } from "./told.ts";

const query = z
  .string()
  .describe(
    'In Parley\'s query language, e.g. "red lines" actor:china-mfa topic:frontier since:2026-05; empty: everything.',
  );
const limit = z.number().int().min(1).max(50).default(10);
const after = z.string().optional().describe("The `next` of the page before.");
/** What each search is asked. */
export const searchInput = { query, limit, after };

/** What each search says of its page. */
export const pageShape = {
  next: z.string().nullable().describe("Pass as `after` for the next page; null on the last."),
  leftOut: z.string().nullable().describe("What did not fit into this answer, and how to get it; null where all did."),
};
const readOnly = { readOnlyHint: true, openWorldHint: false };

/** Offers the two tools that look for statements and developments by a question. */
export function addSearchTools(server: McpServer, asking: Asking): void {
  const { db, base } = asking;
  server.registerTool(
    "search_statements",
    {
      title: "Search statements",
      description:
        "Finds what was said about the talks on AI: statements with speaker, office, date, source and permanent link. English and Chinese; actor:, side: and topic: find both languages at once.",
      inputSchema: {
        ...searchInput,
        order: z.enum(["newest", "relevance"]).default("newest"),
      },
      outputSchema: { statements: z.array(citedShape), ...pageShape },
      annotations: readOnly,
    },
    (asked) =>
      answering(asking, async () => {
        const [question, begin] = [await readAsked(db, { q: asked.query }), readAfter(asked.after)];
        const pageOf = async (limit: number) => {
          const { rows, next } = await searchStatements(db, question, { limit, after: begin, order: asked.order });
          return { entries: citedStatements(base, rows), next };
        };
        const { entries: statements, ...page } = await fittingPage(asked.limit, pageOf, citedText);
        const instead = statements.length === 0 && !asked.after ? await filtersInstead(db, { q: asked.query }) : [];
        const meant = instead.map(({ q, label }) => `Did you mean ${label}? Ask ${q}`);
        const text = [await listed(asking, statements.map(citedText), page), ...meant].join("\n");
        return { data: { statements, ...page }, text };
      }),
  );
  server.registerTool(
    "search_developments",
    {
      title: "Search developments",
      description:
        "Finds what happened in the talks on AI: meetings announced, held or put off, silent edits, first times and more, the latest detected first, each with the words that show it. since: and until: mean when Parley detected it.",
      inputSchema: searchInput,
      outputSchema: { developments: z.array(toldShape), ...pageShape },
      annotations: readOnly,
    },
    (asked) =>
      answering(asking, async () => {
        const [question, begin] = [await readAsked(db, { q: asked.query }), readAfter(asked.after)];
        const pageOf = async (limit: number) => {
          const { rows, next } = await searchDevelopments(db, question, { limit, after: begin });
          return { entries: await toldDevelopments(db, base, rows), next };
        };
        const { entries: developments, ...page } = await fittingPage(asked.limit, pageOf, toldText);
        return { data: { developments, ...page }, text: await listed(asking, developments.map(toldText), page) };
      }),
  );
}

/** Joins what was found for readers, or says what finding nothing is worth. */
export async function listed(
  asking: Asking,
  entries: readonly string[],
  { next, leftOut }: Pick<FittingPage<unknown>, "next" | "leftOut">,
): Promise<string> {
  if (entries.length === 0) return nothingFound(asking);
  return [...entries, leftOut, next && `There are more: after ${next}`].filter(Boolean).join("\n\n");
}
