const INTERPRETED =
  /[([](?:as (?:interpreted|translated)|through (?:an? )?(?:interpreter|translator)|(?:speaks|speaking|spoke|speaks) in (?:chinese|mandarin|russian|french|japanese|korean|spanish|arabic)|in (?:chinese|mandarin)|via (?:interpreter|translator)|translated)[^)\]]{0,40}[)\]]|（(?:经?(?:翻译|口译)|译文)）/i;
const TRANSLATION =
  /\b(?:(?:unofficial|informal|machine|courtesy|our|rough|working) translation|translated (?:from|into|by)\b|english translation (?:of|by)|translation (?:of the (?:remarks|statement|speech|transcript|readout)|by ))|非官方译文|机器翻译|中文译文|本文由.{1,20}翻译|译者[：:]/i;
/** A document says at its head or its foot that it is a translation; in its middle the words may speak of another. */
const EDGE_LENGTH = 600;

/** Tells whether words are marked as an interpreter's: "(As interpreted.)". */
export function isInterpreted(words: string): boolean {
  return INTERPRETED.test(words);
}

/** Tells whether a document says of itself, at its head or its foot, that it is a translation. */
export function isTranslation(text: string): boolean {
  return (
    TRANSLATION.test(text.slice(0, EDGE_LENGTH)) || TRANSLATION.test(text.slice(Math.max(0, text.length - EDGE_LENGTH)))
  );
}
