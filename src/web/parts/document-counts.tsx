import type { DocumentFacets } from "../../db/search/document-facets.ts";
import type { View } from "../view.ts";
import { Counts, languageNamed } from "./counts.tsx";

/** Shows how the documents that were found are spread, each value leading to those that have it. */
export function DocumentCounts({ view, facets }: { view: View; facets: DocumentFacets }) {
  const { of, complete, by } = facets;
  return (
    <Counts
      {...{ view, of, complete }}
      fields={[
        { label: view.say("source"), values: by.source, to: ({ id }) => ({ source: id }) },
        { label: view.say("classOfSource"), values: by.class, to: ({ id }) => ({ class: id }) },
        { label: view.say("language"), values: by.lang.map(languageNamed(view)), to: ({ id }) => ({ saidIn: id }) },
        { label: view.say("year"), values: by.year, to: ({ id }) => ({ since: id, until: id }) },
      ]}
    />
  );
}
