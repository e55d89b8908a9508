/** What the interface says of searching documents. */
export const searching = {
  documents: "Documents",
  sameSearchOf: "The same search of",
  searchFeed: "Feed of this search",
  searchRule: "make a rule of it",
  howToAsk: "how to ask",
  howToAskWords:
    'Words beside each other must all be met. "red lines" in quotation marks: exactly so; OR between words asks for either; -trade: without it; talks NEAR/5 Geneva: near each other; ( ) group. Filters: actor: body: side: topic: type: kind: act: source: class: lang: since: until:, several values joined by commas.',
  asFiles:
    "CSV opens in Excel; what begins like a formula has an apostrophe before it. Each file has the newest {count} hits at most; programs that keep all take /api/v1/dump. For programs the same lines as",
  onCommandLine: "The same on the command line, as CSV:",
  documentsHint: 'Words of title and text, "an exact phrase", -not, source: since: until:',
  classOfSource: "Class of source",
  year: "Year",
  order: "Order",
  newestFirst: "newest first",
  bestFirst: "best of the newest first",
  documentCount: "{count} documents",
  documentOne: "1 document",
  documentMany: "more than {count} documents",
  foundNoneDocuments: "No document meets this search.",
  searchedDocuments: "Searched: titles and texts of {count} documents.",
  meantWord: "Did you mean",
  countsOf: "Where and when: {count} counted",
  countsOfNewest: "Where and when: the newest {count} counted",
} as const;
