import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { searchDevelopments } from "../db/developments/development-list.ts";
import { filtersInstead } from "../db/search/filters-instead.ts";
import { searchStatements } from "../db/search/statement-search.ts";
import { answering, nothingFound, readAfter } from "./answer.ts";
import { type Asking, readAsked } from "./asking.ts";
import { citedShape, citedStatements, citedText } from "./cited.ts";
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

const next = z.string().nullable().describe("Pass as `after` for the next page; null on the last.");
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
      outputSchema: { statements: z.array(citedShape), next },
      annotations: readOnly,
    },
    (asked) =>
      answering(asking, async () => {
        const found = await searchStatements(db, await readAsked(db, { q: asked.query }), {
          ...{ limit: asked.limit, after: readAfter(asked.after), order: asked.order },
        });
        const statements = citedStatements(base, found.rows);
        const instead = found.rows.length === 0 && !asked.after ? await filtersInstead(db, { q: asked.query }) : [];
        const meant = instead.map(({ q, label }) => `Did you mean ${label}? Ask ${q}`);
        const text = [await listed(asking, statements.map(citedText), found.next), ...meant].join("\n");
        return { data: { statements, next: found.next }, text };
      }),
  );
  server.registerTool(
    "search_developments",
    {
      title: "Search developments",
      description:
        "Finds what happened in the talks on AI: meetings announced, held or put off, silent edits, first times and more, the latest detected first, each with the words that show it. since: and until: mean when Parley detected it.",
      inputSchema: searchInput,
      outputSchema: { developments: z.array(toldShape), next },
      annotations: readOnly,
    },
    (asked) =>
      answering(asking, async () => {
        const found = await searchDevelopments(db, await readAsked(db, { q: asked.query }), {
          ...{ limit: asked.limit, after: readAfter(asked.after) },
        });
        const developments = await toldDevelopments(db, base, found.rows);
        const text = await listed(asking, developments.map(toldText), found.next);
        return { data: { developments, next: found.next }, text };
      }),
  );
}

/** Joins what was found for readers, or says what finding nothing is worth. */
export async function listed(asking: Asking, entries: readonly string[], next: string | null): Promise<string> {
  if (entries.length === 0) return nothingFound(asking);
  return [...entries, ...(next ? [`There are more: after ${next}`] : [])].join("\n\n");
}
