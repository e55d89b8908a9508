import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "../domain/failure.ts";
import type { Fetched } from "../domain/fetched.ts";
import { createFetcher, type Fetcher } from "../net/fetcher.ts";
import { userAgent } from "../user-agent.ts";
import { currentConfig } from "./context.ts";

/** One input of a command: the argument as given, and its bytes or why there are none. */
export type Input = { readonly path: string; readonly fetched: Fetched | null; readonly failure: Failure | null };

/** Endings of files that a folder is searched for. */
const READABLE = /\.(html?|xhtml|txt|md|eml|pdf|xml|rss|atom|rdf|json)$/i;

/**
 * Takes in files, folders and addresses one after the other. Beside a file may stand `FILE.meta.json` with
 * `{ "url", "headers" }` for where it came from; `url` says the same for one file.
 */
export async function* takeIn(
  paths: readonly string[],
  { url }: { readonly url?: string | undefined },
): AsyncGenerator<Input> {
  let fetcher: Fetcher | null = null;
  try {
    for (const path of paths) {
      if (/^https?:\/\//i.test(path)) {
        fetcher ??= openFetcher();
        yield await attempt(path, fetchOne(fetcher, path));
        continue;
      }
      const files = await filesIn(path).catch((error: Failure) => error);
      if (files instanceof Failure) yield { path, fetched: null, failure: files };
      else for (const file of files) yield await attempt(file, readOne(file, url));
    }
  } finally {
    await fetcher?.close();
  }
}

/** Opens the way into the network for one command, with the settings of this process. */
export function openFetcher(): Fetcher {
  const config = currentConfig();
  return createFetcher({
    userAgent: userAgent(config.PARLEY_CONTACT),
    allowAddresses: config.PARLEY_ALLOW_ADDRESSES,
    perHostGapMs: config.PARLEY_HOST_GAP_MS,
  });
}

async function attempt(path: string, work: Promise<Fetched>): Promise<Input> {
  try {
    return { path, fetched: await work, failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { path, fetched: null, failure: error };
  }
}

async function fetchOne(fetcher: Fetcher, url: string): Promise<Fetched> {
  const { bytes, finalUrl, headers } = await fetcher.fetch({ url, plainHttp: url.startsWith("http:") });
  return { bytes, url: finalUrl, headers };
}

async function filesIn(path: string): Promise<readonly string[]> {
  const info = await stat(path).catch(() => {
    throw new Failure("bad-input", `${path}: there is no such file or folder.`);
  });
  if (!info.isDirectory()) return [path];
  const names = (await readdir(path, { recursive: true })).sort();
  return names.filter((name) => READABLE.test(name) && !name.endsWith(".meta.json")).map((name) => join(path, name));
}

async function readOne(path: string, url: string | undefined): Promise<Fetched> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Failure("bad-input", `${path} cannot be read (${error.code}).`);
  });
  const meta = await readSidecar(`${path}.meta.json`);
  return { bytes, url: url ?? meta.url ?? pathToFileURL(resolve(path)).href, headers: meta.headers };
}

async function readSidecar(path: string): Promise<{ url: string | null; headers: Readonly<Record<string, string>> }> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return { url: null, headers: {} };
  try {
    const meta = JSON.parse(text) as { url?: unknown; headers?: unknown };
    const headers = meta.headers && typeof meta.headers === "object" ? Object.entries(meta.headers) : [];
    return {
      url: typeof meta.url === "string" ? meta.url : null,
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)])),
    };
  } catch {
    throw new Failure("bad-input", `${path} is no JSON; expected { "url": …, "headers": { … } }.`);
  }
}
