import type { Certainty } from "./thread.ts";

/** Why a development counts as confirmed: who tells of it, or who decided; `one-account` where it does not yet. */
export type Sureness = "one-account" | "accounts" | "official" | "analyst";

/**
 * Says why a development is as sure as it is, by the rule of `db/developments/confirmations.ts`: two independent accounts confirm it, or
 * one official publication, or an analyst. An official publication by itself is one account, and may be one side's alone.
 *
 * @param families - Independent accounts.
 * @param acts - What analysts did to it.
 */
export function surenessOf(
  { certainty, families }: { readonly certainty: Certainty; readonly families: number },
  acts: readonly { readonly act: string }[],
): Sureness {
  if (certainty !== "confirmed") return "one-account";
  if (families >= 2) return "accounts";
  return acts.some(({ act }) => act === "confirm") ? "analyst" : "official";
}
