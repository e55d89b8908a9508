import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join, normalize, sep } from "node:path";
import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import type { AppControllerRoute, BullBoardQueues, IServerAdapter, UIConfig } from "@bull-board/api/typings/app";
import { type Context, Hono } from "hono";
import type { Queues } from "../../queues.ts";
import { BOARD_PATH } from "../pages/queues.tsx";

/** A queue as BullMQ has it. */
type BoardQueue = ReturnType<Queues["all"]>[number];

/**
 * What bull-board's page may load: its own scripts, styles and texts from here, no inline script and nothing from elsewhere. It differs from
 * the policy of our pages in asking this server from scripts, in saying where relative addresses begin, and in the styles that its
 * components write into the page.
 */
const BOARD_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
};

/** What bull-board gives an adapter of a web server to serve. */
type Board = { queues: BullBoardQueues; routes: readonly AppControllerRoute[]; config: UIConfig; files: string };

/**
 * Makes bull-board's page, its scripts and what they ask, below `BOARD_PATH`, over the queues of all stages. Who may come in, and that
 * nothing is changed from a page elsewhere, is to be seen to before.
 *
 * Its own adapter for this web framework is not used: it draws the page with letters from another host and reads files relative to the
 * folder that the process was started in.
 */
export async function queueBoard(queues: readonly BoardQueue[]): Promise<Hono> {
  const files = join(dirname(createRequire(import.meta.url).resolve("@bull-board/ui/package.json")), "dist");
  const board = describeBoard(queues, files);
  const page = pageOf(await readFile(join(files, "index.ejs"), "utf8"), board.config);
  const app = new Hono().basePath(BOARD_PATH);
  // No name holds the character that Postgres and file systems take for the end of one.
  app.use((c, next) => (c.req.url.includes("%00") ? Promise.resolve(c.notFound()) : next()));
  app.get("/static/*", (c) => serveFile(c, board.files));
  for (const { method, route, handler } of board.routes) {
    const answer = async (c: Context) => {
      const body = c.req.method === "GET" ? {} : await c.req.json().catch(() => ({}));
      const { status = 200, body: said } = await handler({
        ...{ queues: board.queues, uiConfig: board.config, params: c.req.param(), query: c.req.query(), body },
        headers: c.req.header(),
      });
      return status === 204 ? c.body(null, 204) : Response.json(said ?? null, { status });
    };
    for (const path of [route].flat())
      app.on(
        [method].flat().map((one) => one.toUpperCase()),
        path,
        answer,
      );
  }
  // Every other path is one that the page's own script understands.
  app.get("*", (c) => c.html(page, 200, { "Content-Security-Policy": BOARD_POLICY }));
  return app;
}

function describeBoard(queues: readonly BoardQueue[], files: string): Board {
  const board: { -readonly [Key in keyof Board]: Board[Key] } = { queues: new Map(), routes: [], config: {}, files };
  const adapter: IServerAdapter = {
    setQueues: (given) => {
      board.queues = given;
      return adapter;
    },
    setApiRoutes: (given) => {
      board.routes = given;
      return adapter;
    },
    setUIConfig: (given) => {
      board.config = given;
      return adapter;
    },
    setStaticPath: (_route, path) => {
      board.files = path;
      return adapter;
    },
    setViewsPath: () => adapter,
    setEntryRoute: () => adapter,
    setErrorHandler: () => adapter,
  };
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue)),
    serverAdapter: adapter,
    options: {
      uiBasePath: dirname(files),
      uiConfig: { boardTitle: "Parley, queues", pollingInterval: { showSetting: true } },
    },
  });
  return board;
}

/** Writes the page with the scripts and styles that bull-board's template names, and without its letters from elsewhere and its inline styles. */
function pageOf(template: string, config: UIConfig): string {
  const scripts = [...template.matchAll(/<script defer src="(static\/[\w./-]+)">/g)].map(
    ([, path]) => `<script defer src="${path}"></script>`,
  );
  const styles = [...template.matchAll(/<link href="(static\/[\w./-]+\.css)"/g)].map(
    ([, path]) => `<link rel="stylesheet" href="${path}">`,
  );
  const settings = JSON.stringify(config).replaceAll("<", "\\u003c");
  return `<!DOCTYPE html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<base href="${BOARD_PATH}/"><title>Parley, queues</title><link rel="icon" href="static/favicon-32x32.png">
${styles.join("")}</head>
<body><script id="__UI_CONFIG__" type="application/json">${settings}</script><div id="root"></div>${scripts.join("")}</body></html>`;
}

/** Serves a file of bull-board's; their names carry digests of what is in them, but for the texts. */
async function serveFile(c: Context, folder: string): Promise<Response> {
  const asked = decoded(c.req.path.slice(`${BOARD_PATH}/static/`.length));
  if (asked === null) return c.notFound();
  const path = normalize(join(folder, asked));
  const type = TYPES[extname(path)];
  if (!path.startsWith(folder + sep) || !type) return c.notFound();
  const bytes = await readFile(path).catch(() => null);
  return bytes === null ? c.notFound() : c.body(new Uint8Array(bytes), 200, { "Content-Type": type });
}

/** Reads a path with its %-signs; null where one begins no character. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
