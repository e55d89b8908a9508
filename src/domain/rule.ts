/** Which developments a rule asks for. Lists mean "any of these"; what is left out does not narrow. */
export type RuleQuery = {
  readonly actors?: readonly string[];
  readonly blocs?: readonly string[];
  /** Leaves or parents. */
  readonly topics?: readonly string[];
  readonly types?: readonly string[];
  readonly severityAtLeast?: number;
  /** Any of these stands in the summary or the evidence, without regard to case. */
  readonly words?: readonly string[];
};

/** A development as rules see it. */
export type RuleSubject = {
  readonly type: string;
  readonly severity: number;
  readonly actorIds: readonly string[];
  readonly blocs: readonly string[];
  readonly topics: readonly string[];
  /** Summary and evidence, joined. */
  readonly text: string;
};

/** Tells whether a development is what a rule asks for. */
export function matches(query: RuleQuery, subject: RuleSubject): boolean {
  const text = subject.text.toLowerCase();
  return (
    subject.severity >= (query.severityAtLeast ?? 1) &&
    anyOf(query.types, (type) => subject.type === type || subject.type.startsWith(`${type}.`)) &&
    anyOf(query.actors, (actor) => subject.actorIds.includes(actor)) &&
    anyOf(query.blocs, (bloc) => subject.blocs.includes(bloc)) &&
    anyOf(query.topics, (topic) => subject.topics.some((leaf) => leaf === topic || leaf.startsWith(`${topic}.`))) &&
    anyOf(query.words, (words) => text.includes(words.toLowerCase()))
  );
}

function anyOf(wanted: readonly string[] | undefined, found: (one: string) => boolean): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.some(found);
}
