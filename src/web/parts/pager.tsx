import { samePage, type View } from "../view.ts";

/** Leads to the older rows and back to the newest; of a search for the best, to those that come after and back to the first. */
export function Pager({ view, next }: { view: View; next: string | null }) {
  const later = view.url.searchParams.has("cursor");
  if (!later && next === null) return null;
  const isByTime = view.url.searchParams.get("order") !== "relevance";
  return (
    <nav class="pager">
      {later ? <a href={samePage(view, { cursor: null })}>{view.say(isByTime ? "toFirst" : "toFirstPage")}</a> : null}
      {next === null ? null : (
        <a href={samePage(view, { cursor: next })} rel="next">
          {view.say(isByTime ? "older" : "furtherHits")} →
        </a>
      )}
    </nav>
  );
}
