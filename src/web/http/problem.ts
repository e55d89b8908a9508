import type { Context } from "hono";

/** One thing wrong with a request: which parameter, and what is expected there; where in it, and what may have been meant, if known. */
export type RequestMistake = {
  readonly parameter: string;
  readonly message: string;
  readonly start?: number;
  readonly end?: number;
  readonly suggestion?: string | null;
};

const TITLES: Readonly<Record<number, string>> = {
  400: "The request cannot be understood",
  401: "A token is needed",
  403: "Not allowed",
  404: "Not found",
  409: "Not in this state",
  413: "Too large",
  415: "Not a kind of body that is taken",
  500: "Parley made a mistake",
  503: "The question was not answered",
};

/** Answers that too many ask for the same costly thing, and when to ask again. */
export function answerBusy(c: Context, detail: string): Response {
  c.header("Retry-After", "10");
  return answerProblem(c, 503, `${detail} Ask again shortly.`);
}

/** Answers with a problem document (RFC 9457) that says what, where and what to do. */
export function answerProblem(
  c: Context,
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 500 | 503,
  detail: string,
  mistakes: readonly RequestMistake[] = [],
): Response {
  const body = {
    type: "about:blank",
    title: TITLES[status] ?? "",
    status,
    detail,
    instance: c.req.path,
    ...(mistakes.length > 0 ? { errors: mistakes } : {}),
  };
  return c.body(JSON.stringify(body), status, { "Content-Type": "application/problem+json; charset=utf-8" });
}
