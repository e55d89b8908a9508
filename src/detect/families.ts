/** The part of a type's id before the dot: `talks` of `talks.held`. */
export function familyOf(type: string): string {
  return type.split(".")[0] ?? type;
}

/** Types that name one happening from different ends: a document may call it by any of them. */
const ONE_HAPPENING: readonly ReadonlySet<string>[] = [
  new Set(["talks.announced", "agreement.understanding", "commitment.made", "leak.report"]),
  new Set(["document.published", "domestic.rule"]),
  new Set(["institution.created", "talks.announced"]),
  new Set(["silence.no-comment", "readout.published"]),
];

/** Tells whether two types can be names of one happening. */
export function sameHappening(a: string, b: string): boolean {
  return a === b || ONE_HAPPENING.some((types) => types.has(a) && types.has(b));
}

/** Families whose retellings rarely give the date, so that one in the month after the event is not taken for news. */
export const OFTEN_RETOLD: ReadonlySet<string> = new Set(["talks", "summit", "agreement", "commitment"]);

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
