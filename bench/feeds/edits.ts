import { join } from "node:path";
import { readDocument } from "../../src/read/document.ts";
import { noHints } from "../../src/read/hints.ts";
import { compileLexicon } from "../../src/read/statement/lexicon.ts";
import type { Row } from "../parts/report.ts";
import { type Corpus, jsonLines } from "./corpus.ts";
import { openShare } from "./share.ts";

const NO_CATALOGUE = {
  ...{ sources: [], sites: [], actors: [], ambiguityRules: [], nations: [], topics: [] },
  ...{ developmentTypes: [], events: [], phrases: [] },
};

/**
 * Reads both versions of documents whose publisher changed them without a word: what changed for a reader is to show, what did not is not
 * to. Words are compared without links, marks and tags; that only white space or dates of the page changed is the corpus's own word,
 * and pairs that differ in links or marks alone are left out.
 */
export function measureEdits({ folder }: Corpus): readonly Row[] {
  const lexicon = compileLexicon(NO_CATALOGUE);
  const articleOf = (text: string) => {
    const headers = { "content-type": "text/markdown; charset=utf-8" };
    const fetched = { bytes: new TextEncoder().encode(text), url: "https://www.whitehouse.gov/a.md", headers };
    return readDocument(fetched, noHints, lexicon).article;
  };
  const [edits, untouched] = [openShare(), openShare()];
  for (const row of jsonLines(join(folder, "revisions.jsonl"))) {
    const [before, after] = [String(row.before), String(row.after)];
    const [one, other] = [articleOf(before), articleOf(after)];
    const flagged = one.text !== other.text || one.title !== other.title;
    if (wordsOf(before) !== wordsOf(after) || row.title_changed === true) edits.count(flagged, String(row.path));
    else if (row.kind === "whitespace-or-metadata-only") untouched.count(!flagged, String(row.path));
  }
  return [
    edits.row("White House documents: changes of words or title seen", 98),
    untouched.row("White House documents: changes of white space and dates not taken for edits", 98),
  ];
}

/** The words of a document's body, without front matter, links, marks and tags. */
function wordsOf(source: string): string {
  const body = source.replace(/^---\n[\s\S]*?\n---\n?/, "");
  const marked = body.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\\(.)/g, "$1");
  const bare = marked.replace(/<[^>]*>/g, "").replace(/[*_#>`|]|^\s*[-+]\s/gm, "");
  return bare
    .replace(/&nbsp;|\u00a0/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
