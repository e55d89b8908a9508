import type { Rows } from "./atoms.ts";
import {
  type CueFrame,
  MOST_FEATURES,
  placeFeatures,
  ROLE,
  ROLES,
  type Role,
  roleFeatures,
  sideOf,
  stepFeatures,
} from "./features.ts";

/**
 * The learned weights of one kind of feature, kept so that a look at them is one look at memory, or none: most features that a text
 * has bear no weight, and `known` says so, which is small enough to stay in the processor's cache.
 */
export type Weights = {
  /** A bit for each feature that has weights, and for one in twenty of the others, at the feature's lowest bits. */
  readonly known: Uint32Array;
  /** A hash table in rows of `stride`: a feature, then its weights, four to a number, eight bits each, the first the lowest. */
  readonly slots: Int32Array;
  readonly stride: number;
  /** The number of the last row; how many there are is a power of two. */
  readonly last: number;
  /** What stands in place of a feature in rows without one. */
  readonly empty: number;
  /** What one step of a weight is worth. */
  readonly step: number;
};

/** Finds where the weights of a feature begin in `slots`; -1 where it has none. */
export function placeOf({ known, slots, stride, last, empty }: Weights, feature: number): number {
  if (!((known[(feature >>> 5) & (known.length - 1)] ?? 0) & (1 << (feature & 31)))) return -1;
  for (let slot = feature & last; ; slot = (slot + 1) & last) {
    const key = slots[slot * stride];
    if (key === feature) return slot * stride + 1;
    if (key === empty) return -1;
  }
}

/** The learned weights of roles: of a piece one number a role, of two neighbours one a pair of roles. */
export type RoleWeights = { readonly piece: Weights; readonly step: Weights };

/** What has been met so far on the way through a sentence, as bits beside the role of the last piece. */
const SOURCE_MET = 4;
const CONTENT_MET = 8;
const CUE_ENDED = 16;
/** How many states there are: a role and what has been met. */
export const STATES = 32;

/**
 * Says what state follows when the next piece takes a role; -1 where no attribution is built so: one source, the cue in one piece
 * around its head, and at most one run of content on either side of it.
 */
export function follow(state: number, role: Role, at: number, cue: number): number {
  const last = state & 3;
  if (at === cue && role !== ROLE.cue) return -1;
  // Content on the left of the cue and on its right are two runs that may both stand.
  let bits = state & (at === cue + 1 ? SOURCE_MET | CUE_ENDED : SOURCE_MET | CONTENT_MET | CUE_ENDED);
  if (last === ROLE.source && role !== ROLE.source) bits |= SOURCE_MET;
  if (last === ROLE.content && role !== ROLE.content && at !== cue + 1) bits |= CONTENT_MET;
  if (last === ROLE.cue && role !== ROLE.cue) {
    if (at <= cue) return -1;
    bits |= CUE_ENDED;
  }
  if (role === ROLE.source && bits & SOURCE_MET) return -1;
  if (role === ROLE.content && bits & CONTENT_MET) return -1;
  if (role === ROLE.cue && (bits & CUE_ENDED || (at > cue && last !== ROLE.cue))) return -1;
  return role | bits;
}

/** The sums of `placeFeatures` of a sentence, made when they are first asked for: row `side * atoms + at`, one number a role. */
export type PlaceSums = { readonly sums: Float64Array; readonly known: Uint8Array };

/** Makes room for the sums of a sentence. */
export function placeSums({ atoms }: Rows): PlaceSums {
  return { sums: new Float64Array(3 * atoms.length * ROLES), known: new Uint8Array(3 * atoms.length) };
}

/**
 * The ways from one piece to the next, in threes: the state before, the role that the piece takes, the state after. They hang on
 * nothing but where the piece stands: before the cue, on it, just after it, further on.
 */
const WAYS: readonly Int8Array[] = [
  [1, 9],
  [9, 9],
  [10, 9],
  [11, 9],
].map(([at = 0, cue = 0]) => {
  const ways: number[] = [];
  for (let before = 0; before < STATES; before++)
    for (let role = 0; role < ROLES; role++) {
      const state = follow(before, role, at, cue);
      if (state >= 0) ways.push(before, role, state);
    }
  return Int8Array.from(ways);
});
const NO_WAYS = new Int8Array(0);

function waysAt(at: number, cue: number): Int8Array {
  return WAYS[at < cue ? 0 : Math.min(at - cue + 1, 3)] ?? NO_WAYS;
}

const features = new Int32Array(MOST_FEATURES);
const PAIRS = ROLES * ROLES;
const steps = new Int32Array(PAIRS);
const pair = new Float64Array(PAIRS);
const own = new Float64Array(ROLES);

/** Adds to `sum`, from a place on, the weights of the first `count` of `features`: one for each role. */
function addPiece(sum: Float64Array, from: number, count: number, weights: Weights): void {
  const { slots, step } = weights;
  let none = 0;
  let source = 0;
  let content = 0;
  let cue = 0;
  for (let k = 0; k < count; k++) {
    const place = placeOf(weights, features[k] ?? 0);
    if (place < 0) continue;
    const four = slots[place] ?? 0;
    none += (four << 24) >> 24;
    source += (four << 16) >> 24;
    content += (four << 8) >> 24;
    cue += four >> 24;
  }
  sum[from + ROLE.none] = (sum[from + ROLE.none] ?? 0) + none * step;
  sum[from + ROLE.source] = (sum[from + ROLE.source] ?? 0) + source * step;
  sum[from + ROLE.content] = (sum[from + ROLE.content] ?? 0) + content * step;
  sum[from + ROLE.cue] = (sum[from + ROLE.cue] ?? 0) + cue * step;
}

/** Writes to `pair` the weights of the first `count` of `features`: one for each pair of roles. */
function weighStep(count: number, weights: Weights): void {
  const { slots, step } = weights;
  steps.fill(0);
  for (let k = 0; k < count; k++) {
    const place = placeOf(weights, features[k] ?? 0);
    if (place < 0) continue;
    for (let j = 0; j < PAIRS; j += 4) {
      const four = slots[place + (j >> 2)] ?? 0;
      steps[j] = (steps[j] ?? 0) + ((four << 24) >> 24);
      steps[j + 1] = (steps[j + 1] ?? 0) + ((four << 16) >> 24);
      steps[j + 2] = (steps[j + 2] ?? 0) + ((four << 8) >> 24);
      steps[j + 3] = (steps[j + 3] ?? 0) + (four >> 24);
    }
  }
  for (let j = 0; j < PAIRS; j++) pair[j] = (steps[j] ?? 0) * step;
}

/** Writes to `own` what each role is worth to a piece. */
function weighPiece(frame: CueFrame, at: number, { piece }: RoleWeights, { sums, known }: PlaceSums): void {
  const side = sideOf(frame, at);
  const row = side * frame.rows.atoms.length + at;
  if (!known[row]) {
    addPiece(sums, row * ROLES, placeFeatures(frame.rows, at, side, features), piece);
    known[row] = 1;
  }
  for (let role = 0; role < ROLES; role++) own[role] = sums[row * ROLES + role] ?? 0;
  addPiece(own, 0, roleFeatures(frame, at, features), piece);
}

/** Gives every piece of a sentence its likeliest role beside one cue: the best way through all of them (Viterbi 1967). */
export function bestRoles(frame: CueFrame, weights: RoleWeights, sums: PlaceSums): Role[] {
  const { cue } = frame;
  const count = frame.rows.atoms.length;
  const back = new Int8Array(count * STATES);
  let scores = new Float64Array(STATES).fill(Number.NEGATIVE_INFINITY);
  let next = new Float64Array(STATES);
  weighPiece(frame, 0, weights, sums);
  for (let role = 0; role < ROLES; role++) {
    const state = follow(0, role, 0, cue);
    if (state >= 0) scores[state] = own[role] ?? 0;
  }
  for (let at = 1; at < count; at++) {
    weighPiece(frame, at, weights, sums);
    weighStep(stepFeatures(frame, at, features), weights.step);
    next.fill(Number.NEGATIVE_INFINITY);
    const ways = waysAt(at, cue);
    for (let k = 0; k < ways.length; k += 3) {
      const before = ways[k] ?? 0;
      const score = scores[before] ?? 0;
      if (score === Number.NEGATIVE_INFINITY) continue;
      const role = ways[k + 1] ?? 0;
      const state = ways[k + 2] ?? 0;
      const sum = score + (pair[(before & 3) * ROLES + role] ?? 0) + (own[role] ?? 0);
      if (sum > (next[state] ?? 0)) {
        next[state] = sum;
        back[at * STATES + state] = before;
      }
    }
    [scores, next] = [next, scores];
  }
  let state = scores.indexOf(Math.max(...scores));
  const roles: Role[] = new Array(count).fill(ROLE.none);
  for (let at = count - 1; at >= 0; at--) {
    roles[at] = state & 3;
    state = back[at * STATES + state] ?? 0;
  }
  return roles;
}

/** Tells whether roles are built as an attribution can be: see `follow`. */
export function isLegal(roles: readonly Role[], cue: number): boolean {
  let state = 0;
  for (let at = 0; at < roles.length; at++) {
    state = follow(state, roles[at] ?? 0, at, cue);
    if (state < 0) return false;
  }
  return true;
}
