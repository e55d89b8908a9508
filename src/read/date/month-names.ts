/** Month names, by the first letters that tell them apart, of the languages in which sources date their pages. */
const MONTHS: readonly string[][] = [
  ["jan", "ene", "gen", "янв", "січ", "sty", "led", "oca"],
  ["feb", "fév", "fev", "фев", "лют", "lut", "úno", "şub"],
  ["mar", "mär", "mrz", "maa", "мар", "бер", "bře"],
  ["apr", "avr", "abr", "апр", "кві", "kwi", "dub", "nis"],
  ["may", "mai", "mei", "mag", "maj", "мая", "май", "тра", "kvě"],
  ["jun", "juin", "giu", "июн", "чер", "cze", "červn", "haz"],
  ["jul", "juil", "lug", "июл", "лип", "lip", "červen", "tem"],
  ["aug", "aoû", "aou", "ago", "авг", "сер", "sie", "srp", "ağu"],
  ["sep", "set", "сен", "вер", "wrz", "zář", "eyl"],
  ["oct", "okt", "out", "ott", "окт", "жов", "paź", "říj", "eki"],
  ["nov", "ноя", "лис", "lis", "kas"],
  ["dec", "dez", "dic", "déc", "дек", "гру", "gru", "pro", "ara"],
];

const BY_PREFIX = new Map(MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));

/** Gives the number (1 to 12) of a month name, whole or short, or null for another word. */
export function monthNumber(word: string): number | null {
  const name = word.toLowerCase().normalize("NFC");
  for (const length of [6, 5, 4, 3]) {
    const number = name.length >= length ? BY_PREFIX.get(name.slice(0, length)) : undefined;
    if (number !== undefined) return number;
  }
  return null;
}
