import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { developmentsByIds, searchDevelopments } from "../db/developments/development-list.ts";
import { threadsByIds } from "../db/developments/thread-list.ts";
import { searchStatements } from "../db/search/statement-search.ts";
import { Failure } from "../domain/failure.ts";
import { type Answer, answering, nothingFound } from "./answer.ts";
import { type Asking, readAsked } from "./asking.ts";
import { type Cited, citedShape, citedStatements, citedText } from "./cited.ts";
import { fitting } from "./fitting.ts";
import { type Told, toldDevelopments, toldOn, toldShape, toldText } from "./told.ts";

const entryShape = z.object({
  date: z
    .string()
    .nullable()
    .describe("When it was said or told; for developments without such a day that of the event."),
  state: z.string().nullable().describe("What this step brings its thread to: announced, held, postponed …"),
  isKnownStep: z.boolean().nullable().describe("Whether this can follow what came before; null outside threads."),
  development: toldShape.nullable(),
  statement: citedShape.nullable(),
});

type Entry = z.infer<typeof entryShape>;

/** Offers the tool that puts a thread, or all that meets a question, in the order of time. */
export function addTimelineTool(server: McpServer, asking: Asking): void {
  server.registerTool(
    "timeline",
    {
      title: "Timeline",
      description:
        "Puts in order of time, the earliest first: the steps of one thread of developments, or the statements and developments that meet a query, such as actor:china-mfa topic:frontier since:2026. What has no date comes last.",
      inputSchema: {
        thread: z.number().int().optional().describe("The threadId of a development."),
        query: z.string().optional().describe("In Parley's query language; instead of thread."),
        limit: z.number().int().min(1).max(100).default(30).describe("Most statements, and most developments."),
        skip: z
          .number()
          .int()
          .min(0)
          .default(0)
          .describe("Entries to leave out at the beginning: leftOut says how many."),
      },
      outputSchema: {
        entries: z.array(entryShape),
        state: z.string().nullable().describe("Where the thread stands; null for a query."),
        leftOut: z.string().nullable().describe("What is missing from this timeline, and how to see it."),
      },
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ thread, query, limit, skip }) =>
      answering(asking, async () => {
        if (thread !== undefined && query === undefined) return ofThread(asking, thread, skip);
        if (query !== undefined && thread === undefined) return ofQuery(asking, query, { limit, skip });
        throw new Failure("bad-input", "Give either thread or query: a thread's number, or a question.");
      }),
  );
}

async function ofThread(asking: Asking, id: number, skip: number): Promise<Answer> {
  const { db, base } = asking;
  const [thread] = Number.isSafeInteger(id) ? await threadsByIds(db, [id]) : [];
  if (!thread || thread.steps.length === 0) {
    throw new Failure("bad-input", `thread is ${id}; there is none. search_developments gives the threadId of each.`);
  }
  const ids = thread.steps.map(({ developmentId }) => developmentId);
  const told = await toldDevelopments(db, base, await developmentsByIds(db, ids));
  const steps = new Map(thread.steps.map((step) => [step.developmentId, step]));
  const entries = told.map((development) => {
    const { state = null, isKnownStep = null } = steps.get(development.id) ?? {};
    return entryOf(development, null, { state, isKnownStep });
  });
  return answerOf(entries, { state: thread.state, leftOut: null, skip });
}

async function ofQuery(
  asking: Asking,
  q: string,
  { limit, skip }: { readonly limit: number; readonly skip: number },
): Promise<Answer> {
  const { db, base } = asking;
  const query = await readAsked(db, { q });
  const [said, happened] = await Promise.all([
    searchStatements(db, query, { limit, after: null }),
    searchDevelopments(db, query, { limit, after: null }),
  ]);
  const statements = citedStatements(base, said.rows);
  const developments = await toldDevelopments(db, base, happened.rows);
  if (statements.length + developments.length === 0) {
    return { data: { entries: [], state: null, leftOut: null }, text: await nothingFound(asking) };
  }
  const shown = new Set(developments.flatMap(({ evidence }) => evidence.map(({ statementId }) => statementId)));
  const alone = statements.filter(({ statementId }) => !shown.has(statementId));
  const leftOut = [
    said.next ? `Only the newest ${limit} statements` : null,
    happened.next ? `only the ${limit} developments detected last` : null,
  ].filter(Boolean);
  return answerOf(
    [
      ...developments.map((development) => entryOf(development, null)),
      ...alone.map((statement) => entryOf(null, statement)),
    ],
    {
      ...{ state: null, skip },
      leftOut:
        leftOut.length > 0
          ? `${leftOut.join(" and ")} are here; narrow the query with since: and until: for the rest.`
          : null,
    },
  );
}

function entryOf(
  development: Told | null,
  statement: Cited | null,
  step: Pick<Entry, "state" | "isKnownStep"> = { state: null, isKnownStep: null },
): Entry {
  const date = development ? toldOn(development) : (statement?.date ?? null);
  return { date, ...step, development, statement };
}

/** Puts entries in order, and gives as many behind those to be skipped as fit. */
function answerOf(
  unordered: readonly Entry[],
  about: { readonly state: string | null; readonly leftOut: string | null; readonly skip: number },
): Answer {
  const instant = ({ date }: Entry) => (date === null ? Number.MAX_VALUE : Date.parse(date));
  const wanted = [...unordered].sort((one, other) => instant(one) - instant(other)).slice(about.skip);
  const entries = fitting(wanted, entryText);
  const missing = wanted.length - entries.length;
  const skipNext = about.skip + entries.length;
  const didNotFit =
    missing > 0 ? `${missing} more entries did not fit into one answer; ask again with skip: ${skipNext}.` : null;
  const leftOut = [didNotFit, about.leftOut].filter(Boolean).join(" ") || null;
  const { state } = about;
  const text = [state ? `The thread stands at: ${state}` : null, ...entries.map(entryText), leftOut];
  return { data: { entries, state, leftOut }, text: text.filter(Boolean).join("\n\n") };
}

function entryText({ date, state, isKnownStep, development, statement }: Entry): string {
  const unexpected = isKnownStep === false ? " (an unexpected step)" : "";
  const head = `${date ?? "date not known"}${state ? ` → ${state}${unexpected}` : ""}`;
  return `${head}\n${development ? toldText(development) : statement ? citedText(statement) : ""}`;
}
