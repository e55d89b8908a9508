import type { Span } from "../../domain/span.ts";
import { foldText } from "../statement/phrases.ts";
import { findMentions, languageOf, type StatementView } from "../statement/view.ts";
import type { Label, LabelRole } from "./label.ts";
import { isCapitals, speakerForm } from "./speaker-form.ts";
import { isShortFor, isTalk, sameName, type TitleSpeaker } from "./title.ts";

/** A line of a page, with the label at its head. */
export type Line = Span & {
  /** Index of its paragraph. */
  readonly block: number;
  readonly label: Label | null;
  /** All of it is set in bold. */
  readonly bold: boolean;
  /** The label is set in bold, and the words after it are not. */
  readonly boldLabel: boolean;
};

/** What the whole page tells of its labels. */
type Page = {
  readonly view: StatementView;
  readonly title: TitleSpeaker | null;
  /** How often each name is a label. */
  readonly counts: ReadonlyMap<string, number>;
  readonly asks: boolean;
  /** The title promises what somebody said: there one label is enough. */
  readonly isTalk: boolean;
  readonly words: () => PageWords;
};
type PageWords = { readonly small: ReadonlySet<string>; readonly surnames: ReadonlySet<string> };
/** `sure` labels show a person by their form, by the catalogue or by the title. */
type Settled = { readonly role: LabelRole; readonly sure: boolean };

/**
 * Decides whether the document is a transcript, and which of its labels are people; null where it is none.
 *
 * "Our position is clear: …" looks like a label. A name stands when the title or the catalogue knows it, when it has a title or is in
 * capitals and no heading, or when it comes back; an unknown one that asks is an outlet where a spokesperson answers.
 */
export function settleLabels(
  lines: readonly Line[],
  view: StatementView,
  title: TitleSpeaker | null,
): readonly Line[] | null {
  const labelled = lines.flatMap(({ label }) => label ?? []);
  if (!labelled.length) return null;
  const counts = new Map<string, number>();
  for (const { name } of labelled) counts.set(name, (counts.get(name) ?? 0) + 1);
  const asks = labelled.some(({ role }) => role === "questioner");
  const page: Page = {
    view,
    title,
    counts,
    asks,
    isTalk: isTalk(view.article, title),
    words: once(() => wordsOf(view)),
  };
  const settled = lines.map((line, i) => settle(page, lines, line, i));
  const isSure = settled.some((found) => found?.sure);
  const kept = lines.map((line, i) => {
    const role = settled[i]?.role ?? ((isSure && isBoldName(page, line)) || isQuoted(page, line) ? "named" : null);
    return { ...line, label: line.label && role ? { ...line.label, role, ...outletBy(line.label, role) } : null };
  });
  const people = kept.flatMap(({ label }) => label ?? []);
  return isTranscript(page, people, isSure) ? kept : null;
}

function isTranscript(
  { counts, title, view, isTalk: talks }: Page,
  people: readonly Label[],
  isSure: boolean,
): boolean {
  const hasQuestion = people.some(({ role }) => role === "questioner");
  const hasAnswer = people.some(({ role }) => role === "spokesperson");
  const returning = new Set(people.filter(({ name }) => (counts.get(name) ?? 0) >= 2).map(({ name }) => name));
  const expected = view.article.kind === "transcript" && people.length > 0;
  return (
    (hasQuestion && (hasAnswer || title !== null)) ||
    returning.size >= 2 ||
    expected ||
    (talks && (isSure || people.some(({ role, name }) => role === "audience" || isCapitals(name))))
  );
}

function outletBy(label: Label, role: LabelRole) {
  return role === "questioner" && label.role === "named" ? { outlet: label.name } : {};
}

function settle(page: Page, lines: readonly Line[], line: Line, i: number): Settled | null {
  const { label } = line;
  if (!label) return null;
  // "Students: …" is a label where people talk; elsewhere it may head a list.
  if (label.role === "audience")
    return page.isTalk || isCapitals(label.name) ? { role: "audience", sure: false } : null;
  if (label.role !== "named") return { role: label.role, sure: false };
  const found = settleName(page, label, lines[i + 1]?.label?.name ?? null);
  return found && (found.sure || startsSentence(page.view.text, lines, i)) ? found : null;
}

/** A label inside a broken line of a sentence is no label. */
function startsSentence(text: string, lines: readonly Line[], i: number): boolean {
  const line = lines[i];
  const before = lines[i - 1];
  if (!line || !before || before.block !== line.block) return true;
  return /[.?!。？！”"’)\]—–:：…-]$/.test(text.slice(before.start, before.end));
}

function settleName(page: Page, label: Label, next: string | null): Settled | null {
  const { view, title, asks } = page;
  const { name } = label;
  const count = page.counts.get(name) ?? 0;
  const isTitleName = (words: string) => title?.name != null && sameName(title.name, words);
  if (isTitleName(name) || isKnownPerson(view, name)) return { role: "spokesperson", sure: true };
  if (title?.isInterview && title.name) {
    if (isShortFor(name.split(/\s+/).at(-1) ?? name, title.name)) return { role: "spokesperson", sure: false };
    // Beside whoever is interviewed, HT is the paper that asks.
    if (isCapitals(name)) return { role: "questioner", sure: false };
  }
  const form = speakerForm(name);
  if (form === "titled" && (page.isTalk || isCapitals(name))) return { role: "spokesperson", sure: true };
  if (isCapitals(name)) return mayBeName(page, name, form, count) ? { role: "spokesperson", sure: false } : null;
  const again: LabelRole = title?.name ? "questioner" : "named";
  if (languageOf(name) === "zh") {
    // 诺兰国代表 comes back where several talk; beside a spokesperson 中方立场 may come back too.
    const isLong = name.length > 4 && name.length <= 12 && count >= 2 && page.isTalk && !title;
    const isName = isLong || (name.length <= 4 && (count >= 2 || asks));
    return isName ? { role: title?.name ? "questioner" : "spokesperson", sure: false } : null;
  }
  if (title?.name && next !== null && isTitleName(next)) return { role: "questioner", sure: false };
  if (name.split(/\s+/).length > 5) return null;
  return count >= 2 ? { role: again, sure: false } : null;
}

/** In capitals a heading looks like a name: what comes back is a name, and once what nothing else on the page speaks against. */
function mayBeName(page: Page, name: string, form: "titled" | "unsure" | "heading", count: number): boolean {
  if (form === "heading") return false;
  if (count >= 2) return true;
  return page.isTalk && !isKnownThing(page.view, name) && !isHeadingHere(page, name);
}

/** Tells by the page's own words: those of a heading come again in small letters, the surname of a person after "Mr." or "President". */
function isHeadingHere({ words }: Page, name: string): boolean {
  const parts = name.toLowerCase().split(/[\s\u00a0]+/);
  const { small, surnames } = words();
  if (surnames.has(parts.at(-1) ?? "")) return false;
  return parts.length < 2 || parts.every((part) => small.has(part));
}

/** A bold name before words that are not bold, on a page where others surely speak. */
function isBoldName(page: Page, { label, boldLabel }: Line): boolean {
  if (!label || !boldLabel || !page.isTalk || label.role !== "named") return false;
  const { name } = label;
  if (languageOf(name) === "zh") return name.length <= 4 && !isKnownThing(page.view, name);
  return speakerForm(name) !== "heading" && !isKnownThing(page.view, name) && !isHeadingHere(page, name);
}

/** Where pages collect what many say, each name stands before a quotation: the words of one are never those of the name above. */
function isQuoted({ view, title, isTalk: talks }: Page, { label, end }: Line): boolean {
  return !talks && !title && label?.role === "named" && /^[\s*]*[“"「]/.test(view.text.slice(label.wordsStart, end));
}

function isKnownPerson(view: StatementView, name: string): boolean {
  return findMentions(view.lexicon, name, foldText(name)).some(
    (m) => m.actors[0]?.type === "person" && m.end - m.start >= name.length - 1,
  );
}

/** `NATO`, `UNITED STATES` and `CHINA DAILY` head lists; a body that speaks in a talk comes back. */
function isKnownThing(view: StatementView, name: string): boolean {
  const cased = name.replace(/\p{Lu}+/gu, (word) => word.charAt(0) + word.slice(1).toLowerCase());
  return [name, cased].some((words) =>
    findMentions(view.lexicon, words, foldText(words)).some(({ actors }) => actors[0] && actors[0].type !== "person"),
  );
}

const HONOURED =
  /\b(?:Mr|Ms|Mrs|Dr|President|Secretary|Minister|Senator|Governor|Ambassador|Director|General|Administrator|Chair|Prof|Professor)\.?[ \u00a0]+(?:\p{Lu}[\p{L}.’'-]+[ \u00a0]+)?(\p{Lu}[\p{L}’'-]+)/gu;

function wordsOf({ text, article }: StatementView): PageWords {
  return {
    small: new Set(text.match(/(?<!\p{L})\p{Ll}+/gu)),
    surnames: new Set([...`${article.title ?? ""}\n${text}`.matchAll(HONOURED)].map((m) => m[1]?.toLowerCase() ?? "")),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
