import type { CommitmentReport } from "../../domain/commitment.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import { writtenDates } from "../../read/date/dates-in-text.ts";
import { contentWords } from "../words/content-words.ts";
import { plainWords } from "../words/plain-words.ts";

/** What an actor undertook, as one sentence says it. */
export type CommitmentFacts = {
  readonly by: "us" | "china" | "both" | null;
  readonly to: "us" | "china" | null;
  /** What is to be done, in the source's words. */
  readonly action: string;
  readonly due: KnownDate | null;
  /** The last day that `due` can mean (`2026-09-30`). */
  readonly dueDay: string | null;
};

const PROMISE =
  /\b(?:committed|pledged|promised|vowed|undertook|undertakes|agreed)(?: itself| themselves)? to\b|承诺(?:将|要)?|同意/i;
const US = /\b(?:U\.S\.?|US|United States|Washington|White House|American)\b|美国|美方/;
const CHINA = /\b(?:China|Chinese|Beijing|PRC)\b|中国|中方/;
const BOTH = /\b(?:both|two) (?:sides|countries|governments|leaders)\b|双方|两国|中美/i;
const HORIZON =
  /\b(?:by|before|until|no later than|within)\s+(?:the )?(?:(?:end|middle|close|start) of )?(?:late |early |mid-?)?([A-Z\d][\p{L}\d ,]{2,24}|(?:this|next) (?:month|year))|(?:在|于)?((?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号])?|\d{4}年)(?:底|末)?(?:之?前|以前|内)/u;

/**
 * Reads who undertook what, to whom and by when out of a sentence that promises; null when it promises nothing.
 *
 * @param day - Day of the document, against which "by September" is the next one.
 */
export function readCommitment(sentence: string, day: string | null): CommitmentFacts | null {
  const plain = plainWords(sentence);
  const promise = PROMISE.exec(plain);
  if (!promise) return null;
  const [before, after] = [plain.slice(0, promise.index), plain.slice(promise.index + promise[0].length)];
  const action = after
    .replace(/\s+/g, " ")
    .replace(/[.。;；].*$/u, "")
    .trim();
  if (!/[\p{L}\p{N}]/u.test(action)) return null;
  const [us, china] = [US.test(before), CHINA.test(before)];
  const by = BOTH.test(before) || (us && china) ? "both" : us ? "us" : china ? "china" : null;
  const other = by === "us" ? "china" : by === "china" ? "us" : null;
  const to = other !== null && (other === "us" ? US : CHINA).test(after) ? other : null;
  const due = dueOf(after, day);
  return { by, to, action, due, dueDay: due ? lastDayOf(due.value) : null };
}

function dueOf(after: string, day: string | null): KnownDate | null {
  const horizon = HORIZON.exec(after);
  if (!horizon) return null;
  // Months need a word before them to be read as dates.
  const words = horizon[1] ? `in ${horizon[1]}` : (horizon[2] ?? "");
  const found = writtenDates(words, day, true).find(({ date }) => date !== null)?.date ?? null;
  return found && { ...found, raw: horizon[0].trim() };
}

function lastDayOf(value: string): string {
  if (value.length === 4) return `${value}-12-31`;
  if (value.length > 7) return value.slice(0, 10);
  const [year = 0, month = 1] = value.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

const MET =
  /\b(?:fulfil(?:led|s)|honou?red|delivered on|made good on|carried out|kept (?:its|their|the) (?:promise|pledge|commitment)|complied with|(?:has|have) (?:now )?(?:shared|issued|opened|published|handed|launched|established))\b|履行了?|兑现了?|落实了/i;
const MISSED =
  /\b(?:failed to|has not (?:yet )?|have not (?:yet )?|did not|missed (?:the|its|their) deadline|broke (?:its|their|the) (?:promise|pledge|commitment)|reneged)\b|未能|没有履行|未兑现|逾期/i;
const REPEATED =
  /\b(?:reiterated|reaffirmed|repeated|renewed|restated)\b[^.;]{0,40}\b(?:commitment|pledge|promise|undertaking)\b|重申[^。；]{0,12}承诺/i;

/** Share of a commitment's content words that a sentence must hold to be about it. */
const ABOUT = 0.5;

/** Finds what a later sentence tells of a commitment; null where it is not about it, or tells nothing of how it fares. */
export function reportOf(sentence: string, action: string): CommitmentReport | null {
  const report = kindOf(plainWords(sentence));
  if (report === null) return null;
  const wanted = [...contentWords(action)].filter((word) => !/^\d+$/.test(word));
  const here = contentWords(sentence);
  const shared = wanted.filter((word) => here.has(word)).length;
  return wanted.length > 0 && shared / wanted.length >= ABOUT ? report : null;
}

function kindOf(plain: string): CommitmentReport | null {
  if (REPEATED.test(plain)) return "repeated";
  if (MISSED.test(plain)) return "missed";
  return MET.test(plain) ? "met" : null;
}

/** Tells whether a text may report on a commitment at all: a cheap look before every sentence is compared. */
export function mayReport(text: string): boolean {
  return MET.test(text) || MISSED.test(text) || REPEATED.test(text);
}
