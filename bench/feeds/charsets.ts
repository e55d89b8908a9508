import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import iconv from "iconv-lite";
import { decodeAsIs } from "../../src/read/text/decode.ts";
import type { Row } from "../parts/report.ts";
import type { Corpora } from "./corpus.ts";
import { sameEncoding } from "./same.ts";
import { openShare } from "./share.ts";

/** Checks which encoding bytes are read in: declared in a page (html5lib), and not declared at all (node-chardet). */
export function measureCharsets(corpora: Corpora): readonly Row[] {
  const rows: Row[] = [];
  const declared = corpora.open("html5lib-encoding");
  if (declared) {
    const share = openShare();
    for (const row of declared.expected) {
      const { file, n, data_base64: data, expected } = row as Record<string, string>;
      const bytes = Buffer.from(data ?? "", "base64");
      const { encoding, text } = decodeAsIs({ bytes, url: "https://a.example/", headers: {} });
      share.count(rightlyRead(bytes, encoding, text, expected ?? ""), `${file} ${n}`, [encoding, expected]);
    }
    rows.push(share.row("html5lib-encoding: read as declared", 95));
  }
  for (const name of ["node-chardet-encodings", "charset-normalizer-samples"]) {
    const corpus = corpora.open(name);
    if (!corpus) continue;
    const share = openShare();
    for (const file of corpus.files) {
      const bytes = readFileSync(join(corpus.folder, file));
      const { encoding, text } = decodeAsIs({ bytes, url: "file:///sample", headers: {} });
      const expected = encodingNamed(basename(file));
      if (expected === null) share.count(!text.includes("\ufffd"), file, encoding);
      else share.count(rightlyRead(bytes, encoding, text, expected), file, [encoding, expected]);
    }
    rows.push(share.row(`${name}: read rightly`, name === "node-chardet-encodings" ? 95 : null));
  }
  return rows;
}

/** The encoding is the wanted one, or another in which these bytes say the same. */
function rightlyRead(bytes: Buffer, got: string, text: string, want: string): boolean {
  return (
    sameEncoding(got, want) || (iconv.encodingExists(want) && iconv.decode(bytes, want).replace(/^\ufeff/, "") === text)
  );
}

/** The encoding in the name of a sample: `iso88597_el`, `windows_1251`, `utf16le`; null where it names a language. */
function encodingNamed(name: string): string | null {
  if (/^(?:lang|sample)[_-]/.test(name)) return null;
  const [, iso, part] = /^(iso8859)(\d+)/.exec(name) ?? [];
  if (iso) return `iso-8859-${part}`;
  if (name === "iso2022cn") return "iso-2022-cn";
  return name
    .replace(/(?<=\d)_[a-z]{2}$/, "")
    .replaceAll("_", "-")
    .replace(/^utf(\d)/, "utf-$1");
}
