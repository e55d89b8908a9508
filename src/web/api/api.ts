import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { documentById, versionText } from "../../db/archive/document-page.ts";
import { statementsByIds } from "../../db/archive/statement-rows.ts";
import type { Database } from "../../db/client.ts";
import { coverageSince, sourceCoverage } from "../../db/collection/coverage.ts";
import { familyOf } from "../../db/copies/document-family.ts";
import { developmentsByIds, searchDevelopments } from "../../db/developments/development-list.ts";
import { filtersInstead } from "../../db/search/filters-instead.ts";
import { searchStatements, statementsOfVersion } from "../../db/search/statement-search.ts";
import { highlightsOf } from "../../domain/query/highlight.ts";
import { answerProblem, type RequestMistake } from "../http/problem.ts";
import type { WebActs } from "../routes/acts.ts";
import { readCursor, readId, understandQuestion } from "../search.ts";
import { addArchiveApi } from "./archive-api.ts";
import { describeApi } from "./describe.ts";
import { addDocumentApi } from "./document-api.ts";
import { addHandApi } from "./hand-api.ts";
import { addOneApi } from "./one-api.ts";
import { addRecordApi } from "./record-api.ts";
import {
  developmentRoute,
  developmentsRoute,
  documentRoute,
  sourcesRoute,
  statementRoute,
  statementsRoute,
} from "./routes.ts";
import { developmentJson, documentJson, linkedStatementJson, sourceJson } from "./rows-to-json.ts";
import { addTellingApi } from "./telling-api.ts";

/** What the API needs. */
export type ApiOptions = {
  readonly db: Database;
  readonly now: () => Date;
  readonly version: string;
  /** The address that links begin with, without a slash at the end. */
  readonly baseOf: (c: Context) => string;
  /** Null where it may change nothing. */
  readonly acts: WebActs | null;
  /** Is told of an error behind the beginning of an answer. */
  readonly report: (error: unknown) => void;
};

const tagged = [
  ...["/statements/*", "/developments/*", "/documents/*", "/sources/*", "/actors/*", "/topics/*"],
  ...["/facets", "/captures/:id", "/threads/*", "/meetings/*", "/phrases/*", "/commitments/*", "/first-times/*"],
  ...["/rules/*", "/endpoints/*", "/deliveries/*", "/digests/*"],
];

/** Makes the HTTP API: JSON, described by its own OpenAPI document. */
export function createApi({ db, now, version, baseOf, acts, report }: ApiOptions): OpenAPIHono {
  const api = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (!result.success) return badRequest(c, result.error.issues.flatMap(mistakesOf));
    },
  });

  // A client that has the answer already gets no second copy.
  for (const path of tagged) api.use(path, etag());

  api.openapi(statementsRoute, async (c) => {
    const { limit, cursor: word, order, ...parameters } = c.req.valid("query");
    const cursor = readCursor(word);
    const { query, mistakes } = await understandQuestion(db, parameters);
    const all = [...mistakes, ...cursor.mistakes];
    if (all.length > 0) return badRequest(c, all);
    const { rows, next } = await searchStatements(db, query, { limit, after: cursor.after, order });
    const items = rows.map((row) => ({
      ...linkedStatementJson(row, baseOf(c)),
      highlights: [...highlightsOf(query, row.words)],
    }));
    const suggestions = items.length === 0 && cursor.after === null ? await filtersInstead(db, parameters) : [];
    return c.json({ items, next, suggestions: [...suggestions] }, 200);
  });

  api.openapi(statementRoute, async (c) => {
    const [row] = await statementsByIds(db, ids(c.req.param("id")));
    return row ? c.json(linkedStatementJson(row, baseOf(c)), 200) : notFound(c, "statement");
  });

  api.openapi(developmentsRoute, async (c) => {
    const { limit, cursor: word, ...parameters } = c.req.valid("query");
    const cursor = readCursor(word);
    const { query, mistakes } = await understandQuestion(db, parameters);
    const all = [...mistakes, ...cursor.mistakes];
    if (all.length > 0) return badRequest(c, all);
    const { rows, next } = await searchDevelopments(db, query, { limit, after: cursor.after });
    return c.json({ items: rows.map((row) => developmentJson(row, baseOf(c))), next }, 200);
  });

  api.openapi(developmentRoute, async (c) => {
    const [row] = await developmentsByIds(db, ids(c.req.param("id")));
    return row ? c.json(developmentJson(row, baseOf(c)), 200) : notFound(c, "development");
  });

  addDocumentApi(api, { db, baseOf, badRequest });

  api.openapi(documentRoute, async (c) => {
    const id = readId(c.req.param("id"));
    const document = id === null ? null : await documentById(db, id);
    if (!document) return notFound(c, "document");
    const { v } = c.req.valid("query");
    const version = document.versions.find((entry) =>
      v === undefined ? entry.id === document.currentVersionId : entry.number === readId(v),
    );
    if (!version && v !== undefined) {
      return badRequest(c, [
        { parameter: "v", message: `v is "${v}"; expected a number from 1 to ${document.versions.length}.` },
      ]);
    }
    const body = version ? await versionText(db, version.id) : null;
    const shown =
      version && body ? { version, text: body.text, statements: await statementsOfVersion(db, version.id) } : null;
    const family = (await familyOf(db, document.id)).map(({ documentId, title, url, lang, relation }) => ({
      ...{ documentId, title, url, lang, relation },
    }));
    return c.json({ ...documentJson(document, shown, baseOf(c)), family }, 200);
  });

  api.openapi(sourcesRoute, async (c) => {
    const at = now();
    const since = new Date(at.getTime() - 86_400_000);
    const [coverage, sources] = await Promise.all([coverageSince(db, since, at), sourceCoverage(db, at)]);
    return c.json(
      {
        coverage: {
          since: since.toISOString(),
          ...coverage,
          late: [...coverage.late],
          quiet: [...coverage.quiet],
          troubles: [...coverage.troubles],
        },
        items: sources.map(sourceJson),
      },
      200,
    );
  });

  addArchiveApi(api, { db, baseOf, report, badRequest, notFound });
  addOneApi(api, { db, now, baseOf, notFound });
  addRecordApi(api, { db, baseOf, badRequest, notFound });

  addHandApi(api, { db, now, acts, baseOf, badRequest, notFound });
  addTellingApi(api, { db, now, acts, baseOf, badRequest, notFound });
  describeApi(api, version, baseOf);

  // What the server of requests finds wrong by itself, such as a body that is no JSON or does not say that it is.
  api.onError((error, c) => {
    if (!(error instanceof HTTPException)) throw error;
    if (error.status === 415) return answerProblem(c, 415, notJson(c));
    if (error.status !== 400) throw error;
    return badRequest(c, [{ parameter: "body", message: `${error.message}.` }]);
  });
  api.notFound((c) => notFound(c, "endpoint"));
  return api;
}

function ids(text: string): readonly number[] {
  const id = readId(text);
  return id === null ? [] : [id];
}

function notFound(c: Context, noun: string) {
  return answerProblem(c, 404, `There is no ${noun} at ${c.req.path}; see /api/v1/openapi.json.`) as never;
}

function notJson(c: Context): string {
  const type = c.req.header("Content-Type");
  const says = type ? `says Content-Type: ${type.slice(0, 100)}` : "does not say its Content-Type";
  return `The body ${says}; send JSON with Content-Type: application/json.`;
}

function badRequest(c: Context, mistakes: readonly RequestMistake[]) {
  const detail = mistakes.map(({ parameter, message }) => `${parameter}: ${message}`).join(" ");
  return answerProblem(c, 400, detail, mistakes) as never;
}

type Issue = { readonly code: string; readonly path: readonly PropertyKey[]; readonly message: string };

function mistakesOf(issue: Issue): readonly RequestMistake[] {
  if (issue.code === "unrecognized_keys" && "keys" in issue) {
    return (issue.keys as readonly string[]).map((parameter) => ({
      parameter,
      message: "no such parameter here; see /api/v1/openapi.json.",
    }));
  }
  const parameter = String(issue.path[0] ?? "");
  if (issue.message.includes("received array")) {
    return [{ parameter, message: "given more than once; join the values with commas." }];
  }
  return [{ parameter, message: `${issue.message}.` }];
}
