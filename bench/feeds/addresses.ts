import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalUrl } from "../../src/domain/canonical-url.ts";
import { valueAt } from "../../src/read/text/json-value.ts";
import type { Row } from "../parts/report.ts";
import type { Corpora } from "./corpus.ts";
import { openShare } from "./share.ts";

/** Checks that the canonical form of an address is its own canonical form, whatever spelling it came in. */
export function measureAddresses(corpora: Corpora): readonly Row[] {
  return ["wpt-url", "urlcanon-vectors"].flatMap((name) => {
    const corpus = corpora.open(name);
    if (!corpus) return [];
    const share = openShare();
    for (const file of corpus.files.filter((one) => one.endsWith(".json"))) {
      for (const address of addressesIn(JSON.parse(readFileSync(join(corpus.folder, file), "utf8")))) {
        const once = canonicalUrl(address);
        if (once !== null) share.count(canonicalUrl(once) === once, address, once);
      }
    }
    return [share.row(`${name}: canonical form is its own`, 100)];
  });
}

/** Every text in a JSON value that may be an address: strings, keys, and inputs with their base. */
function addressesIn(json: unknown): readonly string[] {
  if (typeof json === "string") return [json];
  if (Array.isArray(json)) return json.flatMap(addressesIn);
  if (typeof json !== "object" || json === null) return [];
  const [input, base] = [valueAt(json, "input"), valueAt(json, "base")];
  const resolved =
    typeof input === "string" && typeof base === "string" && URL.canParse(input, base)
      ? [new URL(input, base).href]
      : [];
  return [...resolved, ...Object.keys(json), ...Object.values(json).flatMap(addressesIn)];
}
