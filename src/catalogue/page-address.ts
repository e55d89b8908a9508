import { parseUrl } from "../domain/parse-url.ts";
import type { SourceList } from "./source.ts";

/**
 * Gives the address of a further page of a list; `?paged={page}` adds to the query that the list's address has.
 *
 * @param page - Counted from 0 for the first further page.
 * @returns null where the rule makes no address of it.
 */
export function pageAddress(listUrl: string, paging: NonNullable<SourceList["paging"]>, page: number): string | null {
  const text = paging.url.replace("{page}", String(paging.from + page));
  const url = parseUrl(text, listUrl);
  if (!url || !text.startsWith("?")) return url?.href ?? null;
  for (const [name, value] of parseUrl(listUrl)?.searchParams ?? [])
    if (!url.searchParams.has(name)) url.searchParams.append(name, value);
  return url.href;
}
