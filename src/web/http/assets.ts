import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { shipped } from "../../paths.ts";

/** A file that pages refer to; its address changes with its content, so that it may be kept for ever. */
export type Asset = { readonly path: string; readonly type: string; readonly body: string };

/** The one stylesheet. */
export const stylesheet = asset("parley.css", "text/css; charset=utf-8");

/** The one script: keyboard and the reader's own clock. Pages work without it. */
export const script = asset("parley.js", "text/javascript; charset=utf-8");

function asset(name: string, type: string): Asset {
  const body = readFileSync(shipped(`src/web/assets/${name}`), "utf8");
  const digest = createHash("sha256").update(body).digest("hex").slice(0, 12);
  return { path: `/assets/${digest}/${name}`, type, body };
}
