import { HAPPENINGS, type Happening } from "./happenings.ts";

/** What a document of the stream must be found to tell. */
export type Label = { readonly type: string; readonly happening: string; readonly status: "new" | "background" };

/** A page of the stream, in the order in which Parley comes by it. */
export type Item = {
  readonly id: string;
  readonly sourceId: string;
  /** How it came about: the role that it plays in the stream. */
  readonly role: "release" | "twin" | "wire" | "copy" | "rewrite" | "recap" | "late" | "correction" | "noise";
  readonly lang: "en" | "zh";
  /** Day on which it is published; Parley fetches it on `fetchedOn`. */
  readonly publishedOn: string;
  readonly fetchedOn: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** For a correction: the item whose page it replaces. */
  readonly replaces: string | null;
  readonly labels: readonly Label[];
};

/** Counts days on from a day. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

const OFFICIAL = { us: "us-talks-releases", china: "cn-digital-releases" } as const;
const OFFICIAL_ZH = "cn-digital-releases-zh";

/** Paragraphs that say nothing of the talks, so that every page is its own; a happening's number chooses. */
const FILLER: readonly string[] = [
  "The hall had been renovated over the winter, and the heating failed twice during the afternoon.",
  "Reporters waited behind a rope for most of the day and were given coffee at four.",
  "Shares in harbour companies closed slightly lower, in line with the wider market.",
  "The ministry's new building, finished last autumn, stands opposite the old customs house.",
  "Ferries ran late because of fog, and several flights were diverted to the southern airport.",
  "A small exhibition of maps in the lobby drew more visitors than the organisers had planned for.",
  "Security in the old town was light, with two streets closed until the evening.",
  "The spokesperson also answered questions about fisheries, which took up most of the hour.",
  "Local newspapers led with the weather, the coldest for this time of year in a decade.",
  "Interpreters worked in two shifts, and lunch was taken separately.",
  "The city has hosted conferences of this size only four times since the bridge was opened.",
  "Students from the university lined part of the route and were gone by noon.",
];
const FILLER_ZH: readonly string[] = [
  "会场外天气晴朗，记者们在门口等候了一个上午。",
  "当地报纸的头版仍然是港口扩建工程。",
  "发言人还回答了有关渔业的提问。",
  "老城区的两条街道一直封闭到傍晚。",
  "大厅里的地图展吸引了不少参观者。",
];

function filler(list: readonly string[], seed: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => list[(seed * 5 + index * 7) % list.length] ?? "");
}

/** Words that whoever rewrites a report puts in place of others. */
const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [/\bofficials said\b/g, "according to officials"],
  [/\breporters\b/gi, "journalists"],
  [/\bThe hall\b/g, "The venue"],
  [/\bmost of the day\b/g, "much of the day"],
  [/\bslightly lower\b/g, "a little lower"],
  [/\bfinished last autumn\b/g, "completed last autumn"],
  [/\bseveral flights\b/g, "a number of flights"],
  [/\bdrew more visitors\b/g, "attracted more visitors"],
  [/\bSecurity in\b/g, "Policing in"],
  [/\btook up most of the hour\b/g, "filled most of the hour"],
  [/\bthe coldest\b/g, "the chilliest"],
  [/\bworked in two shifts\b/g, "worked in two teams"],
  [/\bhas hosted\b/g, "has been host to"],
];

function rewritten(words: string): string {
  return SYNONYMS.reduce((text, [pattern, other]) => text.replace(pattern, other), words);
}

/** Makes the pages that tell of a happening. */
function tellings(happening: Happening, number: number): readonly Item[] {
  const { id, type, day, by, en, zh, wire, recap } = happening;
  const label = (status: Label["status"]): Label => ({ type, happening: id, status });
  const page = (
    role: Item["role"],
    sourceId: string,
    published: number,
    rest: Pick<Item, "title" | "paragraphs" | "lang"> & { readonly fetched?: number },
    labels: readonly Label[],
  ): Item => ({
    ...{ id: `${id}.${role}`, sourceId, role, lang: rest.lang, title: rest.title, paragraphs: rest.paragraphs },
    publishedOn: dayAfter(day, published),
    fetchedOn: dayAfter(day, rest.fetched ?? published),
    ...{ replaces: null, labels },
  });
  const isLate = number % 9 === 4;
  const wirePage = [wire, ...filler(FILLER, number, 4)];
  const items: Item[] = [
    // Every ninth release is found only after the press has told of it: what came late is no news.
    page(
      isLate ? "late" : "release",
      OFFICIAL[by],
      0,
      { title: "Statement", paragraphs: [en, ...filler(FILLER, number + 3, 2)], lang: "en", fetched: isLate ? 5 : 0 },
      [label(isLate ? "background" : "new")],
    ),
    page("wire", "harbour-wire", isLate ? 0 : 1, { title: "News in brief", paragraphs: wirePage, lang: "en" }, [
      label(isLate ? "new" : "background"),
    ]),
    page("copy", "river-post", 1, { title: "From the agencies", paragraphs: wirePage, lang: "en" }, [
      label("background"),
    ]),
  ];
  if (zh)
    items.push(
      page(
        "twin",
        OFFICIAL_ZH,
        isLate ? 1 : 0,
        { title: "新闻发布", paragraphs: [zh, ...filler(FILLER_ZH, number, 2)], lang: "zh" },
        [label("background")],
      ),
    );
  if (number % 3 !== 2)
    items.push(
      page(
        "rewrite",
        "evening-digest",
        2,
        {
          title: "What happened",
          paragraphs: [
            filler(FILLER, number, 4).map(rewritten)[0] ?? "",
            rewritten(wire),
            ...filler(FILLER, number, 4).slice(1).map(rewritten),
          ],
          lang: "en",
        },
        [label("background")],
      ),
    );
  if (recap)
    items.push(
      page(
        "recap",
        "evening-digest",
        24,
        { title: "The story so far", paragraphs: [...filler(FILLER, number + 1, 2), recap], lang: "en" },
        [label("background")],
      ),
    );
  return items;
}

/** Releases whose page is changed without a word three days later: one word that matters. */
const CORRECTIONS: readonly (readonly [happening: string, from: string, to: string, stillTold?: true])[] = [
  ["r1-announced", "agreed to launch", "considered whether to launch"],
  ["r2-held", "the second round", "a preparatory round", true],
  ["s1-understanding", "keep humans in control", "strengthen humans in control", true],
  ["m-tests", "by September 30", "by December 31", true],
  ["c-h71", "imposed export controls", "imposed strict export controls", true],
  ["n-declaration", "declined to sign", "did not yet sign"],
  ["i-institute", "the Institute for AI Dialogue", "the Institute for AI Exchange", true],
  ["x-bio-held", "AI and biosecurity", "AI and public health", true],
];

function corrections(items: readonly Item[]): readonly Item[] {
  return CORRECTIONS.flatMap(([happening, from, to, stillTold]) => {
    const release = items.find(({ id }) => id === `${happening}.release` || id === `${happening}.late`);
    if (!release) return [];
    const paragraphs = release.paragraphs.map((words) => words.replace(from, to));
    return [
      {
        ...release,
        id: `${happening}.correction`,
        role: "correction" as const,
        fetchedOn: dayAfter(release.fetchedOn, 3),
        paragraphs,
        replaces: release.id,
        labels: [
          { type: "document.silent-edit", happening: `${happening}.edit`, status: "new" as const },
          ...(stillTold ? release.labels.map((label) => ({ ...label, status: "background" as const })) : []),
        ],
      },
    ];
  });
}

/** Pages in which nothing happens in the talks, though they use their words. */
const NOISE: readonly (readonly [en: string, second: string])[] = [
  [
    "A harbour firm launched an AI model for customs forms in China and the United States.",
    "It sells for nine coins a month.",
  ],
  ["Will China and the United States agree to open talks on AI this year?", "Nobody in the hall could say."],
  ["China and the United States agreed to hold talks on fisheries.", "AI was not mentioned."],
  ["The United States and the United Kingdom agreed to launch a dialogue on AI.", "It begins in spring."],
  ["Analysts at the Harbour Institute hope that AI will make ports faster.", "Trials start in the north."],
  ["The museum opened an exhibition on the history of artificial intelligence.", "Entry is free on Mondays."],
  ["A court fined an AI company for spam.", "The company will appeal."],
  ["China and the United States did not agree to launch a dialogue on AI.", "The reports were about another country."],
  ["Exports of soybeans from the United States to China rose.", "Farmers use AI to plan the harvest."],
  ["A school in Shanghai teaches AI to children of nine.", "They like it."],
  ["Larkspur Labs launched an AI model called Osprey.", "It is sold in the United States and in China."],
  ["Jadewell delayed the launch of its AI model because its office moved.", "Furniture was late."],
  ["An AI model of Larkspur Labs could be misused to break into hospitals, a lawyer warned.", "None has been."],
  ["The United States urged Jadewell to withhold its AI model over security risks.", "The firm did not answer."],
  ["China has not changed its position on the testing of AI models.", "The United States asked it to."],
];

function noise(): readonly Item[] {
  return Array.from({ length: 45 }, (_, index) => {
    const [first, second] = NOISE[index % NOISE.length] ?? ["", ""];
    const day = dayAfter("2033-01-10", index * 7);
    return {
      ...{ id: `noise-${index}`, sourceId: "river-post", role: "noise", lang: "en", title: "Notes" },
      ...{ publishedOn: day, fetchedOn: day, replaces: null, labels: [] },
      paragraphs: [first, second, ...filler(FILLER, index, 2)],
    } as const;
  });
}

/**
 * What one side's speakers say over months, each time on a page of its own: stances that are a record, and what goes against it. Only the
 * last of each list may tell something, and tells it by the record alone; a list of look-alikes tells nothing.
 */
const STANCES: readonly {
  readonly id: string;
  readonly sourceId: string;
  readonly lang: "en" | "zh";
  readonly shifts: boolean;
  readonly said: readonly (readonly [day: string, words: string])[];
}[] = [
  {
    ...{ id: "stance-open-models", sourceId: OFFICIAL.us, lang: "en", shifts: true },
    said: [
      ["2033-05-30", "“We oppose limits for open-source AI models,” envoy Mara Quill said."],
      ["2033-06-28", "“We firmly oppose limits for open-source AI models,” envoy Mara Quill said in the harbour hall."],
      ["2033-07-22", "“The United States opposes limits for open-source AI models,” envoy Mara Quill said."],
      ["2033-09-08", "“We support limits for open-source AI models,” envoy Mara Quill said."],
    ],
  },
  {
    ...{ id: "stance-red-lines", sourceId: OFFICIAL_ZH, lang: "zh", shifts: true },
    said: [
      ["2033-05-31", "林蔚然主席表示：“我们反对为人工智能武器统一划定红线。”"],
      ["2033-06-29", "林蔚然主席说：“我们坚决反对为人工智能武器统一划定红线。”"],
      ["2033-07-23", "林蔚然主席强调：“中方反对为人工智能武器统一划定红线。”"],
      ["2033-09-09", "林蔚然主席表示：“我们支持为人工智能武器统一划定红线。”"],
    ],
  },
  {
    ...{ id: "stance-look-alike", sourceId: OFFICIAL.us, lang: "en", shifts: false },
    said: [
      ["2033-02-01", "“We support joint testing and evaluation of AI models,” envoy Mara Quill said."],
      ["2033-03-01", "“We support the joint testing and evaluation of AI models,” envoy Mara Quill said."],
      ["2033-04-01", "“We support joint testing and evaluation of AI models,” envoy Mara Quill said again."],
      ["2033-05-02", "“We oppose the abuse of joint testing and evaluation of AI models,” envoy Mara Quill said."],
      ["2033-06-06", "“We would oppose joint testing and evaluation of AI models by firms,” envoy Mara Quill said."],
      ["2033-08-09", "Analysts said the United States opposes joint testing and evaluation of AI models."],
    ],
  },
];

function stancePages(): readonly Item[] {
  return STANCES.flatMap(({ id, sourceId, lang, shifts, said }) =>
    said.map(([day, words], index) => ({
      ...{ id: `${id}-${index}`, sourceId, role: "release" as const, lang, title: lang === "en" ? "Remarks" : "讲话" },
      ...{ publishedOn: day, fetchedOn: day, replaces: null },
      paragraphs: [words, ...filler(lang === "en" ? FILLER : FILLER_ZH, index + said.length, 2)],
      labels:
        shifts && index === said.length - 1 ? [{ type: "position.shift", happening: id, status: "new" as const }] : [],
    })),
  );
}

/** Makes the whole stream: every page with what it must be found to tell, in the order in which Parley comes by it. */
export function publishStream(): readonly Item[] {
  const told = HAPPENINGS.flatMap((happening, number) => tellings(happening, number));
  const order: readonly Item["role"][] = [
    "release",
    "twin",
    "wire",
    "copy",
    "rewrite",
    "recap",
    "late",
    "correction",
    "noise",
  ];
  return [...told, ...corrections(told), ...noise(), ...stancePages()].sort(
    (a, b) => compare(a.fetchedOn, b.fetchedOn) || order.indexOf(a.role) - order.indexOf(b.role) || compare(a.id, b.id),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
