import { printQuery } from "../../domain/query/print.ts";
import type { Query } from "../../domain/query/query.ts";
import { MOST_DOWNLOADED } from "../feeds/downloads.ts";
import { pageUrl, type View } from "../view.ts";

/** What each list is asked of as: rules know statements and developments. */
const LISTS = {
  statements: { rules: "statements" },
  developments: { rules: "developments" },
  documents: { rules: null },
} as const;

/** Leads from a search to all that follows it: its feed, its hits as a file and for programs, a rule that asks the same; and says how to ask. */
export function SearchLinks({ view, of, query }: { view: View; of: keyof typeof LISTS; query: Query }) {
  const q = printQuery(query);
  const asked = q === "" ? "" : `?${new URLSearchParams({ q })}`;
  const { rules } = LISTS[of];
  return (
    <div class="search-links">
      <a href={`/feeds/${of}.atom${asked}`}>{view.say("searchFeed")}</a>
      {" · "}
      <a href={`/feeds/${of}.json${asked}`}>JSON Feed</a>
      {" · "}
      <a href={`/feeds/${of}.csv${asked}`}>CSV</a>
      {" · "}
      <a href={`/api/v1/${of}${asked}`}>{view.say("asJson")}</a>
      {rules && q !== "" ? (
        <>
          {" · "}
          <a href={pageUrl(view, "/rules#try", { q, about: rules })}>{view.say("searchRule")}</a>
        </>
      ) : null}
      {" · "}
      <details class="how">
        <summary>{view.say("howToAsk")}</summary>
        <p>{view.say("howToAskWords")}</p>
        <p>
          {view.say("asFiles", { count: MOST_DOWNLOADED })} <a href={`/feeds/${of}.ndjson${asked}`}>NDJSON</a>
        </p>
        <p>
          {view.say("onCommandLine")} <code>{commandLine(of, q)}</code>
        </p>
      </details>
    </div>
  );
}

/** The command that takes the hits away, or lists them. */
function commandLine(of: keyof typeof LISTS, q: string): string {
  const quoted = q === "" ? "" : ` '${q.replaceAll("'", "'\\''")}'`;
  if (of === "statements") return `parley export${quoted} --format csv`;
  return of === "documents"
    ? `parley search --documents${quoted} --limit 10000 --format csv`
    : `parley developments${quoted} --limit 10000 --format csv`;
}
