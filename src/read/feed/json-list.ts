import type { SourceList } from "../../catalogue/source.ts";
import { entriesAt, parsedJson, textAt } from "../text/json-value.ts";
import type { FeedEntry } from "./entry.ts";

type JsonList = Extract<SourceList, { kind: "json" }>;

/**
 * Reads the entries of a JSON API by the dotted paths of the catalogue. Null where the answer has no such list.
 * Dates of ten digits are seconds, of thirteen milliseconds since 1970.
 */
export function readJsonList(text: string, list: JsonList, address: string): FeedEntry[] | null {
  const found = entriesAt(parsedJson(text), list.items);
  if (!found) return null;
  const { fields } = list;
  const html = (value: string | null) => (value === null ? null : { value, as: "html" as const });
  return found.map((item: unknown) => {
    const at = (path: string | undefined) => (path === undefined ? null : textAt(item, path));
    return {
      id: at(fields.key),
      link: at(fields.url),
      base: address,
      title: html(at(fields.title)),
      author: at(fields.author),
      published: dateText(at(fields.published)),
      updated: dateText(at(fields.updated)),
      summary: html(at(fields.summary)),
      content: html(at(fields.content)),
    };
  });
}

function dateText(value: string | null): string | null {
  if (value === null || !/^(?:\d{10}|\d{13})$/.test(value)) return value;
  return new Date(value.length === 13 ? Number(value) : Number(value) * 1000).toISOString();
}
