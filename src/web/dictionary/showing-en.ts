/** What the interface says of how a development is known and shown. */
export const showing = {
  independentAccounts: "Independent accounts",
  sureOneAccount: "not confirmed yet: that takes a second independent account, or an official publication",
  sureAccounts: "confirmed: two or more tell of it independently",
  sureOfficial: "confirmed by an official publication, which needs no second account",
  sureAnalyst: "confirmed by an analyst",
  markOneSided: "one side only",
  oneSidedWhy: "All who tell of it so far are organs or media of one side; nobody else does.",
  toldTogether: "The same words tell of several things:",
  editPassagesMore: "{count} more places",
} as const;
