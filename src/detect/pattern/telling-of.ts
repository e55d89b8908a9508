import { overlaps, wordsAt } from "../../domain/span.ts";
import { HAPPENINGS, TOPIC_OF_TYPE, typeFamilyOf } from "../happening/families.ts";
import { developmentKey } from "../happening/key.ts";
import type { Telling } from "../telling.ts";
import type { ActorFinder } from "../words/mentions.ts";
import { stateOf } from "../words/states.ts";
import { summarise } from "../words/summary.ts";
import { byLeaders, hasMatter, leadersWillMeet, type Scene, type Setting, takePart } from "./context.ts";
import { type When, whenOf } from "./event-date.ts";
import { hedgeOf, hedgeWithin, isDenied, isToCome, isWished } from "./hedge.ts";
import type { Match, Surroundings } from "./match.ts";
import type { Pattern } from "./pattern.ts";
import { isRecap, isRecord, isReferred } from "./recap.ts";
import { voiceOf, weigh } from "./voice.ts";

/** Judges what words that fit a pattern tell of; null where they tell of nothing in the talks, or deny it. */
export function tellingOf(match: Match, surroundings: Surroundings): Telling | null {
  const { pattern, type, scene, place } = match;
  const { input } = surroundings;
  const actorIds = whoTakePart(match, surroundings);
  if (!actorIds) return null;
  const setting = surroundings.setting();
  const voice = voiceOf(scene.statement, input, setting.finder, setting.day);
  if (pattern.spoken && voice !== "official" && !scene.statement) return null;
  const when = whenOf(match, surroundings);
  if (pattern.dated && !when.written?.date) return null;
  if (isAnotherType(match, setting) || isDeniedIn(match)) return null;
  const wished = isWishedIn(match);
  if (wished && pattern.real) return null;

  const { eventDate } = when;
  const hedge = hedgeOf(scene.plain) ?? (pattern.hedged ? hedgeWithin(scene.plain, place) : null);
  const topics = topicsOf(pattern, scene);
  const states = keyStates(pattern.type, actorIds, setting);
  return {
    candidate: {
      ...{ type: pattern.type, states, topics, eventDate },
      recap: wished || isRecalled(match, when),
      future: pattern.future === true,
      key: developmentKey(pattern.type, states, topics, eventDate),
      summary: summarise(wordsAt(input.article.text, scene.sentence)),
      announcedUndated: when.isAnnouncedUndated,
    },
    severity: weigh(type, voice, hedge !== null, wished),
    ...{ actorIds, hedge },
    evidence: [{ start: scene.sentence.start, end: scene.sentence.end }],
  };
}

/** Finds who take part, for answers with the question before them; null where a side or the matter of the talks is missing. */
function whoTakePart({ pattern, scene, place }: Match, { setting, hasTalks }: Surroundings): readonly string[] | null {
  const told = pattern.answers ? { ...scene, plain: `${scene.asked} ${scene.plain}` } : scene;
  const ahead = told.plain.length - scene.plain.length;
  const toldPlace = { start: place.start + ahead, end: place.end + ahead };
  if (!hasMatter(pattern, told, toldPlace, hasTalks)) return null;
  return takePart(pattern.parties, told, setting(), toldPlace);
}

/** Tells whether the words are those of another type: what is to come is not held, and leaders hold summits, no talks. */
function isAnotherType({ pattern: { type }, scene, place }: Match, setting: Setting): boolean {
  if (type.endsWith(".held") && isToCome(scene.plain, place)) return true;
  if (type === "talks.held" && byLeaders(scene, setting)) return true;
  return type === "talks.scheduled" && leadersWillMeet(scene, setting, place);
}

function isDeniedIn({ pattern, scene, place }: Match): boolean {
  if (scene.statement?.polarity === "negated") return pattern.negates !== true && !MEANT_NEGATED.has(pattern.type);
  return !MEANT_UNREAL.has(pattern.type) && isDenied(scene.plain, place, pattern.negates);
}

function isWishedIn({ pattern, scene, place }: Match): boolean {
  if (scene.statement?.polarity === "hypothetical") return true;
  return !MEANT_UNREAL.has(pattern.type) && isWished(scene.plain, place);
}

/** Tells whether the words recall what was known, rather than tell it. */
function isRecalled({ pattern: { type, future }, scene: { plain }, place }: Match, when: When): boolean {
  return (
    (future === true && !when.isAnnouncedHere) ||
    isRecap(type, plain) ||
    (type === "incident.ai" && isReferred(plain, place)) ||
    (!when.written && isRecord(type, plain))
  );
}

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
function keyStates(
  type: string,
  actorIds: readonly string[],
  { finder, day }: { readonly finder: ActorFinder; readonly day: string | null },
): readonly string[] {
  const lifted = [...new Set(actorIds.map((id) => stateOf(id, finder.byId, day)))];
  const typeOf = (id: string) => finder.byId.get(id)?.type;
  const states = lifted.filter((id) => typeOf(id) === "state");
  // An incident is a laboratory's as much as a state's, and one account may leave the state out.
  if (HAPPENINGS.has(typeFamilyOf(type)) && typeFamilyOf(type) !== "incident" && states.length > 0) return states;
  const named = lifted.filter((id) => typeOf(id) !== "group");
  return named.length > 0 ? named : lifted;
}

function topicsOf(pattern: Pattern, scene: Scene): readonly string[] {
  const own = pattern.topic ?? TOPIC_OF_TYPE[pattern.type];
  const tags = (scene.statement?.topics ?? [])
    .filter(({ evidence }) => evidence.length === 0 || evidence.some((span) => overlaps(span, scene.sentence)))
    .sort((a, b) => b.score - a.score)
    .map(({ id }) => id);
  return [...new Set(own ? [own, ...tags] : tags)];
}
