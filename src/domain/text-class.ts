/** Kinds of official text that are compared only with their like, and `other` for everybody else's. */
export type TextClass = "leader-readout" | "minister-readout" | "spokesperson-answer" | "release" | "speech" | "other";
