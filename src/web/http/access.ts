import type { Context, MiddlewareHandler } from "hono";
import type { Scope } from "../../db/analysts/tokens.ts";
import type { Database } from "../../db/client.ts";
import { answerProblem } from "./problem.ts";
import { createTokenLookup } from "./token-lookup.ts";

/** Who may read: `loopback` anyone on this machine, `token` whoever holds a token. */
export type Access = "loopback" | "token";

/** Tells whether a host to bind to can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Lets a request pass, or answers 401 or 403.
 *
 * With `token` every request needs `Authorization: Bearer TOKEN`, or Basic with any name and the token as password, which
 * browsers ask for. With `loopback` the name in the address must be one of this machine: a page elsewhere whose name was made
 * to point here (DNS rebinding) gets nothing.
 */
export function guard(access: Access, db: Database, now: () => Date, openSubscription = false): MiddlewareHandler {
  const scopeOfToken = createTokenLookup(db);
  return async (c, next) => {
    if (isForEverybody(c.req.path, openSubscription)) return next();
    if (access === "loopback") {
      if (isLoopback(new URL(c.req.url).hostname)) {
        c.set(SCOPE, "admin");
        return next();
      }
      return answerProblem(
        c,
        403,
        "The address names another host; open Parley as http://127.0.0.1 or http://localhost.",
      );
    }
    const token = tokenOf(c);
    const scope = token === null ? null : await scopeOfToken(token, now(), c.req.raw.signal);
    if (scope !== null) {
      c.set(SCOPE, scope);
      c.set(ASKER, token);
      return next();
    }
    c.header("WWW-Authenticate", 'Basic realm="Parley", charset="UTF-8"');
    return answerProblem(
      c,
      401,
      token === null
        ? "A token is needed: send it as Authorization: Bearer TOKEN, or as the password when the browser asks. An admin makes one with `parley token`."
        : "The token is unknown, revoked or expired. An admin makes one with `parley token`.",
    );
  };
}

const SCOPE = "parleyScope";
const ASKER = "parleyAsker";
const RANK: Readonly<Record<Scope, number>> = { reader: 0, editor: 1, admin: 2 };

/** Gives the scope of whoever asks, on this machine alone that of an admin; undefined where none was needed. */
export function scopeOf(c: Context): Scope | undefined {
  return c.get(SCOPE);
}

/** Gives the token of whoever asks, to tell them from others; empty where none was needed. */
export function askerOf(c: Context): string {
  return c.get(ASKER) ?? "";
}

/** Tells whether whoever asks may do what a scope may; on this machine alone everybody may. */
export function mayActAs(c: Context, scope: Scope): boolean {
  const held = scopeOf(c);
  return held !== undefined && RANK[held] >= RANK[scope];
}

/** Refuses an answer to whoever holds less than a scope; null where it may be read. */
export function onlyFor(c: Context, least: Scope): Response | null {
  if (mayActAs(c, least)) return null;
  const detail = `This needs a token of scope ${least}; parley token add NAME --scope ${least} makes one.`;
  return answerProblem(c, 403, detail);
}

/** Health, and the pages whose signed address is the key to them; the loopback rule holds for none of them. */
function isForEverybody(path: string, openSubscription: boolean): boolean {
  if (path === "/healthz" || path === "/readyz") return true;
  if (/^\/(confirm|subscription|unsubscribe)\/[\w.-]+$/.test(path)) return true;
  return openSubscription && (path === "/subscribe" || path.startsWith("/assets/"));
}

/** Reads the token that a request carries; null where it carries none. */
function tokenOf(c: Context): string | null {
  const header = c.req.header("Authorization") ?? "";
  const bearer = /^Bearer\s+(\S+)$/i.exec(header);
  if (bearer) return bearer[1] ?? null;
  const basic = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(header);
  if (!basic) return null;
  const pair = Buffer.from(basic[1] ?? "", "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon === -1 ? null : pair.slice(colon + 1).trim() || null;
}
