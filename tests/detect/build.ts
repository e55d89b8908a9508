import type { Actor } from "../../src/catalogue/actor.ts";
import type { DevelopmentType } from "../../src/catalogue/development-type.ts";
import type { DetectInput } from "../../src/detect/input.ts";
import { PATTERNS } from "../../src/detect/pattern/patterns.ts";
import type { KnownDate } from "../../src/domain/known-date.ts";
import type { Statement } from "../../src/domain/statement.ts";

/** Builds an actor from what the test is about. */
export function actor(row: Pick<Actor, "id" | "type" | "name"> & Partial<Actor>): Actor {
  return { aliases: [], abbreviations: [], zh: [], bloc: "third", parent: null, offices: [], evidence: [], ...row };
}

const office = (role: string, body: string) => ({ role, body, from: "2020", to: null });

/** The two sides and invented people, bodies and scholars. */
export const actors: readonly Actor[] = [
  actor({ id: "united-states", type: "state", name: "United States", bloc: "US", zh: ["美国"] }),
  actor({ id: "china", type: "state", name: "China", bloc: "China", zh: ["中国"] }),
  actor({ id: "united-kingdom", type: "state", name: "United Kingdom", abbreviations: ["UK"], zh: ["英国"] }),
  actor({
    id: "us-talks-office",
    type: "government-body",
    name: "Office of Technology Talks",
    bloc: "US",
    parent: "united-states",
  }),
  actor({
    id: "cn-digital-ministry",
    type: "government-body",
    name: "Ministry of Digital Affairs",
    bloc: "China",
    parent: "china",
    zh: ["数字事务部"],
  }),
  actor({
    id: "avery-holt",
    type: "person",
    name: "Avery Holt",
    bloc: "US",
    zh: ["霍尔特"],
    offices: [office("President", "united-states")],
  }),
  actor({
    id: "lin-weiran",
    type: "person",
    name: "Lin Weiran",
    bloc: "China",
    zh: ["林蔚然"],
    offices: [office("President", "china")],
  }),
  actor({
    id: "mara-quill",
    type: "person",
    name: "Mara Quill",
    bloc: "US",
    offices: [office("Envoy", "us-talks-office")],
  }),
  actor({ id: "harbour-institute", type: "think-tank", name: "Harbour Institute", bloc: "US" }),
  actor({
    id: "dana-okafor",
    type: "person",
    name: "Dana Okafor",
    bloc: "US",
    offices: [office("Fellow", "harbour-institute")],
  }),
  actor({
    id: "united-nations",
    type: "igo",
    name: "United Nations",
    abbreviations: ["UN"],
    zh: ["联合国"],
    bloc: "UN",
  }),
];

const EXPERT_SEVERITY: Readonly<Record<string, DevelopmentType["severity"]>> = {
  "proposal.tabled": 2,
  "document.published": 1,
};
const FIVE = /^(?:talks\.(?!no)|agreement|control\.(?:imposed|eased)|countermeasure|position\.shift)/;
const TWO = /^(?:position\.stated|silence|control\.maintained|track2)/;
const THREE = /^(?:talks\.no|control\.proposed|leak|document|domestic|incident)/;

/** Every type that has a pattern, with severities like the catalogue's. */
export const types: readonly DevelopmentType[] = [...new Set(PATTERNS.map(({ type }) => type))].map((id) => ({
  id,
  label: id,
  definition: id,
  severity: FIVE.test(id) ? 5 : TWO.test(id) ? 2 : THREE.test(id) ? 3 : 4,
  expertSeverity: EXPERT_SEVERITY[id],
  cues: { en: [], zh: [] },
}));

/** Builds a date as a page gives it. */
export function day(value: string): KnownDate {
  return { value, precision: value.length === 7 ? "month" : "day", basis: "meta", raw: value };
}

type Says = Partial<Omit<DetectInput, "article">> & { readonly article?: Partial<DetectInput["article"]> };

/** Builds an input: an official release of 19 May 2026 with the given text, unless the test says otherwise. */
export function input(text: string, says: Says = {}): DetectInput {
  return {
    official: true,
    sourceActorId: "us-talks-office",
    statements: [],
    types,
    events: [],
    actors,
    past: [],
    now: new Date("2026-11-01T00:00:00Z"),
    ...says,
    article: { title: null, text, kind: "release", lang: "en", publishedAt: day("2026-05-19"), ...says.article },
  };
}

/** Builds a statement over the words of a text that it holds. */
export function statement(text: string, words: string, says: Partial<Statement> = {}): Statement {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`the text does not hold: ${words}`);
  return {
    kind: "indirect",
    act: "speech",
    polarity: "affirmed",
    content: [{ start, end: start + words.length }],
    text: words,
    quotes: [],
    cue: null,
    speaker: { text: "the spokesperson", start: null, end: null, form: "role", via: "self" },
    actors: [],
    addressee: null,
    relayedBy: null,
    question: null,
    saidAt: null,
    topics: [],
    confidence: 0.9,
    rule: "test",
    fidelity: "verbatim-secondary",
    flags: [],
    ...says,
  };
}
