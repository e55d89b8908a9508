import { Readability } from "@mozilla/readability";
import { load } from "cheerio";
import { parseHTML } from "linkedom";

/** Reads a page's body with Readability alone, as most Node programs do: its text content. */
export function readabilityAlone(html: string): { readonly title: string | null; readonly text: string } {
  try {
    const { document } = parseHTML(html);
    const article = new Readability(document).parse();
    return { title: article?.title ?? null, text: article?.textContent ?? "" };
  } catch {
    return { title: null, text: "" };
  }
}

/** Reads a page as a naive script does: `<title>`, the paragraphs' text, the first date of the head. */
export function naiveReading(html: string): {
  readonly title: string;
  readonly text: string;
  readonly date: string | null;
} {
  const page = load(html);
  const text = page("p")
    .toArray()
    .map((element) => page(element).text())
    .join("\n");
  const date = page('meta[property="article:published_time"]').attr("content") ?? page("time").attr("datetime") ?? null;
  return { title: page("title").text(), text, date };
}
