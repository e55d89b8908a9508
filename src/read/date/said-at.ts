import { dayOf, type KnownDate } from "../../domain/known-date.ts";
import type { Span } from "../../domain/span.ts";
import { writtenDates } from "./dates-in-text.ts";

/** UTF-16 units around the attributing words in which their date stands: "On Monday, … said", "said in a speech on 19 May". */
const BEFORE = 160;
const AFTER = 90;

/** A sentence's end; what stands beyond dates something else. "Mr." and "U.S." end none. */
const END =
  /(?<!\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|St|U\.S|U\.K|U\.N|\p{Lu}))[.!?](?=["”’)]*\s+["“(]?\p{Lu})|[。！？\n\r\u2028\u2029]/gu;

/**
 * Finds when words were said: the day or month that stands with the attributing words ("said on Tuesday", 19日表示), resolved against
 * the document's date; else the document's date. Dates inside the words themselves tell what they are about, and do not count, nor do
 * those of what somebody came from or answers: "who arrived on Friday", "the curbs announced in April", 就12日的措施表示.
 *
 * @param cue - The attributing words; null where nothing but the document says who speaks.
 * @returns null where the document has no date and the text gives none.
 */
export function saidAt(
  text: string,
  cue: Span | null,
  content: readonly Span[],
  documentDate: KnownDate | null,
): KnownDate | null {
  if (!cue) return documentDate;
  const start = Math.max(0, cue.start - BEFORE);
  const around = blanked(text.slice(start, cue.end + AFTER), content, start);
  const at = cue.start - start;
  const ends = [...around.matchAll(END)].map(({ index }) => index);
  const from = (ends.filter((end) => end < at).at(-1) ?? -1) + 1;
  const to = ends.find((end) => end >= at) ?? around.length;
  const today = dayOf(documentDate);
  const sentence = around.slice(from, to);
  const verb = { start: at - from, end: cue.end - start - from };
  const found = writtenDates(sentence, today, false)
    .filter(({ date }) => date !== null && date.precision !== "year" && isPast(date, today))
    .filter((date) => !datesAnother(sentence, date, verb))
    .sort((a, b) => Math.abs(a.start - verb.start) - Math.abs(b.start - verb.start));
  return found[0]?.date ?? documentDate;
}

/** Nobody has said anything after the document appeared. */
function isPast({ value }: KnownDate, today: string | null): boolean {
  return today === null || value <= today.slice(0, value.length);
}

/** Replaces what was said by letters that are no date, so that places stay, and a capital where it begins with one. */
function blanked(window: string, content: readonly Span[], start: number): string {
  let blank = window;
  for (const span of content) {
    const [from, to] = [Math.max(0, span.start - start), Math.min(window.length, span.end - start)];
    if (from >= to) continue;
    const first = /\p{Lu}/u.test(window[from] ?? "") ? "X" : "x";
    blank = blank.slice(0, from) + first + "x".repeat(to - from - 1) + blank.slice(to);
  }
  return blank;
}

/** What takes a date for something other than the saying. */
const TAKES =
  /\b(?:who|whom|whose|which|that|when|where|because|since|before|until|ahead of|prior to|after|following|born|due|scheduled|expected|announced|imposed|introduced|unveiled|adopted|passed|signed|agreed|reached|taken|launched|released|published|issued|made|held|given|posted|aired|delivered)\b/gi;
/** What is said or written is dated by when it came out. */
const SAID =
  /\b(?:statements?|interviews?|speech|address|briefing|remarks?|letter|posts?|article|testimony|conference|hearing|report|comments?|op-ed|essay|message|call|memo|readout|note|tweet|broadcast|video|podcast|polls?|surveys?|stud(?:y|ies)|data|analysis|figures|papers?|documents?|filing|book|transcript|e-?mails?|blog|column|editorial)\b[^,;]*$/i;
const CAME_OUT = /^(?:released|published|issued|made|held|given|posted|aired|delivered|signed)$/i;
/** Somebody who speaks after talks speaks on their day. */
const OCCASION =
  /^(?:after|following)\s+(?:\S+\s+){0,4}?(?:talks|meetings?|summit|calls?|session|hearing|briefing|vote|dinner|round)\b/i;
/** Words directly before a date that give it to the noun before them, or make it a bound. */
const BOUND = /\b(?:of|since|until|till|before|by|from)\s+(?:(?:the|last|this)\s+)*$/i;
/** A joined clause about somebody else: "Talks resumed on Monday, and the envoy said", but not "hit back on Monday, and said". */
const OTHER_SUBJECT = /,\s+(?:and|but|while|whereas)\s+(?=(?:the|an?)\s|\p{Lu})/u;
const TAKES_CHINESE = /(?:就|针对|关于|围绕|对|自|继|因|截至)[^，。；]{0,6}$/u;

/** Tells whether a date in the sentence of a verb is of something else that the sentence tells. */
function datesAnother(sentence: string, date: Span, verb: Span): boolean {
  const between = sentence.slice(Math.min(date.end, verb.end), Math.max(date.start, verb.start));
  if (/[;；]/.test(between) || OTHER_SUBJECT.test(between)) return true;
  if (inBrackets(sentence, date) && !inBrackets(sentence, verb)) return true;
  const before = sentence.slice(0, date.start);
  const from = Math.max(before.search(/[^,;:()—–，；：（）]*$/), date.start >= verb.end ? verb.end : 0);
  const clause = sentence.slice(from, date.start);
  if (TAKES_CHINESE.test(clause)) return true;
  const taking = [...clause.matchAll(TAKES)].at(-1);
  if (!taking) return BOUND.test(clause) && !SAID.test(clause);
  // "in a statement released on Monday", "issued a statement on Monday"
  if (CAME_OUT.test(taking[0]) && SAID.test(clause)) return false;
  const isOccasion = OCCASION.test(clause.slice(taking.index));
  return !isOccasion || /\b(?:hours?|days?|weeks?|months?|years?)\s+$/i.test(clause.slice(0, taking.index));
}

function inBrackets(sentence: string, { start }: Span): boolean {
  const before = sentence.slice(0, start);
  return (
    Math.max(before.lastIndexOf("("), before.lastIndexOf("（")) >
    Math.max(before.lastIndexOf(")"), before.lastIndexOf("）"))
  );
}
