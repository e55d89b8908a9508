import type { Facets } from "../../db/search/statement-facets.ts";
import type { FacetValue } from "../../db/search/tag-counts.ts";
import type { Phrase } from "../dictionary/words.ts";
import type { View } from "../view.ts";
import { Counts, languageNamed } from "./counts.tsx";

const KINDS: Readonly<Record<string, Phrase>> = { direct: "markDirect", mixed: "markMixed", indirect: "markReported" };

/** Shows how the statements that were found are spread, each value leading to those that have it. */
export function StatementCounts({ view, facets }: { view: View; facets: Facets }) {
  const { of, complete, by } = facets;
  const kindNamed = (value: FacetValue) => {
    const phrase = KINDS[value.id];
    return phrase ? { ...value, label: view.say(phrase), labelZh: null } : value;
  };
  return (
    <Counts
      {...{ view, of, complete }}
      fields={[
        { label: view.say("actor"), values: by.actor, to: ({ id }) => ({ actor: id }) },
        { label: view.say("bloc"), values: by.side, to: ({ id }) => ({ side: id }) },
        { label: view.say("topic"), values: by.topic, to: ({ id }) => ({ topic: id }) },
        { label: view.say("kind"), values: by.kind.map(kindNamed), to: ({ id }) => ({ kind: id }) },
        { label: view.say("wordsIn"), values: by.lang.map(languageNamed(view)), to: ({ id }) => ({ saidIn: id }) },
        { label: view.say("source"), values: by.source, to: ({ id }) => ({ source: id }) },
        { label: view.say("year"), values: by.year, to: ({ id }) => ({ since: id, until: id }) },
      ]}
    />
  );
}
