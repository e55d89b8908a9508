import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conflictOf } from "../../../src/detect/thread/conflict.ts";
import { findThread, type Link, stateOfLinks, type ThreadView } from "../../../src/detect/thread/join-thread.ts";
import { courseOf, isKnownStep } from "../../../src/detect/thread/thread-course.ts";
import { day } from "../build.ts";

type Told = readonly [type: string, on: string, words: string, event?: string];

function link([type, on, words, event]: Told, documentId = 1): Link {
  return {
    ...{ key: `${type}|${on}|${words}`, type, documentId, actorIds: ["china", "united-states"], summary: words },
    ...{ eventDate: { ...day(event ?? on), basis: "text" }, at: new Date(`${on}T09:00:00Z`) },
  };
}

/** Puts what is told into threads, one after the other; gives the number of each one's thread. */
function thread(told: readonly Told[]): {
  readonly places: readonly number[];
  readonly threads: readonly ThreadView[];
} {
  const threads: { id: number; course: string; links: Link[] }[] = [];
  const places = told.map((one, index) => {
    const next = link(one, index + 1);
    const found = findThread(next, threads);
    if (found !== null) threads[found]?.links.push(next);
    else threads.push({ id: threads.length, course: courseOf(next.type), links: [next] });
    return found ?? threads.length - 1;
  });
  return { places, threads };
}

const announced: Told = [
  "talks.announced",
  "2033-01-12",
  "China and the United States agreed to launch an AI dialogue.",
];
const scheduled: Told = [
  "talks.scheduled",
  "2033-02-03",
  "The AI talks will be held in Geneva on February 18.",
  "2033-02-18",
];
const held: Told = ["talks.held", "2033-02-18", "China and the United States held AI talks in Geneva."];

describe("a thread of talks", () => {
  test.each<[string, readonly Told[], readonly number[], string | null]>([
    ["goes from announced to scheduled to held", [announced, scheduled, held], [0, 0, 0], "held"],
    [
      "is over when held: the next announcement opens another",
      [announced, scheduled, held, ["talks.announced", "2033-03-20", "They agreed to hold another round of AI talks."]],
      [0, 0, 0, 1],
      "held",
    ],
    [
      "is put off and fixed anew, in another city",
      [
        scheduled,
        ["talks.postponed", "2033-02-10", "The AI talks were put off."],
        ["talks.scheduled", "2033-03-01", "The AI talks will take place in Oslo on March 9.", "2033-03-09"],
      ],
      [0, 0, 0],
      "scheduled",
    ],
    [
      "is halted and resumed",
      [
        held,
        ["talks.suspended", "2033-05-01", "China broke off the AI talks."],
        ["talks.resumed", "2033-09-01", "The AI talks were resumed."],
      ],
      [0, 0, 0],
      "resumed",
    ],
    [
      "is another one in another city",
      [scheduled, ["talks.scheduled", "2033-02-04", "AI talks will be held in Vienna on February 19.", "2033-02-19"]],
      [0, 1],
      "scheduled",
    ],
    [
      "is another one on another day",
      [scheduled, ["talks.held", "2033-04-18", "China and the United States held AI talks."]],
      [0, 1],
      "scheduled",
    ],
    [
      "is another one in another round",
      [
        ["talks.held", "2033-02-18", "They held the first round of AI talks."],
        ["talks.held", "2033-02-20", "They held the second round of AI talks."],
      ],
      [0, 1],
      "held",
    ],
    ["takes a step that comes to light late into its place", [announced, held, scheduled], [0, 0, 0], "held"],
    [
      "takes in what is told of its outcome",
      [held, ["talks.no-outcome", "2033-02-19", "No agreement was announced after the AI talks."]],
      [0, 0],
      "held",
    ],
    [
      "leaves an outcome told months later alone",
      [held, ["talks.no-outcome", "2033-06-19", "No agreement was announced after AI talks."]],
      [0, 1],
      "held",
    ],
  ])("%s", (_, told, places, state) => {
    const found = thread(told);
    expect(found.places).toEqual(places);
    expect(stateOfLinks(found.threads[0]?.links ?? []).state).toBe(state);
  });

  test.each([
    ["announced", "scheduled", true],
    ["scheduled", "held", true],
    ["suspended", "resumed", true],
    ["held", "postponed", false],
    ["reported", "resumed", false],
  ] as const)("the step from %s to %s is one that the state machine knows: %s", (from, to, known) => {
    expect(isKnownStep(from, to)).toBe(known);
  });

  test("never takes in what shares no side, and finds a thread or null whatever is told", () => {
    const types = [
      "talks.announced",
      "talks.held",
      "summit.held",
      "control.imposed",
      "commitment.met",
      "statement.first",
      "x",
    ];
    const some = fc.tuple(fc.constantFrom(...types), fc.integer({ min: 1, max: 28 }), fc.string());
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (all) => {
        const { threads } = thread(
          all.map(([type, date, words]) => [type, `2033-01-${String(date).padStart(2, "0")}`, words]),
        );
        const stranger = { ...link(announced), actorIds: ["france"] };
        expect(findThread(stranger, threads)).toBeNull();
      }),
    );
  });
});

describe("accounts that cannot both be whole", () => {
  test.each<[string, Told, Told, string | null]>([
    [
      "no agreement against a consensus",
      ["talks.no-outcome", "2033-05-15", "No concrete agreements were announced."],
      ["agreement.understanding", "2033-05-14", "They reached a consensus to launch talks."],
      "outcome",
    ],
    [
      "the same, months apart",
      ["talks.no-outcome", "2033-09-15", "No concrete agreements were announced."],
      ["agreement.understanding", "2033-05-14", "They reached a consensus."],
      null,
    ],
    [
      "a denial against what it denies",
      [
        "statement.contradicted",
        "2033-05-16",
        "The ministry denied reports that talks on military models were suspended.",
      ],
      ["talks.suspended", "2033-05-15", "Talks on military models were suspended, reports said."],
      "denial",
    ],
    [
      "a denial of something else",
      ["statement.contradicted", "2033-05-16", "The ministry denied a fire in the harbour."],
      ["talks.suspended", "2033-05-15", "Talks on models were suspended."],
      null,
    ],
    [
      "two days for one meeting",
      scheduled,
      ["talks.scheduled", "2033-02-04", "The AI talks will be held in Geneva on February 21.", "2033-02-21"],
      "date",
    ],
    [
      "two days that zones explain",
      scheduled,
      ["talks.scheduled", "2033-02-04", "The AI talks will be held in Geneva on February 19.", "2033-02-19"],
      null,
    ],
  ])("%s", (_, one, other, about) => {
    expect(conflictOf(link(one), link(other, 2))).toBe(about);
    expect(conflictOf(link(other, 2), link(one))).toBe(about);
  });
});
