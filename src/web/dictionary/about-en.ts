/** What the page about the archive says. */
export const aboutArchive = {
  aboutLead:
    "Parley watches what governments, institutions, think tanks and the press say about the talks on AI, keeps every statement with its evidence, and tells people when something new happens.",
  aboutHow: "How to trust an answer",
  aboutSpan: "The words shown are exactly the words of the archived text: each statement links to its place there.",
  aboutNull: "A date or speaker that the source does not give is shown as missing. Nothing is guessed.",
  aboutVersions:
    "Pages are fetched again. An edit makes a new version; the old one stays. Search looks at the version that counts today.",
  aboutSilence: "“Nothing new” is said together with how many of the watched sources answered.",
  aboutHolds: "What the archive holds",
  aboutDocuments: "documents",
  aboutVersionsCount: "versions",
  aboutCaptures: "captures",
  aboutStatements: "statements that count today",
  aboutReaders: "reader versions used",
  aboutVersion: "Parley {version}",
  aboutTake: "Take the data away",
  aboutApi: "HTTP API (OpenAPI)",
  aboutFeed: "Atom feed of developments",
  aboutKeys:
    "Keys: / search · j k next and previous · o open · e evidence · c copy the citation · g t today · ? this page",
  aboutReads: "How well it reads",
  aboutReadsHow:
    "Measured with npm run bench:reading on real pages and hand-labelled texts whose right reading is known; docs/benchmarks.md tells what each figure stands on.",
  aboutFigure: "Figure",
  aboutMeasured: "Measured",
  aboutOf: "Of",
  aboutOthers: "Others",
  aboutTarget: "Target",
} as const;
