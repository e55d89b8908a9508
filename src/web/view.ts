import { dictionaries, type InterfaceLanguage, type Phrase } from "./dictionary/words.ts";
import { type Recall, recallNothing } from "./http/recall.ts";

/** What every page needs to know about the request it answers. */
export type View = {
  readonly lang: InterfaceLanguage;
  /** The language a page has where its address names none; links name a language only where it is another. */
  readonly preferred: InterfaceLanguage;
  readonly url: URL;
  /** The address that links to be used elsewhere begin with, without a slash at the end. */
  readonly base: string;
  readonly now: Date;
  readonly version: string;
  /** Gives what other pages had made a moment ago. */
  readonly recall: Recall;
  /** Gives a phrase of the interface in the reader's language, `{name}` filled in. */
  readonly say: (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string;
};

/** Makes the view of a request: in the language the address names, else the one the reader's program prefers, else English. */
export function viewOf(
  url: URL,
  base: string,
  now: Date,
  version: string,
  { accepts = null, recall = recallNothing }: { readonly accepts?: string | null; readonly recall?: Recall } = {},
): View {
  const named = url.searchParams.get("lang");
  const preferred = preferredLanguage(accepts);
  const lang = named === "zh" || named === "en" ? named : preferred;
  const words = dictionaries[lang];
  const say: View["say"] = (phrase, values = {}) => {
    const said = words[phrase];
    if (!said.includes("{")) return said;
    return said.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? countText(lang, value) : value;
    });
  };
  return { lang, preferred, url, base, now, version, recall, say };
}

/** Chooses Chinese where it is preferred to English in an Accept-Language header (RFC 9110, 12.5.4). */
export function preferredLanguage(accepts: string | null): InterfaceLanguage {
  const weights = (accepts ?? "").split(",").flatMap((part) => {
    const match = /^\s*(zh|en)(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=(\d(?:\.\d{1,3})?))?\s*$/i.exec(part);
    return match ? [{ lang: match[1]?.toLowerCase(), weight: Number(match[2] ?? 1) }] : [];
  });
  const most = (lang: InterfaceLanguage) =>
    Math.max(0, ...weights.filter((one) => one.lang === lang).map((one) => one.weight));
  const first = weights.find(({ weight }) => weight > 0)?.lang;
  if (most("zh") === most("en")) return first === "zh" ? "zh" : "en";
  return most("zh") > most("en") ? "zh" : "en";
}

// Made once: making a format takes longer than writing a page's numbers with it.
const numbers = { en: new Intl.NumberFormat("en-GB"), zh: new Intl.NumberFormat("zh-CN") } as const;

/** Writes a number with the separators of the reader's language. */
export function countText(lang: InterfaceLanguage, count: number): string {
  return numbers[lang].format(count);
}

/** Writes the address of a page, keeping the language of the interface; empty parameters are left out. */
export function pageUrl(
  view: View,
  path: string,
  parameters: Readonly<Record<string, string | number | null | undefined>> = {},
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  if (view.lang !== view.preferred) search.set("lang", view.lang);
  const [page, fragment] = path.split("#");
  const query = search.size > 0 ? `?${search}` : "";
  return `${page}${query}${fragment ? `#${fragment}` : ""}`;
}

/** Writes the address of the same page with some parameters set anew; null removes one. */
export function samePage(view: View, changes: Readonly<Record<string, string | null>>): string {
  const search = new URLSearchParams(view.url.searchParams);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) search.delete(name);
    else search.set(name, value);
  }
  // A path that begins with two slashes would be read as the name of another host (RFC 3986, 4.2).
  const path = view.url.pathname.replace(/^\/{2,}/, "/");
  return `${path}${search.size > 0 ? `?${search}` : ""}`;
}

/** Chooses the Chinese name where the interface is Chinese and there is one. */
export function nameIn(view: View, name: { readonly label: string; readonly labelZh: string | null }): string {
  return view.lang === "zh" ? (name.labelZh ?? name.label) : name.label;
}
