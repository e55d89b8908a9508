import { type Source, sourceSchema } from "../../src/catalogue/source.ts";
import type { Fetched } from "../../src/domain/fetched.ts";
import { noHints, type ReadHints } from "../../src/read/hints.ts";

/** Builds bytes as if they had been fetched; say only what the test is about. */
export function fetched(body: string | Uint8Array, given: { url?: string; type?: string } = {}): Fetched {
  const headers: Record<string, string> = given.type ? { "content-type": given.type } : {};
  return {
    bytes: typeof body === "string" ? Buffer.from(body) : body,
    url: given.url ?? "https://news.example.org/list/index.html",
    headers,
  };
}

/** Builds the hints of an invented source; its list, document, zone and charset are what the test is about. */
export function hintsOf(given: { list?: unknown; document?: unknown; timeZone?: string; charset?: string }): ReadHints {
  const { list, document, ...rest } = given;
  const base = sourceSchema.parse({
    id: "invented-source",
    title: "Invented source",
    actor: "invented-actor",
    class: "press",
    official: false,
    bloc: "third",
    languages: ["en"],
    priority: "C",
    enabled: true,
    confidence: "low",
    evidence: ["made up for a test"],
    poll: { every: "1h" },
    list: null,
    ...rest,
  });
  // Laid over unchecked: the catalogue refuses bad selectors and patterns, and the reader must stand them all the same.
  const source = {
    ...base,
    list: list === undefined ? null : { fallbackUrls: [], ...(list as object) },
    document: { ...base.document, ...(document as object) },
  } as Source;
  return { ...noHints, source };
}
