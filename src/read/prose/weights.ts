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
  const keys = Int32Array.from({ length: count }, (_, i) => bytes.readInt32LE(keysAt + i * 4));
  const size = 1 << Math.ceil(Math.log2(count * 2 + 1));
  const stride = 1 + Math.ceil(width / 4);
  const empty = absentFrom(keys);
  const slots = new Int32Array(size * stride);
  for (let slot = 0; slot < size; slot++) slots[slot * stride] = empty;
  const known = new Uint32Array(Math.max(1, size >> 2));
  keys.forEach((key, i) => {
    let slot = key & (size - 1);
    while (slots[slot * stride] !== empty) slot = (slot + 1) & (size - 1);
    slots[slot * stride] = key;
    for (let j = 0; j < width; j++) {
      const place = slot * stride + 1 + (j >> 2);
      slots[place] = (slots[place] ?? 0) | (bytes.readUInt8(valuesAt + i * width + j) << (8 * (j & 3)));
    }
    const word = (key >>> 5) & (known.length - 1);
    known[word] = (known[word] ?? 0) | (1 << (key & 31));
  });
  return { known, slots, stride, last: size - 1, empty, step, end: valuesAt + count * width };
}

/** Finds a number that is no feature. */
function absentFrom(keys: Int32Array): number {
  const all = new Set(keys);
  let number = 0;
  while (all.has(number)) number++;
  return number;
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
    // Rounded to 32 bits, as when the thresholds were measured.
    if (place >= 0) sum += Math.fround((((cue.slots[place] ?? 0) << 24) >> 24) * cue.step);
  }
  return 1 / (1 + Math.exp(-sum));
}
