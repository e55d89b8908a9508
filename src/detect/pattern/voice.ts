import type { DevelopmentType } from "../../catalogue/development-type.ts";
import type { Severity } from "../../domain/development.ts";
import type { Statement } from "../../domain/statement.ts";
import type { SearchInput } from "../input.ts";
import type { ActorFinder } from "../words/mentions.ts";
import { isOfficial } from "../words/states.ts";

/** On whose word a sentence stands. `press` is a news text that tells something flatly itself. */
export type Voice = "official" | "document" | "press" | "unnamed" | "expert";

/** Highest severity that each voice carries, from the gates of the development types. */
const MOST: Readonly<Record<Voice, Severity>> = { official: 5, document: 5, press: 4, unnamed: 3, expert: 2 };

/** Highest severity of what is hedged ("reportedly"); talks that are about to begin are worth an alert all the same. */
const MOST_HEDGED: Severity = 3;
const MOST_HEDGED_ANNOUNCEMENT: Severity = 4;
/** Highest severity of what is only wished for, advised or asked about. */
const MOST_WISHED: Severity = 2;

/** Finds on whose word a sentence stands: its statement's speaker, else the publisher. */
export function voiceOf(
  statement: Statement | null,
  input: SearchInput,
  finder: ActorFinder,
  day: string | null,
): Voice {
  if (statement?.speaker || statement?.actors.length) {
    if (statement.actors.some(({ actorId }) => isOfficial(actorId, finder.byId, day))) return "official";
    const types = statement.actors.map(({ actorId }) => finder.byId.get(actorId)?.type);
    if (statement.speaker?.form === "document" || types.includes("document")) return "document";
    if (statement.speaker?.form === "unnamed" || statement.speaker?.form === "group") return "unnamed";
    if (types.length > 0 || statement.act === "claim") return "expert";
    return input.official && statement.speaker?.form === "label" ? "official" : "unnamed";
  }
  if (input.official) return "official";
  return input.article.kind === "news" || input.article.kind === "release" || input.article.kind === "transcript"
    ? "press"
    : "expert";
}

/** Weighs a development: the severity of its type, capped by voice, hedge and modality. */
export function weigh(type: DevelopmentType, voice: Voice, hedged: boolean, wished: boolean): Severity {
  const outsider = voice === "expert" || voice === "unnamed" || voice === "press";
  const own = outsider && type.expertSeverity ? type.expertSeverity : type.severity;
  const caps: Severity[] = [own, MOST[voice]];
  if (voice === "unnamed" && type.id === "talks.announced") caps[1] = MOST_HEDGED_ANNOUNCEMENT;
  if (hedged) caps.push(type.id === "talks.announced" ? MOST_HEDGED_ANNOUNCEMENT : MOST_HEDGED);
  if (wished) caps.push(MOST_WISHED);
  return Math.min(...caps) as Severity;
}
