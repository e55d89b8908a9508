import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { captureBody } from "../../db/archive/capture-body.ts";
import { documentById, versionText } from "../../db/archive/document-page.ts";
import { statementWithKey } from "../../db/archive/statement-by-key.ts";
import { statementsByIds } from "../../db/archive/statement-rows.ts";
import type { Database } from "../../db/client.ts";
import { developmentsByIds } from "../../db/developments/development-list.ts";
import { changesAfter, isChangeCursor } from "../../db/history/changes.ts";
import { dumpIds } from "../../db/history/dump-ids.ts";
import { quotedActors, topicsWithCounts } from "../../db/search/name-lists.ts";
import { suggestNames } from "../../db/search/name-suggestions.ts";
import { statementFacets } from "../../db/search/statement-facets.ts";
import { statementsOfVersion } from "../../db/search/statement-search.ts";
import { wordDiff } from "../../detect/edit/word-diff.ts";
import { askerOf } from "../http/access.ts";
import { answerParts } from "../http/answer-parts.ts";
import { answerBusy, answerProblem, type RequestMistake } from "../http/problem.ts";
import { createSlots } from "../http/slots.ts";
import { readId, understandQuestion } from "../search.ts";
import {
  actorsRoute,
  captureBodyRoute,
  changesRoute,
  diffRoute,
  dumpRoute,
  facetsRoute,
  namesRoute,
  statementByKeyRoute,
  topicsRoute,
} from "./archive-routes.ts";
import { developmentJson, documentJson, statementJson } from "./rows-to-json.ts";

/** What a part of the API is made with. */
export type Parts = {
  readonly db: Database;
  readonly baseOf: (c: Context) => string;
  readonly badRequest: (c: Context, mistakes: readonly RequestMistake[]) => never;
  readonly notFound: (c: Context, noun: string) => never;
};

/** Dumps that are made at a time: each asks the database for everything there is. */
const MOST_DUMPS = 2;

/** Adds what programs need beyond single rows: counts, names, differences, raw bytes, changes, the whole. */
export function addArchiveApi(
  api: OpenAPIHono,
  { db, baseOf, report, badRequest, notFound }: Parts & { readonly report: (error: unknown) => void },
): void {
  const idOf = (c: Context) => readId(c.req.param("id") ?? "") ?? 0;

  api.openapi(statementByKeyRoute, async (c) => {
    const id = await statementWithKey(db, c.req.param("key"));
    const [row] = id === null ? [] : await statementsByIds(db, [id]);
    return row ? c.json(statementJson(row, baseOf(c)), 200) : notFound(c, "statement");
  });

  api.openapi(facetsRoute, async (c) => {
    const { query, mistakes } = await understandQuestion(db, c.req.valid("query"));
    if (mistakes.length > 0) return badRequest(c, mistakes);
    const { of, complete, by } = await statementFacets(db, query);
    const lists = Object.fromEntries(Object.entries(by).map(([name, values]) => [name, [...values]]));
    return c.json({ of, complete, by: lists }, 200);
  });

  api.openapi(namesRoute, async (c) =>
    c.json({ items: [...(await suggestNames(db, c.req.valid("query").q, 20))] }, 200),
  );

  api.openapi(diffRoute, async (c) => {
    const document = await documentById(db, idOf(c));
    if (!document) return notFound(c, "document");
    const { from, to } = c.req.valid("query");
    const ids = [from, to].map((number) => document.versions.find((version) => version.number === Number(number))?.id);
    const texts = await Promise.all(ids.map((id) => (id === undefined ? null : versionText(db, id))));
    const missing = (["from", "to"] as const).filter((_, index) => !texts[index]);
    if (missing.length > 0) {
      const message = `no such version; expected a number from 1 to ${document.versions.length}.`;
      return badRequest(
        c,
        missing.map((parameter) => ({ parameter, message })),
      );
    }
    const pieces = [...wordDiff(texts[0]?.text ?? "", texts[1]?.text ?? "")];
    return c.json({ from: Number(from), to: Number(to), pieces }, 200);
  });

  api.openapi(captureBodyRoute, async (c) => {
    const capture = await captureBody(db, idOf(c));
    if (!capture) return notFound(c, "capture");
    if (!capture.bytes) {
      const detail = `The bytes of capture ${capture.id} were thinned: nothing was read from them. Their SHA-256 is ${capture.bodySha256}.`;
      return answerProblem(c, 404, detail) as never;
    }
    // Never shown as a page: what a stranger wrote must not run under our name.
    return c.body(Buffer.from(capture.bytes), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": `attachment; filename="capture-${capture.id}"`,
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "sandbox; default-src 'none'",
      Digest: `sha-256=${Buffer.from(capture.bodySha256, "hex").toString("base64")}`,
    }) as never;
  });

  api.openapi(actorsRoute, async (c) => {
    const items = await quotedActors(db);
    return c.json(
      { items: items.map(({ bloc: side, count: statements, ...rest }) => ({ ...rest, side, statements })) },
      200,
    );
  });

  api.openapi(topicsRoute, async (c) => {
    const items = await topicsWithCounts(db);
    return c.json({ items: items.map(({ count: statements, ...rest }) => ({ ...rest, statements })) }, 200);
  });

  api.openapi(changesRoute, async (c) => {
    const { after = null, limit } = c.req.valid("query");
    if (after !== null && !isChangeCursor(after)) {
      return badRequest(c, [
        { parameter: "after", message: "is no cursor that Parley gave out; take `next` of the answer before." },
      ]);
    }
    const changes = await changesAfter(db, after, limit);
    const items = [];
    for (const { id, noun, ...rest } of changes) {
      const now =
        noun === "document"
          ? { document: await documentNow(db, id, baseOf(c)) }
          : { development: await developmentNow(db, id, baseOf(c)) };
      items.push({ ...rest, id, noun, ...now });
    }
    return c.json({ items, next: changes.at(-1)?.cursor ?? after }, 200);
  });

  const dumps = createSlots(MOST_DUMPS);
  api.openapi(dumpRoute, async (c) => {
    const headers = { "Content-Type": "application/x-ndjson; charset=utf-8" };
    // Nobody would read what is made.
    if (c.req.raw.method === "HEAD") return c.body(null, 200, headers) as never;
    const over = dumps.take(askerOf(c));
    if (!over) return answerBusy(c, `${MOST_DUMPS} dumps are under way already.`) as never;
    return (await answerParts(c, dumpLines(db, baseOf(c)), { headers, over, report })) as never;
  });
}

async function documentNow(db: Database, id: number, base: string) {
  const document = await documentById(db, id);
  if (!document) return undefined;
  const version = document.versions.find((entry) => entry.id === document.currentVersionId);
  const body = version ? await versionText(db, version.id) : null;
  const shown =
    version && body ? { version, text: body.text, statements: await statementsOfVersion(db, version.id) } : null;
  return documentJson(document, shown, base);
}

async function developmentNow(db: Database, id: number, base: string) {
  const [row] = await developmentsByIds(db, [id]);
  return row && developmentJson(row, base);
}

/** Writes the whole archive, a line at a time. */
async function* dumpLines(db: Database, base: string): AsyncGenerator<string> {
  for (const noun of ["document", "development"] as const) {
    for await (const id of dumpIds(db, noun)) {
      const now =
        noun === "document"
          ? { document: await documentNow(db, id, base) }
          : { development: await developmentNow(db, id, base) };
      yield `${JSON.stringify({ noun, id, ...now })}\n`;
    }
  }
}
