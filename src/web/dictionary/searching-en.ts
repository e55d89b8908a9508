/** What the interface says of searching documents. */
export const searching = {
  documents: "Documents",
  sameSearchOf: "The same search of",
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
  countsOf: "Where and when: {count} counted",
  countsOfNewest: "Where and when: the newest {count} counted",
} as const;
