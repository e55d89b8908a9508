import { deflateRawSync } from "node:zlib";

/** Learned weights of one kind of feature: `width` numbers for each. */
export type Table = {
  readonly name: string;
  readonly features: readonly number[];
  readonly values: Float64Array;
  readonly width: number;
};

/** Weights smaller than this change nothing and are left out. */
const LEAST_WEIGHT = 0.08;

/** Writes the source file that holds the tables, as `readTable` of src/read/prose/weights.ts takes them. */
export function packTables(tables: readonly Table[]): string {
  const packed = deflateRawSync(Buffer.concat(tables.map(packTable)), { level: 9 }).toString("base64");
  return `/** Weights as bench/learn-prose.ts made them: numbers kept by hash, without words. Deflated (RFC 1951), in base64. */
export const PACKED_WEIGHTS =
  "${packed}";
`;
}

function packTable({ features, values, width }: Table): Buffer {
  const weight = (i: number, j: number) => values[i * width + j] ?? 0;
  const columns = Array.from({ length: width }, (_, j) => j);
  const kept = features
    .map((_, i) => i)
    .filter((i) => columns.some((j) => Math.abs(weight(i, j)) >= LEAST_WEIGHT))
    .sort((a, b) => (features[a] ?? 0) - (features[b] ?? 0));
  const most = kept.reduce((max, i) => columns.reduce((top, j) => Math.max(top, Math.abs(weight(i, j))), max), 1e-9);
  const step = most / 127;
  const bytes = Buffer.alloc(8 + kept.length * (4 + width));
  bytes.writeUInt32LE(kept.length, 0);
  bytes.writeFloatLE(step, 4);
  kept.forEach((i, place) => {
    bytes.writeInt32LE(features[i] ?? 0, 8 + place * 4);
    for (const j of columns) bytes.writeInt8(Math.round(weight(i, j) / step), 8 + kept.length * 4 + place * width + j);
  });
  return bytes;
}
