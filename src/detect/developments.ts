import type { DevelopmentType } from "../catalogue/development-type.ts";
import type { Development } from "../domain/development.ts";
import { dayOf, type KnownDate, toTheDay } from "../domain/known-date.ts";
import { searchedLength } from "../domain/searched-part.ts";
import { overlaps, type Span, wordsAt } from "../domain/span.ts";
import type { Statement } from "../domain/statement.ts";
import { type WrittenDate, writtenDates } from "../read/date/dates-in-text.ts";
import { HAPPENINGS, TOPIC_OF_TYPE, typeFamilyOf } from "./happening/families.ts";
import { createJudge } from "./happening/judge.ts";
import { developmentKey } from "./happening/key.ts";
import type { DetectInput, SearchInput } from "./input.ts";
import {
  byLeaders,
  hasMatter,
  leadersWillMeet,
  type Scene,
  type Setting,
  settingOf,
  takePart,
} from "./pattern/context.ts";
import { hedgeOf, hedgeWithin, isDenied, isToCome, isWished } from "./pattern/hedge.ts";
import type { Pattern } from "./pattern/pattern.ts";
import { PATTERNS } from "./pattern/patterns.ts";
import { isPlannedFor, isStillToCome } from "./pattern/planned-date.ts";
import { isBackdrop, isRecap, isRecord, isReferred } from "./pattern/recap.ts";
import { voiceOf, weigh } from "./pattern/voice.ts";
import type { Telling, Tellings } from "./telling.ts";
import { type ActorFinder, compileActors } from "./words/mentions.ts";
import { plainWords } from "./words/plain-words.ts";
import { type Sentence, splitSentences } from "./words/sentences.ts";
import { findSides, stateOf } from "./words/states.ts";
import { summarise } from "./words/summary.ts";
import { namesAi, namesChips } from "./words/topic-words.ts";

/** Sentences at the head of a news text in which an undated happening is taken to be of the document's day. */
const NEWS_LEAD = 5;

/** Finds what happened in the talks, as one document shows it beside what others told before: see `findTellings` and `createJudge`. */
export function detectDevelopments(input: DetectInput): readonly Development[] {
  return createJudge(input)(findTellings(input), input.past, input.now);
}

/**
 * Finds what a document tells of the talks, whatever others told.
 *
 * A sentence counts when its words fit a pattern, AI stands near, and both sides (or an international process on AI)
 * take part. Titles, questions of journalists, and types missing from `types` never count. See `weigh` for how severe it is.
 *
 * Thin: one sentence at a time, English and Chinese, no comparison of readouts, no tracking of commitments.
 */
export function findTellings(input: SearchInput): Tellings {
  const sides = findSides(input.actors);
  const text = input.article.text.slice(0, searchedLength(input.article.text));
  const words = plainWords(text);
  const documentDate = input.article.publishedAt;
  if (!sides || !(namesAi(words) || namesChips(words))) return { documentDate, list: [] };
  const day = dayOf(input.article.publishedAt);
  const finder = finderOf(input.actors, sides);
  // Setting and talks are looked for when a pattern asks: most documents show none that does.
  const setting = once(() => settingOf(input, finder, sides, day));
  const scenes = scenesOf(text, splitSentences(text), input.statements);
  const types = new Map(input.types.map((type) => [type.id, type]));
  const hasTalks = once(() =>
    scenes.some(
      (scene) => !scene.sentence.question && namesAi(scene.plain) && takePart("both", scene, setting()) !== null,
    ),
  );

  const list: Telling[] = [];
  scenes.forEach((scene, index) => {
    if (scene.sentence.question || scene.statement?.act === "question") return;
    const taken: Span[] = [];
    for (const pattern of PATTERNS) {
      const type = types.get(pattern.type);
      const match = type && pattern.words.exec(scene.plain);
      if (!type || !match) continue;
      const place = { start: match.index, end: match.index + match[0].length };
      if (taken.some((other) => overlaps(other, place))) continue;
      if (pattern.with?.test(scene.plain) === false || pattern.unless?.test(scene.plain)) continue;
      if (taken.length > 0 && ONLY_ALONE.has(pattern.type) && !pattern.evenBeside) continue;
      const telling = read(input, setting, scene, pattern, type, place, { inLead: index < NEWS_LEAD, hasTalks });
      if (!telling) continue;
      taken.push(place);
      list.push(telling);
    }
  });
  return { documentDate, list };
}

/** Answers with what was found the first time. */
function once<T>(find: () => T): () => T {
  let found: { readonly answer: T } | null = null;
  return () => {
    found ??= { answer: find() };
    return found.answer;
  };
}

const finders = new WeakMap<DetectInput["actors"], ActorFinder>();

/** Compiles the names of one list of actors once, however many documents are read with it. */
export function finderOf(actors: DetectInput["actors"], sides: NonNullable<ReturnType<typeof findSides>>): ActorFinder {
  const known = finders.get(actors);
  if (known) return known;
  const finder = compileActors(actors, sides);
  finders.set(actors, finder);
  return finder;
}

function scenesOf(text: string, sentences: readonly Sentence[], statements: readonly Statement[]): readonly Scene[] {
  const plain = sentences.map((sentence) => plainWords(wordsAt(text, sentence)));
  const statementAt = findStatements(statements);
  return sentences.map((sentence, index) => {
    const statement = statementAt(sentence);
    return {
      sentence,
      plain: plain[index] ?? "",
      statement,
      nearby: `${plain[index - 1] ?? ""} ${plain[index + 1] ?? ""}`,
      asked: statement?.question ? plainWords(wordsAt(text, statement.question)) : askedBefore(sentences, plain, index),
    };
  });
}

/** How many sentences of an answer are read with the question. */
const ANSWER_LEAD = 3;

function askedBefore(sentences: readonly Sentence[], plain: readonly string[], index: number): string {
  let last = index - 1;
  while (last >= 0 && last >= index - ANSWER_LEAD && !sentences[last]?.question) last--;
  if (!sentences[last]?.question) return "";
  let first = last;
  while (sentences[first - 1]?.question) first--;
  return plain.slice(first, last + 1).join(" ");
}

/** Length of the stretches of text by which statements are found again, in UTF-16 units. */
const STRETCH = 1_000;

/** Makes ready to tell which statement holds most of a sentence: the first such, null where none holds any of it. */
function findStatements(statements: readonly Statement[]): (sentence: Span) => Statement | null {
  const numbersIn = new Map<number, number[]>();
  statements.forEach(({ content }, number) => {
    for (const stretch of new Set(content.flatMap(stretchesOf))) {
      const numbers = numbersIn.get(stretch);
      if (numbers) numbers.push(number);
      else numbersIn.set(stretch, [number]);
    }
  });
  return (sentence) => {
    const near = new Set(stretchesOf(sentence).flatMap((stretch) => numbersIn.get(stretch) ?? []));
    return mostOf(
      sentence,
      [...near].sort((a, b) => a - b).flatMap((number) => statements[number] ?? []),
    );
  };
}

function stretchesOf({ start, end }: Span): readonly number[] {
  const first = Math.floor(start / STRETCH);
  return Array.from({ length: Math.floor(end / STRETCH) - first + 1 }, (_, n) => first + n);
}

function mostOf(sentence: Span, statements: readonly Statement[]): Statement | null {
  let best: Statement | null = null;
  let most = 0;
  for (const statement of statements) {
    const shared = statement.content.reduce(
      (sum, span) => sum + Math.max(0, Math.min(span.end, sentence.end) - Math.max(span.start, sentence.start)),
      0,
    );
    if (shared > most) [best, most] = [statement, shared];
  }
  return best;
}

function read(
  input: SearchInput,
  settingOnce: () => Setting,
  scene: Scene,
  pattern: Pattern,
  type: DevelopmentType,
  place: Span,
  around: { readonly inLead: boolean; readonly hasTalks: () => boolean },
): Telling | null {
  const told = pattern.answers ? { ...scene, plain: `${scene.asked} ${scene.plain}` } : scene;
  const toldPlace = {
    start: place.start + told.plain.length - scene.plain.length,
    end: place.end + told.plain.length - scene.plain.length,
  };
  if (!hasMatter(pattern, told, toldPlace, around.hasTalks)) return null;
  const setting = settingOnce();
  const { finder, day } = setting;
  const actorIds = takePart(pattern.parties, told, setting, toldPlace);
  if (!actorIds) return null;
  const voice = voiceOf(scene.statement, input, finder, day);
  if (pattern.spoken && voice !== "official" && !scene.statement) return null;

  const dates = datesOf(pattern, scene.plain, place, day);
  const written = nearestTo(dates, place);
  if (pattern.dated && !written?.date) return null;
  if (pattern.type.endsWith(".held") && isToCome(scene.plain, place)) return null;
  if (pattern.type === "talks.held" && byLeaders(scene, setting)) return null;
  if (pattern.type === "talks.scheduled" && leadersWillMeet(scene, setting, place)) return null;
  const said = scene.statement?.saidAt ?? null;
  const spoken = scene.statement !== null && !HAPPENINGS.has(typeFamilyOf(pattern.type));
  const announcedHere = input.official || around.inLead || spoken;
  const eventDate = written
    ? written.date
    : announcedHere
      ? (happeningOf(said) ?? ofDocument(input.article.publishedAt))
      : null;

  const hedge = hedgeOf(scene.plain) ?? (pattern.hedged ? hedgeWithin(scene.plain, place) : null);
  const polarity = scene.statement?.polarity ?? "affirmed";
  const ownNegation = MEANT_UNREAL.has(pattern.type);
  const isNegated = () => !ownNegation && isDenied(scene.plain, place, pattern.negates);
  const meansNo = pattern.negates === true || MEANT_NEGATED.has(pattern.type);
  if (polarity === "negated" ? !meansNo : isNegated()) return null;
  const wished = polarity === "hypothetical" || (!ownNegation && isWished(scene.plain, place));
  if (wished && pattern.real) return null;
  const topics = topicsOf(pattern, scene);
  const lift = (ids: readonly string[]) => [...new Set(ids.map((id) => stateOf(id, finder.byId, day)))];
  const states = keyStates(pattern.type, lift(actorIds), finder);
  const recap =
    wished ||
    (pattern.future === true && !announcedHere) ||
    isRecap(pattern.type, scene.plain) ||
    (pattern.type === "incident.ai" && isReferred(scene.plain, place)) ||
    (!written && isRecord(pattern.type, scene.plain));
  const summary = summarise(wordsAt(input.article.text, scene.sentence));
  const isDatable = !written || MONTH_ALONE.test(scene.plain.slice(written.start, written.end));
  const isAnnounced = announcedHere && !day && isDatable && !isBackdrop(scene.plain, place);
  const candidate = {
    type: pattern.type,
    states,
    topics,
    eventDate,
    recap,
    future: pattern.future === true,
    key: developmentKey(pattern.type, states, topics, eventDate),
    summary,
    announcedUndated: isAnnounced,
  };
  return {
    candidate,
    severity: weigh(type, voice, hedge !== null, wished),
    actorIds,
    hedge,
    evidence: [{ start: scene.sentence.start, end: scene.sentence.end }],
  };
}

/** A month or day without its year: whoever writes so without a date on the page speaks of the page's own months. */
const MONTH_ALONE =
  /^(?!.*\b(?:[Ll]ast|[Pp]ast)\b)(?!.*\d{4})(?:.*\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\d{1,2}月)/;

/** Types whose own words are a negation or a wish. */
const MEANT_UNREAL: ReadonlySet<string> = new Set([
  "silence.no-comment",
  "talks.no-outcome",
  "multilateral.non-signature",
  "statement.contradicted",
  "proposal.tabled",
  "control.proposed",
  "position.stated",
]);

/** Types that tell of what somebody did not say or do, or took back. */
const MEANT_NEGATED: ReadonlySet<string> = new Set([
  "silence.no-comment",
  "statement.contradicted",
  "multilateral.non-signature",
]);

/** Happenings are known by the states in them; words (proposals, positions) also by who spoke. Groups name nobody. */
function keyStates(type: string, lifted: readonly string[], finder: ActorFinder): readonly string[] {
  const typeOf = (id: string) => finder.byId.get(id)?.type;
  const states = lifted.filter((id) => typeOf(id) === "state");
  // An incident is a laboratory's as much as a state's, and one account may leave the state out.
  if (HAPPENINGS.has(typeFamilyOf(type)) && typeFamilyOf(type) !== "incident" && states.length > 0) return states;
  const named = lifted.filter((id) => typeOf(id) !== "group");
  return named.length > 0 ? named : lifted;
}

/** Types that add nothing beside another one in the same sentence. */
const ONLY_ALONE: ReadonlySet<string> = new Set(["leak.report", "readout.published", "position.stated"]);

/** Dates of the happening itself: "agreed to launch talks in June" leaves June out, "agreed in May to" keeps May. */
function datesOf(pattern: Pattern, plain: string, place: Span, day: string | null): readonly WrittenDate[] {
  const dates = writtenDates(plain, day, pattern.future === true);
  if (pattern.future) return dates;
  const own = dates.filter(({ start }) => !isPlannedFor(plain.slice(0, start)));
  if (HALTS.has(pattern.type))
    return own.filter((date) => !isStillToCome(date, day) && !AHEAD.test(plain.slice(date.start, date.end)));
  return pattern.promise ? own.filter((date) => isOfPromise(date, plain, place, day)) : own;
}

/** Types that tell of a plan given up: a day in their words is that of the plan, unless it can be that of the deed. */
const HALTS: ReadonlySet<string> = new Set(["talks.suspended", "talks.postponed"]);

const AHEAD = /^(?:next|coming|this coming|later this)\b|^[下明]/i;

function isOfPromise(written: WrittenDate, plain: string, place: Span, day: string | null): boolean {
  const { start, date } = written;
  if (isStillToCome(written, day)) return false;
  if (start < place.start) return true;
  if (HORIZON.test(plain.slice(0, start))) return false;
  const isOpen = !date || (date.precision !== "day" && !/\d{4}/.test(date.raw));
  const isLater = date && day && date.value > day;
  const inside = start < place.end;
  return !isLater && !(isOpen && !inside) && !(inside && /[于在]$/.test(plain.slice(0, start)));
}

/** What stands before the day by which something is promised. */
const HORIZON =
  /\b(?:by|before|until|till|no later than|within|prior to)(?: the)?(?: (?:end|middle|close|start|beginning) of)?(?: (?:late|early|mid|next))?\W*$/i;

function nearestTo(dates: readonly WrittenDate[], place: Span) {
  const distance = (span: Span) => Math.max(0, span.start - place.end, place.start - span.end);
  // "the 2026 summit" names a thing, not the time of what happened.
  const vague = (date: WrittenDate) => Number(date.date?.precision === "year");
  return [...dates].sort((a, b) => vague(a) - vague(b) || distance(a) - distance(b))[0] ?? null;
}

/** An hour stands only where the text gives one: the date of a statement is often that of its page. */
function happeningOf(said: KnownDate | null): KnownDate | null {
  return said?.basis === "text" ? said : toTheDay(said);
}

function ofDocument(publishedAt: KnownDate | null): KnownDate | null {
  const day = dayOf(publishedAt);
  return day && publishedAt ? { value: day, precision: "day", basis: "document", raw: publishedAt.raw } : null;
}

function topicsOf(pattern: Pattern, scene: Scene): readonly string[] {
  const own = pattern.topic ?? TOPIC_OF_TYPE[pattern.type];
  const tags = (scene.statement?.topics ?? [])
    .filter(({ evidence }) => evidence.length === 0 || evidence.some((span) => overlaps(span, scene.sentence)))
    .sort((a, b) => b.score - a.score)
    .map(({ id }) => id);
  return [...new Set(own ? [own, ...tags] : tags)];
}
