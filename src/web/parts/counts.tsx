import type { FacetValue } from "../../db/search/tag-counts.ts";
import { countText, nameIn, samePage, type View } from "../view.ts";

/** Values that are shown of each field. */
const SHOWN = 8;

/** A field that hits are counted by. */
export type CountedField = {
  readonly label: string;
  readonly values: readonly FacetValue[];
  /** The parameters that keep only those with a value. */
  readonly to: (value: FacetValue) => Readonly<Record<string, string>>;
};

/** Shows how what was found is spread, each value leading to the hits that have it. */
export function Counts({
  view,
  of,
  complete,
  fields,
}: {
  view: View;
  of: number;
  complete: boolean;
  fields: readonly CountedField[];
}) {
  const link = (changes: Readonly<Record<string, string>>) => samePage(view, { ...changes, cursor: null });
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
                        <a href={link(to(value))} rel="nofollow">
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

/** Names the values of the field that is the language. */
export function languageNamed(view: View) {
  return (value: FacetValue): FacetValue => {
    const name = value.id === "zh" ? view.say("chinese") : value.id === "en" ? view.say("english") : value.label;
    return { ...value, label: name, labelZh: null };
  };
}
