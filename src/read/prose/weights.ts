import { inflateRawSync } from "node:zlib";
import { ROLES } from "./features.ts";
import { PACKED_WEIGHTS } from "./learned-weights.ts";
import { placeOf, type RoleWeights, type Weights } from "./roles.ts";

const bytes = inflateRawSync(Buffer.from(PACKED_WEIGHTS, "base64"));

/** Reads one table: how many features (32 bits), the worth of one step (32 bits), the features, their weights in steps (8 bits). */
function readTable(width: number, from: number): Weights & { readonly end: number } {
  const count = bytes.readUInt32LE(from);
  const step = bytes.readFloatLE(from + 4);
  const keysAt = from + 8;
  const valuesAt = keysAt + count * 4;
  const size = 1 << Math.ceil(Math.log2(count * 2 + 1));
  const slots = new Int32Array(size * 2).fill(-1);
  const known = new Uint32Array(Math.max(1, size >> 2));
  for (let i = 0; i < count; i++) {
    const key = bytes.readInt32LE(keysAt + i * 4);
    let slot = key & (size - 1);
    while ((slots[slot * 2 + 1] ?? -1) >= 0) slot = (slot + 1) & (size - 1);
    slots[slot * 2] = key;
    slots[slot * 2 + 1] = i * width;
    const word = (key >>> 5) & (known.length - 1);
    known[word] = (known[word] ?? 0) | (1 << (key & 31));
  }
  const values = Float32Array.from({ length: count * width }, (_, i) => bytes.readInt8(valuesAt + i) * step);
  return { known, slots, values, end: valuesAt + count * width };
}

const cue = readTable(1, 0);
const piece = readTable(ROLES, cue.end);
const step = readTable(ROLES * ROLES, piece.end);

/** The learned weights of the roles beside a cue. */
export const roleWeights: RoleWeights = { piece, step };

/** Gives the probability that a word with these features is a cue (logistic regression). */
export function cueProbability(features: Int32Array, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const place = placeOf(cue, features[k] ?? 0);
    if (place >= 0) sum += cue.values[place] ?? 0;
  }
  return 1 / (1 + Math.exp(-sum));
}
