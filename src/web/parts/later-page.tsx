import { readPageKey } from "../../db/page-key.ts";
import { knownDateText } from "../clocks.ts";
import { samePage, type View } from "../view.ts";

/** Says on every page of a search but the first where in it one is, and leads back to its beginning. */
export function LaterPage({ view, order = "newest" }: { view: View; order?: "newest" | "relevance" }) {
  const cursor = view.url.searchParams.get("cursor");
  if (!cursor) return null;
  return (
    <p class="later">
      {placeOf(view, cursor, order)}{" "}
      <a href={samePage(view, { cursor: null })}>{view.say(order === "newest" ? "toFirst" : "toFirstPage")}</a>
    </p>
  );
}

/** The key of a page has the instant of the row before it, or in another order something else in its place. */
function placeOf(view: View, cursor: string, order: "newest" | "relevance"): string {
  const key = readPageKey(cursor);
  if (key === null || order !== "newest") return view.say("furtherPage");
  if (key.micros === null) return view.say("olderUndated");
  const instant = new Date(Number(key.micros) / 1_000);
  if (Number.isNaN(instant.getTime())) return view.say("furtherPage");
  const day = { value: instant.toISOString().slice(0, 10), precision: "day", basis: "list", raw: cursor } as const;
  return view.say("olderFrom", { date: knownDateText(day, view.lang) });
}
