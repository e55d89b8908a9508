/** How a commitment stands: nobody has told, it was carried out, or it was not. */
export type CommitmentState = "open" | "met" | "missed";

/** What a later text tells of a commitment. */
export type CommitmentReport = "repeated" | "met" | "missed";
