import type { DocumentFacets } from "../../db/search/document-facets.ts";
import type { FacetValue } from "../../db/search/statement-facets.ts";
import { countText, nameIn, samePage, type View } from "../view.ts";

/** Values that are shown of each field. */
const SHOWN = 8;

/** Shows how the documents that were found are spread, each value leading to those that have it. */
export function DocumentCounts({ view, facets }: { view: View; facets: DocumentFacets }) {
  const { of, complete, by } = facets;
  const link = (changes: Readonly<Record<string, string>>) => samePage(view, { ...changes, cursor: null });
  const fields = [
    { label: view.say("source"), values: by.source, to: ({ id }: FacetValue) => link({ source: id }) },
    { label: view.say("classOfSource"), values: by.class, to: ({ id }: FacetValue) => link({ class: id }) },
    { label: view.say("language"), values: by.lang.map(named(view)), to: ({ id }: FacetValue) => link({ saidIn: id }) },
    { label: view.say("year"), values: by.year, to: ({ id }: FacetValue) => link({ since: id, until: id }) },
  ];
  return (
    <details class="counts">
      <summary>{view.say(complete ? "countsOf" : "countsOfNewest", { count: of })}</summary>
      <dl class="facts">
        {fields.flatMap(({ label, values, to }) =>
          values.length === 0
            ? []
            : [
                <dt>{label}</dt>,
                <dd>
                  <ul class="topics">
                    {values.slice(0, SHOWN).map((value) => (
                      <li>
                        <a href={to(value)} rel="nofollow">
                          {nameIn(view, value)}
                        </a>{" "}
                        {countText(view.lang, value.count)}
                      </li>
                    ))}
                  </ul>
                </dd>,
              ],
        )}
      </dl>
    </details>
  );
}

function named(view: View) {
  return (value: FacetValue): FacetValue => {
    const name = value.id === "zh" ? view.say("chinese") : value.id === "en" ? view.say("english") : value.label;
    return { ...value, label: name };
  };
}
