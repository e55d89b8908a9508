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

/** The learned weights of one kind of feature: of the feature at `place(feature)`, `width` numbers. -1 where it has none. */
export type Weights = { readonly place: (feature: number) => number; readonly values: ArrayLike<number> };

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
export type PlaceSums = { readonly sums: Float32Array; readonly known: Uint8Array };

/** Makes room for the sums of a sentence. */
export function placeSums({ atoms }: Rows): PlaceSums {
  return { sums: new Float32Array(3 * atoms.length * ROLES), known: new Uint8Array(3 * atoms.length) };
}

const features = new Int32Array(MOST_FEATURES);
const pair = new Float64Array(ROLES * ROLES);
const own = new Float64Array(ROLES);

function addAll(
  sum: Float64Array | Float32Array,
  from: number,
  count: number,
  width: number,
  { place, values }: Weights,
): void {
  for (let k = 0; k < count; k++) {
    const at = place(features[k] ?? 0) * width;
    if (at >= 0) for (let j = 0; j < width; j++) sum[from + j] = (sum[from + j] ?? 0) + (values[at + j] ?? 0);
  }
}

/** Gives every piece of a sentence its likeliest role beside one cue: the best way through all of them (Viterbi 1967). */
export function bestRoles(frame: CueFrame, weights: RoleWeights, sums: PlaceSums): Role[] {
  const { rows, cue } = frame;
  const count = rows.atoms.length;
  const back = new Int8Array(count * STATES).fill(-1);
  let scores = new Float64Array(STATES).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < count; at++) {
    const row = sideOf(frame, at) * count + at;
    if (!sums.known[row]) {
      addAll(sums.sums, row * ROLES, placeFeatures(rows, at, sideOf(frame, at), features), ROLES, weights.piece);
      sums.known[row] = 1;
    }
    for (let role = 0; role < ROLES; role++) own[role] = sums.sums[row * ROLES + role] ?? 0;
    addAll(own, 0, roleFeatures(frame, at, features), ROLES, weights.piece);
    const next = new Float64Array(STATES).fill(Number.NEGATIVE_INFINITY);
    if (at === 0) {
      for (let role = 0; role < ROLES; role++) {
        const state = follow(0, role, 0, cue);
        if (state >= 0) next[state] = own[role] ?? 0;
      }
    } else {
      pair.fill(0);
      addAll(pair, 0, stepFeatures(frame, at, features), ROLES * ROLES, weights.step);
      for (let before = 0; before < STATES; before++) {
        const score = scores[before] ?? 0;
        if (score === Number.NEGATIVE_INFINITY) continue;
        for (let role = 0; role < ROLES; role++) {
          const state = follow(before, role, at, cue);
          if (state < 0) continue;
          const sum = score + (pair[(before & 3) * ROLES + role] ?? 0) + (own[role] ?? 0);
          if (sum > (next[state] ?? 0)) {
            next[state] = sum;
            back[at * STATES + state] = before;
          }
        }
      }
    }
    scores = next;
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
