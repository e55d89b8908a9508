import type { Source } from "../catalogue/source.ts";
import type { NewCapture } from "../db/archive/captures.ts";
import type { ListedItem } from "../db/archive/documents.ts";
import { Failure } from "../domain/failure.ts";
import type { Fetcher, FetchRequest, FetchResult } from "../net/fetcher.ts";
import { onwardAddress } from "../read/article/onward.ts";
import { type StandIn, standInFor } from "../read/article/stand-in.ts";
import type { WorkerContext } from "./context.ts";

/** A bot check or error page is given so much time to pass, milliseconds. */
const BLOCKED_MS = 30 * 60_000;

/**
 * Fetches a page as a capture of its document.
 *
 * @param validators - Of the capture that is here; then null means that the page is as it was.
 * @throws {Failure} what the fetcher throws; `page-gone` and `page-blocked` where a page stands in for the document.
 */
export async function fetchPage(
  url: string,
  source: Source,
  { fetcher, now }: Pick<WorkerContext, "fetcher" | "now">,
  validators: { readonly etag: string | null; readonly lastModified: string | null } | null = null,
): Promise<NewCapture | null> {
  const { etag, lastModified } = validators ?? {};
  const answer = await fetcher.fetch({ url, etag, lastModified, ...exceptionsOf(source) });
  if (answer.status === 304) return null;
  const page = (await pageBehind(answer, source, fetcher)) ?? answer;
  const { bytes, finalUrl, headers, status } = page;
  const standIn = standInFor(url, { bytes, url: finalUrl, headers }, { source });
  if (standIn) throw standInFailure(standIn, url, finalUrl, status);
  return {
    ...{ bytes, headers, url: finalUrl, askedUrl: url, httpStatus: status },
    ...{ fetchedAt: now(), elapsedMs: Math.round(page.elapsedMs) },
  };
}

/**
 * Fetches what a page only sends on to, by script or frame; null for a page that says something itself. One hop: a page behind that
 * one is not looked for.
 */
async function pageBehind(answer: FetchResult, source: Source, fetcher: Fetcher): Promise<FetchResult | null> {
  const { bytes, finalUrl, headers } = answer;
  const next = onwardAddress({ bytes, url: finalUrl, headers }, { source });
  return next === null ? null : fetcher.fetch({ url: next, referer: finalUrl, ...exceptionsOf(source) });
}

/** Makes the failure of an answer with status 200 that is not what was asked for. */
export function standInFailure(standIn: StandIn, url: string, finalUrl: string, httpStatus: number): Failure {
  const where = finalUrl === url ? url : `${url} (which leads to ${finalUrl})`;
  if (standIn === "gone") {
    const message = `${where} answered ${httpStatus} with a page that says it is not there. Check the address.`;
    return new Failure("page-gone", message, { httpStatus });
  }
  const message = `${where} answered ${httpStatus} with an error or check page, not with the document; it is asked again later.`;
  return new Failure("page-blocked", message, { httpStatus, retryAfterMs: BLOCKED_MS });
}

/** Picks what the catalogue lets be done for one source alone: plain http, further certificates. */
export function exceptionsOf({ plainHttp, extraCa }: Source): Pick<FetchRequest, "plainHttp" | "extraCa"> {
  return { plainHttp, extraCa };
}

/**
 * Makes a capture of the text that a list gives of an item.
 *
 * @throws {Failure} `no-text`.
 */
export function captureOfFeedText(item: ListedItem, source: Source, fetchedAt: Date): NewCapture {
  const text = item.content ?? item.summary;
  if (!text) {
    throw new Failure(
      "no-text",
      `Item "${item.title ?? item.key}" of ${item.sourceId} has neither an address nor a text of its own.`,
    );
  }
  const url = item.url ?? source.list?.url ?? "";
  const headers = { "content-type": "text/plain; charset=utf-8" };
  return {
    bytes: new TextEncoder().encode(text),
    url,
    headers,
    askedUrl: url,
    httpStatus: null,
    fetchedAt,
    elapsedMs: null,
  };
}
