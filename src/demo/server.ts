import type { IncomingMessage, ServerResponse } from "node:http";
import { answerTo } from "./answer.ts";
import { demoCatalogue } from "./catalogue.ts";
import { entityTag, holdsAlready, httpDate } from "./conditional.ts";
import { inventedPublications } from "./invented-publications.ts";
import { listenOnLoopback } from "./listen.ts";
import type { Publication } from "./publication.ts";
import { inReleaseOrder, type Site, type SiteState } from "./site.ts";
import { whiteHousePublications } from "./white-house-publications.ts";

/** The source that goes down in the demonstration. */
const FRAGILE_SOURCE = "demo-harbour-wire";

/** The port the demonstration uses unless told otherwise. */
export const DEMO_PORT = 4780;

/** Something that happened on the demonstration's sites. */
export type DemoEvent =
  | { readonly kind: "released" | "edited"; readonly title: string; readonly url: string }
  | { readonly kind: "down"; readonly sourceId: string }
  | { readonly kind: "finished" };

export type DemoServerOptions = {
  /** The demo folder of the package. */
  readonly folder: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** Milliseconds from one step to the next; null stands still until `release` and the others are called. */
  readonly releaseEveryMs: number | null;
  /** The step that edits the page; null never. Unless told, eight steps after the page came out. */
  readonly editAtStep?: number | null;
  /** The step that takes a source down; null never. Unless told, the one after the last page came out. */
  readonly takeDownAtStep?: number | null;
  readonly onEvent?: (event: DemoEvent) => void;
};

export type DemoServer = {
  readonly origin: string;
  /** The page that is edited silently. */
  readonly editedUrl: string;
  /** Id of the source that is taken down. */
  readonly fragileSourceId: string;
  /** How many pages are out, and how many there are. */
  readonly progress: () => { readonly released: number; readonly total: number };
  /** Publishes the next pages, one unless told otherwise. */
  readonly release: (count?: number) => void;
  /** Publishes the edited page if it is not out, and changes its words without notice. */
  readonly editNow: () => void;
  /** Lets one source answer 503 from now on. */
  readonly takeDown: () => void;
  readonly close: () => Promise<void>;
};

/**
 * Starts the demonstration's sources on loopback: the oldest page of each is out, the others follow step by step
 * in the order of their real dates.
 *
 * @throws {Failure} `in-use` or `bad-setting` for the port; `bad-input` or `bad-catalogue` for files of the demo folder.
 */
export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const { folder, port = DEMO_PORT, releaseEveryMs, onEvent = () => {} } = options;
  const publications = inReleaseOrder([
    ...(await whiteHousePublications(folder)),
    ...(await inventedPublications(folder)),
  ]);
  const sourceCount = new Set(publications.map(({ sourceId }) => sourceId)).size;
  const editedAt = publications.findIndex(({ revised }) => revised !== null);
  const edited = publications[editedAt];
  if (!edited) throw new Error("demo/white-house/ holds no pair of NAME.before.md and NAME.after.md");

  // Read before the port is taken; the server needs the paths alone, which are the same at every port.
  const { sources } = await demoCatalogue(folder, "http://127.0.0.1");

  let site: Site | null = null;
  let state: SiteState = { released: sourceCount, edited: false, down: null };
  const { origin, close } = await listenOnLoopback(port, (request, response) => {
    if (site) respond(site, state, request, response);
    else response.writeHead(503).end();
  });
  site = { origin, sources, publications };
  const urlOf = ({ path }: Publication) => origin + path;

  const release = (count = 1) => {
    const before = state.released;
    state = { ...state, released: Math.min(before + count, publications.length) };
    for (const one of publications.slice(before, state.released)) {
      onEvent({ kind: "released", title: one.title, url: urlOf(one) });
    }
  };
  const editNow = () => {
    if (state.edited) return;
    release(Math.max(0, editedAt + 1 - state.released));
    state = { ...state, edited: true };
    onEvent({ kind: "edited", title: edited.title, url: urlOf(edited) });
  };
  const takeDown = () => {
    if (state.down) return;
    state = { ...state, down: FRAGILE_SOURCE };
    onEvent({ kind: "down", sourceId: FRAGILE_SOURCE });
  };

  const { editAtStep = Math.max(0, editedAt + 1 - sourceCount) + 8 } = options;
  const { takeDownAtStep = publications.length - sourceCount + 1 } = options;
  const lastStep = Math.max(publications.length - sourceCount, editAtStep ?? 0, takeDownAtStep ?? 0);
  const timer = releaseEveryMs === null ? null : setInterval(takeStep, releaseEveryMs);
  let step = 0;
  function takeStep() {
    step += 1;
    release();
    if (step === editAtStep) editNow();
    if (step === takeDownAtStep) takeDown();
    if (step < lastStep) return;
    if (timer) clearInterval(timer);
    onEvent({ kind: "finished" });
  }

  return {
    origin,
    editedUrl: urlOf(edited),
    fragileSourceId: FRAGILE_SOURCE,
    progress: () => ({ released: state.released, total: publications.length }),
    release,
    editNow,
    takeDown,
    close: () => {
      if (timer) clearInterval(timer);
      return close();
    },
  };
}

function respond(site: Site, state: SiteState, request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const { status, type, body, modifiedAt } = answerTo(site, state, pathOf(request.url ?? "/"));
  if (status !== 200) {
    response.writeHead(status, { "content-type": type }).end(body);
    return;
  }
  const etag = entityTag(body);
  const validators = {
    etag,
    ...(modifiedAt && { "last-modified": httpDate(modifiedAt) }),
    "cache-control": "no-cache",
  };
  if (holdsAlready(request.headers, etag, modifiedAt)) response.writeHead(304, validators).end();
  else {
    const bytes = Buffer.from(body, "utf8");
    response.writeHead(200, { ...validators, "content-type": type, "content-length": bytes.length }).end(bytes);
  }
}

/** The path of a request target, without its query. */
function pathOf(target: string): string {
  return target.split(/[?#]/, 1)[0] || "/";
}
