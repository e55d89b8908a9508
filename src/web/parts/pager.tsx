import { samePage, type View } from "../view.ts";

/** Leads to the older rows and back to the newest. */
export function Pager({ view, next }: { view: View; next: string | null }) {
  const later = view.url.searchParams.has("cursor");
  if (!later && next === null) return null;
  return (
    <nav class="pager">
      {later ? <a href={samePage(view, { cursor: null })}>{view.say("toFirst")}</a> : null}
      {next === null ? null : (
        <a href={samePage(view, { cursor: next })} rel="next">
          {view.say("older")} →
        </a>
      )}
    </nav>
  );
}
