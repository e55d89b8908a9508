import type { Child } from "hono/jsx";
import type { NameLists } from "../../db/search/name-lists.ts";
import type { AddressParameters } from "../search.ts";
import { pageUrl, type View } from "../view.ts";
import { ActorChoice } from "./actor-choice.tsx";
import { Choice } from "./choice.tsx";
import { LanguageKept } from "./language-kept.tsx";
import { topicOptions } from "./topic-options.ts";

/** What each field of a search takes: the parameters of the address, where it keeps its state, and the names to choose from. */
export type FieldProps = { readonly view: View; readonly parameters: AddressParameters; readonly names: NameLists };

/** A form that asks a list for what it is to show: words first, then its fields, and a way to clear them all. */
export function SearchForm({
  view,
  path,
  query,
  hint,
  children,
}: {
  view: View;
  path: string;
  query: string | undefined;
  /** An example of what may be typed. */
  hint?: string;
  children: Child;
}) {
  return (
    <form class="filters" action={path} method="get">
      <LanguageKept view={view} />
      <label class="choice wide">
        <span>{view.say("query")}</span>
        <input type="search" name="q" value={query ?? ""} placeholder={hint} />
      </label>
      {children}
      <span class="buttons">
        <button type="submit">{view.say("find")}</button>
        <a href={pageUrl(view, path)}>{view.say("clear")}</a>
      </span>
    </form>
  );
}

/** A search form that is folded on a narrow screen as soon as somebody has asked: who has wants the answer first. */
export function FoldedSearch({
  view,
  parameters,
  children,
}: {
  view: View;
  parameters: AddressParameters;
  children: Child;
}) {
  const asked = Object.entries(parameters).some(([name, given]) => name !== "lang" && given);
  return (
    <search>
      <details class="fold" open={!asked}>
        <summary>{view.say("filters")}</summary>
        {children}
      </details>
    </search>
  );
}

/** A field for an actor; see `ActorChoice`. */
export function ActorField({ view, parameters, names, label }: FieldProps & { readonly label: string }) {
  return <ActorChoice view={view} label={label} value={parameters.actor ?? ""} actors={names.actors} />;
}

/** A field for a topic. */
export function TopicField({ view, parameters, names }: FieldProps) {
  const options = topicOptions(view, names.topics);
  return <Choice view={view} name="topic" label={view.say("topic")} value={parameters.topic ?? ""} options={options} />;
}

/** A field for a source. */
export function SourceField({ view, parameters, names }: FieldProps) {
  const options = names.sources.map(({ id, label }) => ({ value: id, label }));
  return (
    <Choice view={view} name="source" label={view.say("source")} value={parameters.source ?? ""} options={options} />
  );
}

/** A field for the language of words or texts: `saidIn`, because `lang` is that of the interface. */
export function SaidInField({
  view,
  parameters,
  label,
}: Pick<FieldProps, "view" | "parameters"> & { readonly label: string }) {
  const options = [
    { value: "en", label: view.say("english") },
    { value: "zh", label: view.say("chinese") },
  ];
  return <Choice view={view} name="saidIn" label={label} value={parameters.saidIn ?? ""} options={options} />;
}

/** Two fields for the first and the last day, month or year. */
export function PeriodFields({ view, parameters }: Pick<FieldProps, "view" | "parameters">) {
  return (
    <>
      <label class="choice">
        <span>{view.say("since")}</span>
        <input name="since" value={parameters.since ?? ""} placeholder="2026-05" />
      </label>
      <label class="choice">
        <span>{view.say("until")}</span>
        <input name="until" value={parameters.until ?? ""} placeholder="2026-06-30" />
      </label>
    </>
  );
}
