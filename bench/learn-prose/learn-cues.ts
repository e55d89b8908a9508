import { cueFeatures, MOST_FEATURES } from "../../src/read/prose/features.ts";
import { frequentFeatures, placesOf, steadyShuffle } from "./dictionary.ts";
import type { Instance } from "./instances.ts";
import type { Table } from "./pack.ts";

const LEAST_SEEN = 16;
const ROUNDS = 10;
const RATE = 0.12;
const DECAY = 0.002;

/** Learns how likely a word is a cue: logistic regression, AdaGrad (Duchi and others 2011). */
export function learnCues(instances: readonly Instance[]): Table {
  const row = new Int32Array(MOST_FEATURES);
  const size = ({ rows, at, ruled, ruledCues }: Instance) => cueFeatures(rows, at, ruled, ruledCues, row);
  const dictionary = frequentFeatures((count) => {
    for (const instance of instances) for (let i = size(instance) - 1; i >= 0; i--) count(row[i] ?? 0);
  }, LEAST_SEEN);
  const cases = instances.map((instance) => ({
    places: placesOf(dictionary, row, size(instance)),
    answer: instance.roles ? 1 : 0,
  }));
  const values = new Float64Array(dictionary.features.length);
  const squares = new Float64Array(values.length).fill(1e-6);
  const shuffle = steadyShuffle();
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(cases);
    for (const { places, answer } of cases) {
      let sum = 0;
      for (const place of places) sum += values[place] ?? 0;
      const error = 1 / (1 + Math.exp(-sum)) - answer;
      for (const place of places) {
        const slope = error + DECAY * (values[place] ?? 0);
        squares[place] = (squares[place] ?? 0) + slope * slope;
        values[place] = (values[place] ?? 0) - (RATE * slope) / Math.sqrt(squares[place] ?? 1);
      }
    }
  }
  return { name: "cues", features: dictionary.features, values, width: 1 };
}
