import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** The languages of the interface. */
export type InterfaceLanguage = "en" | "zh";

/** Names a phrase of the interface. */
export type Phrase = keyof typeof en;

/** The interface in both languages. */
export const dictionaries: Readonly<Record<InterfaceLanguage, Readonly<Record<Phrase, string>>>> = { en, zh };
