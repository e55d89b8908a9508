import type { View } from "../view.ts";

/** Keeps the language of the interface when a form is sent, where it is not the one the reader prefers. */
export function LanguageKept({ view }: { view: View }) {
  return view.lang === view.preferred ? null : <input type="hidden" name="lang" value={view.lang} />;
}
