import { createHash } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { preferredLanguage } from "../view.ts";

/** What is remembered: pages that are alike for everybody of the same scope, and whose news may come a moment late. */
const REMEMBERED =
  /^\/(?:|developments|threads|statements|documents|actors|topics|matrix|meetings|phrases|commitments|sources|about|(?:actors|topics|phrases)\/[^/]+)$/;

/** What is asked with POST and changes nothing that is remembered; anybody may send what concerns a subscription. */
const CHANGES_NO_PAGE = /^\/(?:mcp|api\/v1\/rules\/test|subscribe|(?:confirm|subscription|unsubscribe)\/[^/]+)$/;

/** Most bytes that all remembered pages take together, as they are sent, with the addresses they are known by. */
const MOST_BYTES = 16 * 1_024 * 1_024;

/** Pages as they were made lately. */
export type PageMemory = {
  /** Answers from memory, else has the page made, once for all who ask for it meanwhile. */
  readonly middleware: MiddlewareHandler;
  /** Forgets everything: something has changed that people will look for. */
  readonly forget: () => void;
};

/** A page as it is sent, and the headers that are its own; the others are put on every answer anew. */
type Page = { readonly body: Uint8Array<ArrayBuffer>; readonly headers: Readonly<Record<string, string>> };

/** A page that is being made (`madeAt` null) or was. It comes to null where the answer was no page. */
type Entry = { readonly page: Promise<Page | null>; madeAt: number | null; bytes: number };

/**
 * Remembers lists and overviews for a moment, so that a hundred people who look at one at the same time have it made once. Pages of
 * a single statement, document or development are made each time, as are answers to programs.
 *
 * An answer from memory says how many seconds old it is (`Age`, RFC 9111, 5.1), and each carries a tag by which a browser gets it
 * again only when it differs (`If-None-Match`, RFC 9110, 13.1.2). Whoever sends anything but a question, and is
 * not refused, has everything forgotten.
 *
 * @param forMs - How old an answer from memory may be.
 * @param scopeOf - What whoever asks may see: what is remembered for one scope is not shown to another.
 */
export function createPageMemory(forMs: number, now: () => Date, scopeOf: (c: Context) => string): PageMemory {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const isFresh = ({ madeAt }: Entry) => {
    const age = madeAt === null ? 0 : now().getTime() - madeAt;
    return age >= 0 && age < forMs;
  };
  const drop = (key: string, entry: Entry) => {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    bytes -= entry.bytes;
  };
  const dropOld = () => {
    // The oldest stand first.
    for (const [key, entry] of entries) {
      if (bytes <= MOST_BYTES && isFresh(entry)) return;
      drop(key, entry);
    }
  };
  const freshEntry = (key: string) => {
    const entry = entries.get(key);
    if (entry && isFresh(entry)) return entry;
    if (entry) drop(key, entry);
    return null;
  };
  const makeFor = async (key: string, make: () => Promise<Page | null>) => {
    const { promise, resolve } = promised<Page | null>();
    const entry: Entry = { page: promise, madeAt: null, bytes: 0 };
    entries.set(key, entry);
    const page = await make().catch((error) => {
      drop(key, entry);
      resolve(null);
      throw error;
    });
    resolve(page);
    // Forgotten meanwhile, or no page: nothing to keep.
    if (page === null) drop(key, entry);
    if (entries.get(key) !== entry) return page;
    entry.madeAt = now().getTime();
    entry.bytes = page === null ? 0 : page.body.byteLength + 2 * key.length;
    bytes += entry.bytes;
    dropOld();
    return page;
  };
  const forget = () => {
    entries.clear();
    bytes = 0;
  };

  const middleware: MiddlewareHandler = async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      await next();
      // What was refused has changed nothing; these ask, though with POST.
      const isRefused = c.res.status >= 400 && c.res.status < 500;
      if (!isRefused && !CHANGES_NO_PAGE.test(c.req.path)) forget();
      return;
    }
    if (forMs === 0 || c.req.method === "HEAD" || !REMEMBERED.test(c.req.path)) return next();
    const key = keyOf(c, scopeOf(c));
    const known = freshEntry(key);
    const remembered = known && (await known.page);
    if (known && remembered) return answer(c, remembered, now().getTime() - (known.madeAt ?? now().getTime()));
    const made = await makeFor(key, async () => {
      await next();
      return pageOf(c.res);
    });
    if (made === null) return;
    // Put in the place of what was made, whose headers would else be laid over these.
    c.res = undefined;
    c.res = answer(c, made, 0);
  };
  return { middleware, forget };
}

/** What a page depends on: its address, who may see it, its language where the address names none, how it is packed. */
function keyOf(c: Context, scope: string): string {
  const language = preferredLanguage(c.req.header("Accept-Language") ?? null);
  return [scope, language, c.req.header("Accept-Encoding") ?? "", c.req.url].join(" ");
}

async function pageOf(response: Response): Promise<Page | null> {
  const type = response.headers.get("Content-Type") ?? "";
  if (response.status !== 200 || !type.startsWith("text/html")) return null;
  const body = new Uint8Array(await response.arrayBuffer());
  const tag = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  const own = ["Content-Encoding", "Vary"].flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { body, headers: { "Content-Type": type, ETag: `"${tag}"`, ...Object.fromEntries(own) } };
}

function answer(c: Context, { body, headers }: Page, ageMs: number): Response {
  const { "Content-Type": _type, "Content-Encoding": _encoding, ...ofAnyAnswer } = headers;
  const age = { Age: String(Math.floor(ageMs / 1_000)) };
  const held = (c.req.header("If-None-Match") ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (held.includes(headers.ETag ?? ""))
    return new Response(null, { status: 304, headers: { ...ofAnyAnswer, ...age } });
  return new Response(body, { headers: { ...headers, ...age, "Content-Length": String(body.byteLength) } });
}

function promised<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
