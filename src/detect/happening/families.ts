/** The part of a type's id before the dot: `talks` of `talks.held`. */
export function typeFamilyOf(type: string): string {
  return type.split(".")[0] ?? type;
}

/**
 * Other types under which a happening may already be known: an agreement to talk is a commitment, an understanding and
 * an announcement at once. One direction only where the second is more than the first: an announcement after a leak is news.
 */
const ALSO_KNOWN_AS: Readonly<Record<string, readonly string[]>> = {
  "talks.announced": ["agreement.understanding", "commitment.made"],
  "agreement.understanding": ["talks.announced", "commitment.made"],
  "commitment.made": ["talks.announced", "agreement.understanding"],
  "leak.report": ["talks.announced", "talks.scheduled"],
  "document.published": ["domestic.rule"],
  "domestic.rule": ["document.published"],
  "silence.no-comment": ["readout.published"],
};

/** Lists the types under which what is found under `type` may be known already. */
export function typesRetoldBy(type: string): readonly string[] {
  return [type, ...(ALSO_KNOWN_AS[type] ?? [])];
}

/** Tells whether what is found under `type` can be the retelling of something known under `knownType`. */
export function canRetell(type: string, knownType: string): boolean {
  return typesRetoldBy(type).includes(knownType);
}

/** Families that tell of something done; in the body of a news text they need a date of their own. */
export const HAPPENINGS: ReadonlySet<string> = new Set([
  "talks",
  "summit",
  "agreement",
  "commitment",
  "control",
  "multilateral",
  "institution",
  "envoy",
  "track2",
  "incident",
]);

/** Families whose retellings rarely give the date, so that one in the month after the event is not taken for news. */
export const OFTEN_RETOLD: ReadonlySet<string> = new Set(["talks", "summit", "agreement", "commitment", "incident"]);

/** Topic that a type is about by its nature, whatever else the sentence names. Leaves of catalogue/topics.yaml. */
export const TOPIC_OF_TYPE: Readonly<Record<string, string>> = {
  "talks.announced": "process.dialogue-channel",
  "talks.scheduled": "process.dialogue-channel",
  "talks.held": "process.dialogue-channel",
  "talks.postponed": "process.dialogue-channel",
  "talks.suspended": "process.dialogue-channel",
  "talks.resumed": "process.dialogue-channel",
  "talks.no-outcome": "process.dialogue-channel",
  "leak.report": "process.dialogue-channel",
  "summit.scheduled": "process.summitry",
  "summit.held": "process.summitry",
  "envoy.named": "process.envoys",
  "control.imposed": "tech.chips-export",
  "control.proposed": "tech.chips-export",
  "control.eased": "tech.chips-export",
  "control.maintained": "tech.chips-export",
  countermeasure: "tech.chips-export",
  accusation: "tech.model-theft",
  "track2.outcome": "track2.expert-dialogues",
};
