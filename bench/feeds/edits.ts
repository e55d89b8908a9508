import { join } from "node:path";
import { readDocument } from "../../src/read/document.ts";
import { noHints } from "../../src/read/hints.ts";
import { compileLexicon } from "../../src/read/statement/lexicon.ts";
import type { Row } from "../parts/report.ts";
import { type Corpus, jsonLines } from "./corpus.ts";
import { openShare } from "./share.ts";

const NO_CATALOGUE = {
  ...{ sources: [], sites: [], actors: [], ambiguityRules: [], topics: [] },
  ...{ developmentTypes: [], events: [], phrases: [] },
};

/**
 * Reads both versions of documents whose publisher changed them without a word: what changed for a reader is to show, what did not is not
 * to. What changed is judged by the Markdown without links, marks and tags; pairs that differ in marks alone are left out.
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
    const [was, is] = [partsOf(before), partsOf(after)];
    const edited = was.words !== is.words || row.title_changed === true;
    if (edited) edits.count(flagged, String(row.path));
    else if (was.marked === is.marked) untouched.count(!flagged, String(row.path));
  }
  return [
    edits.row("White House documents: changes of words or title seen", 98),
    untouched.row("White House documents: changes of dates, links, line ends not taken for edits", 98),
  ];
}

/** The body of a document without front matter and links: its words alone, and with the marks that format them. */
function partsOf(source: string) {
  const body = source.replace(/^---\n[\s\S]*?\n---\n?/, "");
  const marked = body.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\\(.)/g, "$1");
  const bare = marked.replace(/<[^>]*>/g, "").replace(/[*_#>`|]|^\s*[-+]\s/gm, "");
  const squeezed = (text: string) =>
    text
      .replace(/&nbsp;|\u00a0/g, " ")
      .replace(/\s+/g, " ")
      .trim();
  return { words: squeezed(bare), marked: squeezed(marked) };
}
