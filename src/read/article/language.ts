import type { Language } from "../../domain/article.ts";
import { languageOf } from "../text/language.ts";

/** Tells the language of a whole document: the user's word, else what its text is, else what the page declares. */
export function pageLanguage(given: Language | null, declared: string | null, text: string): Language | null {
  if (given) return given;
  const read = languageOf(text);
  if (read || text.length >= 200) return read;
  const code = declared?.slice(0, 2).toLowerCase();
  return code === "en" || code === "zh" ? code : null;
}
