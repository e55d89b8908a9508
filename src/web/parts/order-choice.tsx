import type { View } from "../view.ts";

/** Chooses what stands first among what was found. */
export function OrderChoice({ view, order }: { view: View; order: "newest" | "relevance" }) {
  return (
    <label class="choice">
      <span>{view.say("order")}</span>
      <select name="order">
        <option value="">{view.say("newestFirst")}</option>
        <option value="relevance" selected={order === "relevance"}>
          {view.say("bestFirst")}
        </option>
      </select>
    </label>
  );
}
