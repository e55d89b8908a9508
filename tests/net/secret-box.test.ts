import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { open, seal } from "../../src/net/secret-box.ts";

const key = randomBytes(32);

test("what is sealed opens again with the same key", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (plain) => {
      expect(open(key, seal(key, plain))).toBe(plain);
    }),
  );
});

test("equal secrets look different, and nothing of them shows", () => {
  const [a, b] = [seal(key, "whsec_secret"), seal(key, "whsec_secret")];
  expect(Buffer.from(a).equals(b)).toBe(false);
  expect(Buffer.from(a).includes("secret")).toBe(false);
});

test("another key, any changed bit and any cut are told, not opened", () => {
  const sealed = seal(key, "whsec_secret");
  const failure = expect.objectContaining({ code: "bad-setting", message: expect.not.stringContaining("whsec_") });
  expect(() => open(randomBytes(32), sealed)).toThrow(failure);
  for (let i = 0; i < sealed.length * 8; i++) {
    const changed = Uint8Array.from(sealed);
    changed[i >> 3] = (changed[i >> 3] ?? 0) ^ (1 << (i & 7));
    expect(() => open(key, changed)).toThrow(failure);
  }
  for (let length = 0; length < sealed.length; length++)
    expect(() => open(key, sealed.subarray(0, length))).toThrow(failure);
});

test("a key of another length is refused", () => {
  for (const wrong of [new Uint8Array(16), new Uint8Array(0)]) {
    expect(() => seal(wrong, "x")).toThrow(expect.objectContaining({ code: "bad-setting" }));
    expect(() => open(wrong, new Uint8Array(40))).toThrow(expect.objectContaining({ code: "bad-setting" }));
  }
});
