import type { Development } from "../domain/development.ts";
import { dayOf } from "../domain/known-date.ts";
import { searchedLength } from "../domain/searched-part.ts";
import { overlaps, type Span } from "../domain/span.ts";
import { createJudge } from "./happening/judge.ts";
import type { DetectInput, SearchInput } from "./input.ts";
import { settingOf, takePart } from "./pattern/context.ts";
import { PATTERNS } from "./pattern/patterns.ts";
import { scenesOf } from "./pattern/scenes.ts";
import { tellingOf } from "./pattern/telling-of.ts";
import type { Telling, Tellings } from "./telling.ts";
import { type ActorFinder, compileActors } from "./words/mentions.ts";
import { plainWords } from "./words/plain-words.ts";
import { findSides } from "./words/states.ts";
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
 * Each sentence is taken by itself, in English and Chinese; what two texts show together (edits, readouts, kept promises) is found
 * elsewhere: `edit/` and `record/`.
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
  const scenes = scenesOf(text, input.statements);
  const types = new Map(input.types.map((type) => [type.id, type]));
  const hasTalks = once(() =>
    scenes.some(
      (scene) => !scene.sentence.question && namesAi(scene.plain) && takePart("both", scene, setting()) !== null,
    ),
  );

  const list: Telling[] = [];
  scenes.forEach((scene, index) => {
    if (scene.sentence.question || scene.statement?.act === "question") return;
    const surroundings = { input, setting, hasTalks, inLead: index < NEWS_LEAD };
    const taken: Span[] = [];
    for (const pattern of PATTERNS) {
      const type = types.get(pattern.type);
      const match = type && pattern.words.exec(scene.plain);
      if (!type || !match) continue;
      const place = { start: match.index, end: match.index + match[0].length };
      if (taken.some((other) => overlaps(other, place))) continue;
      if (pattern.with?.test(scene.plain) === false || pattern.unless?.test(scene.plain)) continue;
      if (taken.length > 0 && ONLY_ALONE.has(pattern.type) && !pattern.evenBeside) continue;
      const telling = tellingOf({ pattern, type, scene, place }, surroundings);
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

/** Types that add nothing beside another one in the same sentence. */
const ONLY_ALONE: ReadonlySet<string> = new Set(["leak.report", "readout.published", "position.stated"]);
