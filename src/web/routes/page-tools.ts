import type { Context } from "hono";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Database } from "../../db/client.ts";
import type { View } from "../view.ts";
import type { WebActs } from "./acts.ts";

/** A page before it is sent. */
export type PageBody = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The statuses that a page is sent with. */
export type PageStatus = 200 | 400 | 403 | 404 | 409 | 429 | 500 | 503;

/** What routes need in order to answer with pages. */
export type PageTools = {
  readonly db: Database;
  readonly now: () => Date;
  /** Null where pages may change nothing. */
  readonly acts: WebActs | null;
  readonly viewFor: (c: Context) => View;
  /** Sends a page; status 200, unless told otherwise. */
  readonly page: (c: Context, body: PageBody, status?: PageStatus) => Response | Promise<Response>;
};
