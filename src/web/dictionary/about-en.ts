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
    "Measured on real pages and on texts that people read and labelled, so that the right answer is known. What comes in later may be read better or worse.",
  plainCases: "(measured on {count})",
  plainQuotedFound: "{n} of 100 direct quotations of five words or more in US political news are found.",
  plainQuotedSpeaker: "For {n} of 100 of these quotations the right speaker is named.",
  plainReportedFound:
    "{n} of 100 remarks that reports tell in their own words, without quotation marks, are found with the right speaker: the others are missed.",
  plainTopics: "{n} of 100 topics given to statements on the talks are right.",
  plainBody: "{n} of 100 stretches of an article’s text are taken in.",
  plainDay: "{n} of 100 pages get the right day of publication, or none where they give none.",
  plainTurns:
    "For {n} of 100 questions and answers of the Chinese foreign ministry’s press conferences it is right who speaks, and who asks.",
  plainQuestions: "{n} questions of journalists were taken for the spokesperson’s words.",
  aboutAllFigures: "All figures, as developers measure them",
  aboutAllFiguresHow: "Measured with npm run bench:reading; docs/benchmarks.md tells what each figure stands on.",
  aboutFigure: "Figure",
  aboutMeasured: "Measured",
  aboutOf: "Of",
  aboutOthers: "Others",
  aboutTarget: "Target",
} as const;
