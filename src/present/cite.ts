import type { KnownDate } from "../domain/known-date.ts";
import type { Polarity } from "../domain/statement.ts";
import { turnedAside, turnedMark } from "./turned.ts";

/** What a reference to some archived words needs. */
export type Citable = {
  readonly id: number;
  /** Who said it, as people write it; none where nobody is known. */
  readonly speakers: readonly string[];
  readonly words: string;
  /** Words that were not said are cited with a mark that says so. */
  readonly polarity: Polarity;
  readonly title: string | null;
  readonly publisher: string | null;
  readonly date: KnownDate | null;
  /** The publisher's page; null for imported files. */
  readonly originalUrl: string | null;
  /** The archived place, by its lasting address. */
  readonly archiveUrl: string;
  readonly lang: string | null;
};

/** A reference in the form that Zotero and pandoc read: CSL-JSON (citationstyles.org, schema 1.0.2), type `webpage`. */
export function cslJsonOf(citable: Citable): Readonly<Record<string, unknown>> {
  const parts = datePartsOf(citable.date);
  const turned = turnedMark(citable.polarity);
  return {
    id: `parley-${citable.id}`,
    type: "webpage",
    ...(citable.title ? { title: citable.title } : {}),
    ...(citable.speakers.length > 0 ? { author: citable.speakers.map((literal) => ({ literal })) } : {}),
    ...(citable.publisher ? { "container-title": citable.publisher } : {}),
    ...(parts ? { issued: { "date-parts": [parts] } } : {}),
    ...(citable.originalUrl ? { URL: citable.originalUrl } : {}),
    ...(citable.lang ? { language: citable.lang } : {}),
    abstract: `${citable.words}${turnedAside(citable.polarity)}`,
    ...(turned ? { note: turned } : {}),
    archive: "Parley",
    archive_location: citable.archiveUrl,
  };
}

/** A reference as BibTeX, type `misc`; letters stay UTF-8, which biber and today's bibtex read. */
export function bibtexOf(citable: Citable): string {
  const turned = turnedMark(citable.polarity);
  const [year, month, day] = datePartsOf(citable.date) ?? [];
  const date = [year, month, day].filter((part) => part !== undefined).map((part) => String(part).padStart(2, "0"));
  const fields: readonly (readonly [string, string | null])[] = [
    // Double braces keep a name like "Ministry of Commerce" from being taken apart.
    [
      "author",
      citable.speakers.length > 0 ? citable.speakers.map((name) => `{${texEscaped(name)}}`).join(" and ") : null,
    ],
    ["title", citable.title && `{${texEscaped(citable.title)}}`],
    ["howpublished", citable.publisher && texEscaped(citable.publisher)],
    ["year", year === undefined ? null : String(year)],
    ["date", date.length > 0 ? date.join("-") : null],
    ["url", citable.originalUrl && urlEscaped(citable.originalUrl)],
    ["note", `${turned ? `Words ${turned}. ` : ""}Archived: ${urlEscaped(citable.archiveUrl)}`],
    ["abstract", texEscaped(`${citable.words}${turnedAside(citable.polarity)}`)],
    ["langid", citable.lang === "zh" ? "chinese" : citable.lang === "en" ? "english" : null],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  return `@misc{parley-${citable.id},\n${lines.join("\n")}\n}\n`;
}

/** Words at either end of a long passage that name it; Chinese ones are counted in characters. */
const ENDS = { words: 6, characters: 12 } as const;

/**
 * Links to the words in the publisher's own page, where a browser scrolls to them and marks them: a text fragment
 * (WICG, Scroll to Text Fragment). A long passage is named by its beginning and end.
 */
export function textFragmentUrl(url: string, words: string): string {
  const whole = words.trim().replace(/\s+/gu, " ");
  const pieces = /\p{Script=Han}/u.test(whole) ? [...whole] : whole.split(" ");
  const most = /\p{Script=Han}/u.test(whole) ? ENDS.characters : ENDS.words;
  const glue = /\p{Script=Han}/u.test(whole) ? "" : " ";
  const fragment =
    pieces.length <= 2 * most
      ? fragmentEscaped(whole)
      : `${fragmentEscaped(pieces.slice(0, most).join(glue))},${fragmentEscaped(pieces.slice(-most).join(glue))}`;
  const [page] = url.split("#");
  return `${page}#:~:text=${fragment}`;
}

function fragmentEscaped(text: string): string {
  // A hyphen and a comma are syntax there; encodeURIComponent leaves the hyphen and refuses half characters.
  return encodeURIComponent(text.trim().toWellFormed()).replaceAll("-", "%2D");
}

function datePartsOf(date: KnownDate | null): readonly number[] | null {
  const match = date && /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(date.value);
  return match ? match.slice(1).flatMap((part) => (part ? [Number(part)] : [])) : null;
}

const TEX: Readonly<Record<string, string>> = {
  ...{ "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "%": "\\%", $: "\\$", "#": "\\#", "&": "\\&", _: "\\_" },
  ...{ "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" },
};

function texEscaped(text: string): string {
  return text.replace(/\s+/gu, " ").replace(/[\\{}%$#&_~^]/g, (sign) => TEX[sign] ?? sign);
}

/** A brace would end the field; the rest of an address may stand in a url field as it is. */
function urlEscaped(url: string): string {
  return url.replace(/[{}\\\s]/g, (sign) => encodeURIComponent(sign));
}
