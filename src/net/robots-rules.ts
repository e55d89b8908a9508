import { Buffer } from "node:buffer";

/** What one robots.txt asks of us. */
export type RobotsRules = {
  readonly rules: readonly RobotsRule[];
  /** Pause that the site asks for, in milliseconds; null where it asks for none. */
  readonly crawlDelayMs: number | null;
};

type RobotsRule = { readonly allow: boolean; readonly pattern: string };
type Group = { named: boolean; rules: RobotsRule[]; crawlDelayMs: number | null };

/** The rules of a site that asks for nothing. */
export const NO_RULES: RobotsRules = { rules: [], crawlDelayMs: null };

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Makes the product token (RFC 9309 §2.2.1) of a user agent: `Parley/0.1 (+https://…)` is `parley`. */
export function productToken(userAgent: string): string {
  return (/^[a-z_-]+/i.exec(userAgent.trim())?.[0] ?? "").toLowerCase();
}

/**
 * Reads a robots.txt (RFC 9309) for one product token.
 *
 * The groups that name the token count, all of them together; where none does, the groups for `*`. Lines that make no sense
 * are passed over, as the RFC asks. A line without its colon is read too, because sites rely on it.
 *
 * @param token - In lower case; see `productToken`.
 */
export function readRobots(bytes: Uint8Array, token: string): RobotsRules {
  const ours: Group = { named: false, rules: [], crawlDelayMs: null };
  const everyones: Group = { named: false, rules: [], crawlDelayMs: null };
  let open = new Set<Group>();
  let inRules = false;

  for (const line of textOf(bytes).split(/\r\n|\r|\n/)) {
    const [key, value] = readLine(line);
    if (key === "user-agent") {
      if (inRules) open = new Set();
      inRules = false;
      const group = /^\*(\s|$)/.test(value) ? everyones : productToken(value) === token && token !== "" ? ours : null;
      if (!group) continue;
      group.named = true;
      open.add(group);
    } else if (key === "allow" || key === "disallow") {
      inRules = true;
      if (value === "") continue;
      for (const group of open) group.rules.push({ allow: key === "allow", pattern: normalise(value) });
    } else if (key === "crawl-delay") {
      const delayMs = Number(value) * 1_000;
      if (value === "" || !(delayMs >= 0)) continue;
      for (const group of open) group.crawlDelayMs = Math.max(group.crawlDelayMs ?? 0, delayMs);
    }
  }
  const { rules, crawlDelayMs } = ours.named ? ours : everyones;
  return { rules, crawlDelayMs };
}

/**
 * Tells whether the rules allow a path: the longest matching pattern decides, `allow` where two are equally long (RFC 9309 §2.2.2).
 *
 * @param path - Path and query, percent-encoded as in `URL`'s `pathname + search`.
 */
export function robotsAllow({ rules }: RobotsRules, path: string): boolean {
  const normal = upperCaseEscapes(path);
  let best: RobotsRule | null = null;
  for (const rule of rules) {
    const longer = !best || rule.pattern.length > best.pattern.length;
    const milder = best?.pattern.length === rule.pattern.length && rule.allow;
    if ((longer || milder) && matches(rule.pattern, normal)) best = rule;
  }
  return best?.allow ?? true;
}

/** Matches `*` (anything) and a closing `$` (the end) from left to right, in time linear in the path for each pattern. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith("$");
  const pieces = (anchored ? pattern.slice(0, -1) : pattern).split("*");
  const head = pieces[0] ?? "";
  if (!path.startsWith(head)) return false;
  if (pieces.length === 1) return !anchored || path.length === head.length;

  let at = head.length;
  const tail = anchored ? (pieces.pop() ?? "") : "";
  for (const piece of pieces.slice(1)) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return path.length - tail.length >= at && path.endsWith(tail);
}

function readLine(line: string): [key: string, value: string] {
  const text = line.replace(/#.*/, "").trim();
  const colon = text.indexOf(":");
  if (colon < 0) {
    const [key = "", value = "", ...rest] = text.split(/\s+/, 3);
    return rest.length === 0 ? [key.toLowerCase(), value] : ["", ""];
  }
  return [text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim()];
}

/** Escapes what is not ASCII, so that a pattern is written as URLs write it. */
function normalise(pattern: string): string {
  return upperCaseEscapes(pattern.replace(/[^\p{ASCII}]+/gu, (text) => encodeURIComponent(text)));
}

function upperCaseEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());
}

/** Decodes UTF-8 after its byte order mark, or after as much of one as is there. Elsewhere the mark is not white space. */
function textOf(bytes: Uint8Array): string {
  let start = 0;
  while (start < 3 && bytes[start] === BYTE_ORDER_MARK[start]) start++;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.length - start)
    .toString("utf8")
    .replaceAll("\ufeff", "\ufffd");
}
