import type { View } from "./view.ts";

/** Sides in the order that lists show them; all others follow. */
const SIDE_ORDER = ["China", "US"];

/** Names a side in the reader's language; the shipped catalogue knows five, an overlay may name others. */
export function sideName(view: View, side: string): string {
  if (side === "China") return view.say("sideChina");
  if (side === "US") return view.say("sideUs");
  return side === "third" ? view.say("sideThird") : side;
}

/** Gives a side's place in lists. */
export function sideRank(side: string): number {
  const rank = SIDE_ORDER.indexOf(side);
  return rank < 0 ? SIDE_ORDER.length : rank;
}
