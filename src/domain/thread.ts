/** Where a course of talks or a summit stands. */
export type ThreadState = "reported" | "announced" | "scheduled" | "held" | "postponed" | "suspended" | "resumed";

/** How sure a development is: one account, or two independent ones or a primary one. */
export type Certainty = "provisional" | "confirmed";

/** Why a development waits for an analyst before it may be told as new. */
export type Hold = "undated" | "dated-in-future" | "dated-before-1990";
