import { describe, expect, test } from "vitest";
import { followMove, type SentOn } from "../../src/domain/source-move.ts";

const settled: SentOn = { sentOnTo: null, sentOnTimes: 0 };

/** Follows a row of polls; gives where the source had moved to after each. */
function after(...targets: readonly (string | null)[]) {
  let state = settled;
  return targets.map((target) => {
    const { movedTo, ...next } = followMove(state, target);
    state = next;
    return movedTo;
  });
}

describe("a list that is sent on for good", () => {
  test.each([
    ["moves at the third poll in a row", ["b", "b", "b", null], [null, null, "b", null]],
    ["stays when a poll between was not sent on", ["b", "b", null, "b", "b"], [null, null, null, null, null]],
    ["stays while the places differ", ["b", "c", "b", "c"], [null, null, null, null]],
    ["counts anew from another place", ["b", "b", "c", "c", "c"], [null, null, null, null, "c"]],
    ["moves on from where it moved to", ["b", "b", "b", "c", "c", "c"], [null, null, "b", null, null, "c"]],
  ])("%s", (_, targets, moves) => {
    expect(after(...targets)).toEqual(moves);
  });
});
