import {
  MOST_FEATURES,
  placeFeatures,
  ROLE,
  ROLES,
  type Role,
  roleFeatures,
  sideOf,
  stepFeatures,
} from "../../src/read/prose/features.ts";
import { follow, isLegal, STATES } from "../../src/read/prose/roles.ts";
import { type Dictionary, frequentFeatures, placesOf, steadyShuffle } from "./dictionary.ts";
import type { Instance } from "./instances.ts";
import type { Table } from "./pack.ts";

const LEAST_SEEN = { piece: 32, step: 48 };
const ROUNDS = 2;
const RATE = 0.05;
const DECAY = 0.01;
const MOST_PIECES = 120;
const PAIRS = ROLES * ROLES;
const IMPOSSIBLE = -1e30;

type Case = {
  readonly cue: number;
  readonly roles: readonly Role[];
  readonly pieces: readonly Int32Array[];
  readonly steps: readonly Int32Array[];
};

/** One table being learned, with the sums of squared slopes that slow it down (AdaGrad, Duchi and others 2011). */
type Learner = { readonly values: Float64Array; readonly squares: Float64Array; readonly width: number };

/** Learns the roles beside a cue: a conditional random field (Lafferty and others 2001) over the legal ways of `follow`. */
export function learnRoles(instances: readonly Instance[]): Table[] {
  const usable = instances.filter(
    ({ roles, at }) => roles?.includes(ROLE.content) && isLegal(roles, at) && roles.length < MOST_PIECES,
  );
  const row = new Int32Array(MOST_FEATURES);
  const pieceDictionary = frequentFeatures((count) => {
    for (const instance of usable) eachPiece(instance, row, (size) => each(row, size, count));
  }, LEAST_SEEN.piece);
  const stepDictionary = frequentFeatures((count) => {
    for (const instance of usable) eachStep(instance, row, (size) => each(row, size, count));
  }, LEAST_SEEN.step);
  const cases = usable.map((instance) => caseOf(instance, pieceDictionary, stepDictionary, row));
  const piece = learner(pieceDictionary.features.length, ROLES);
  const step = learner(stepDictionary.features.length, PAIRS);
  const shuffle = steadyShuffle();
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(cases);
    let loss = 0;
    for (const one of cases) loss += learnFrom(one, piece, step);
    console.log(`roles, round ${round + 1}: ${(loss / cases.length).toFixed(3)} nats a sentence`);
  }
  return [
    { name: "pieces", features: pieceDictionary.features, values: piece.values, width: ROLES },
    { name: "steps", features: stepDictionary.features, values: step.values, width: PAIRS },
  ];
}

function learner(features: number, width: number): Learner {
  return { values: new Float64Array(features * width), squares: new Float64Array(features * width).fill(1e-4), width };
}

function each(row: Int32Array, size: number, take: (feature: number) => void): void {
  for (let i = 0; i < size; i++) take(row[i] ?? 0);
}

/** Calls `take` with the features of every piece, twice a piece: those of its place and those seen from the cue. */
function eachPiece(instance: Instance, row: Int32Array, take: (size: number, at: number) => void): void {
  const frame = instance.frame();
  for (let at = 0; at < frame.rows.atoms.length; at++) {
    take(placeFeatures(frame.rows, at, sideOf(frame, at), row), at);
    take(roleFeatures(frame, at, row), at);
  }
}

function eachStep(instance: Instance, row: Int32Array, take: (size: number, at: number) => void): void {
  const frame = instance.frame();
  for (let at = 1; at < frame.rows.atoms.length; at++) take(stepFeatures(frame, at, row), at);
}

function caseOf(instance: Instance, pieceDictionary: Dictionary, stepDictionary: Dictionary, row: Int32Array): Case {
  const count = instance.rows.atoms.length;
  const pieces: Int32Array[] = new Array(count).fill(new Int32Array(0));
  const steps: Int32Array[] = new Array(count).fill(new Int32Array(0));
  eachPiece(instance, row, (size, at) => {
    pieces[at] = Int32Array.from([...(pieces[at] ?? []), ...placesOf(pieceDictionary, row, size)]);
  });
  eachStep(instance, row, (size, at) => {
    steps[at] = placesOf(stepDictionary, row, size);
  });
  return { cue: instance.at, roles: instance.roles ?? [], pieces, steps };
}

function scoresOf(places: readonly Int32Array[], { values, width }: Learner): Float64Array {
  const scores = new Float64Array(places.length * width);
  places.forEach((list, at) => {
    for (const place of list)
      for (let j = 0; j < width; j++)
        scores[at * width + j] = (scores[at * width + j] ?? 0) + (values[place * width + j] ?? 0);
  });
  return scores;
}

/** Learns from one sentence by what the weights expect and what is (forward-backward); gives its loss. */
function learnFrom({ cue, roles, pieces, steps }: Case, piece: Learner, step: Learner): number {
  const count = roles.length;
  const own = scoresOf(pieces, piece);
  const pair = scoresOf(steps, step);
  const n = (row: Float64Array, at: number) => row[at] ?? 0;
  const ways = Array.from({ length: count }, (_, at) => waysAt(at, cue));
  const forward = new Float64Array(count * STATES).fill(IMPOSSIBLE);
  for (let role = 0; role < ROLES; role++) {
    const state = follow(0, role, 0, cue);
    if (state >= 0) forward[state] = n(own, role);
  }
  for (let at = 1; at < count; at++)
    for (const { from, role, to } of ways[at] ?? []) {
      const before = n(forward, (at - 1) * STATES + from);
      if (before <= IMPOSSIBLE) continue;
      const score = before + n(pair, at * PAIRS + (from & 3) * ROLES + role) + n(own, at * ROLES + role);
      forward[at * STATES + to] = logAdd(n(forward, at * STATES + to), score);
    }
  const backward = new Float64Array(count * STATES).fill(IMPOSSIBLE);
  let total = IMPOSSIBLE;
  for (let state = 0; state < STATES; state++) {
    backward[(count - 1) * STATES + state] = 0;
    total = logAdd(total, n(forward, (count - 1) * STATES + state));
  }
  const pieceShare = new Float64Array(count * ROLES);
  const pairShare = new Float64Array(count * PAIRS);
  for (let state = 0; state < STATES; state++) {
    const at = (count - 1) * ROLES + (state & 3);
    pieceShare[at] = n(pieceShare, at) + Math.exp(n(forward, (count - 1) * STATES + state) - total);
  }
  for (let at = count - 1; at >= 1; at--)
    for (const { from, role, to } of ways[at] ?? []) {
      const before = n(forward, (at - 1) * STATES + from);
      if (before <= IMPOSSIBLE) continue;
      const couple = at * PAIRS + (from & 3) * ROLES + role;
      const rest = n(pair, couple) + n(own, at * ROLES + role) + n(backward, at * STATES + to);
      const share = Math.exp(before + rest - total);
      pairShare[couple] = n(pairShare, couple) + share;
      pieceShare[(at - 1) * ROLES + (from & 3)] = n(pieceShare, (at - 1) * ROLES + (from & 3)) + share;
      const place = (at - 1) * STATES + from;
      backward[place] = logAdd(n(backward, place), rest);
    }
  let right = 0;
  for (let at = 0; at < count; at++) {
    const role = roles[at] ?? 0;
    right += n(own, at * ROLES + role);
    learnAt(piece, pieces[at], pieceShare, at * ROLES, role);
    if (at === 0) continue;
    const couple = (roles[at - 1] ?? 0) * ROLES + role;
    right += n(pair, at * PAIRS + couple);
    learnAt(step, steps[at], pairShare, at * PAIRS, couple);
  }
  return total - right;
}

type Way = { readonly from: number; readonly role: Role; readonly to: number };

function waysAt(at: number, cue: number): Way[] {
  const ways: Way[] = [];
  for (let from = 0; from < STATES; from++)
    for (let role = 0; role < ROLES; role++) {
      const to = follow(from, role, at, cue);
      if (to >= 0) ways.push({ from, role, to });
    }
  return ways;
}

function logAdd(a: number, b: number): number {
  const most = Math.max(a, b);
  return most <= IMPOSSIBLE ? IMPOSSIBLE : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
}

/** Moves the weights of one place towards what is and away from what they expect. */
function learnAt(
  { values, squares, width }: Learner,
  places: Int32Array | undefined,
  shares: Float64Array,
  at: number,
  answer: number,
): void {
  for (let j = 0; j < width; j++) {
    const error = (shares[at + j] ?? 0) - (j === answer ? 1 : 0);
    if (Math.abs(error) < 1e-4) continue;
    for (const place of places ?? []) {
      const i = place * width + j;
      const slope = error + DECAY * (values[i] ?? 0);
      squares[i] = (squares[i] ?? 0) + slope * slope;
      values[i] = (values[i] ?? 0) - (RATE * slope) / Math.sqrt(squares[i] ?? 1);
    }
  }
}
