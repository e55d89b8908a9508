/** How the two sides met. */
export type MeetingKind = "leaders" | "ministers" | "talks";

/** How far an account commits itself, the strongest first; see detect/record/strength.ts. */
export type Strength = "agreed" | "consensus" | "discussed" | "noted";

/** How two accounts of one meeting compare on one topic. */
export type PointVerdict = "both" | "only-first" | "only-second" | "different-strength";
