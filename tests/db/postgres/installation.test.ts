import { describe, expect, test } from "vitest";
import { allEndpoints } from "../../../src/db/alerts/endpoints.ts";
import { checkSecretKey, saveSealedEndpoint } from "../../../src/db/postgres/installation.ts";
import { seal } from "../../../src/net/secret-box.ts";
import { keyFingerprint } from "../../../src/secret-key.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { secretKey, webhookSecret } from "../../support/rows.ts";

const db = useDatabase();
const own = keyFingerprint(secretKey);
const other = keyFingerprint(Buffer.alloc(32, 1));

function save(name: string, fingerprint: string, newKey = false) {
  const endpoint = { name, address: "https://desk.example/hook", secret: seal(secretKey, webhookSecret) };
  return saveSealedEndpoint(db(), endpoint, { fingerprint, newKey }, noon);
}

describe("the key that seals secrets", () => {
  test("is known by 16 hex digits that do not give it away", () => {
    expect(own).toMatch(/^[0-9a-f]{16}$/);
    expect(other).not.toBe(own);
  });

  test("may be any while nothing is sealed, and no other from then on", async () => {
    await checkSecretKey(db(), other);
    await save("first", own);
    await checkSecretKey(db(), own);
    const refused = { code: "bad-setting", message: expect.stringMatching(new RegExp(`${own}.*${other}`)) };
    await expect(checkSecretKey(db(), other)).rejects.toMatchObject(refused);
    await expect(save("second", other)).rejects.toMatchObject(refused);
    expect((await allEndpoints(db())).map(({ name }) => name)).toEqual(["first"]);
  });

  test("may be replaced when it is lost: what it sealed is switched off until it is added again", async () => {
    await save("third", other, true);
    await checkSecretKey(db(), other);
    const rows = (await allEndpoints(db())).map(({ name, enabled }) => [name, enabled]);
    expect(rows).toEqual([
      ["first", false],
      ["third", true],
    ]);
    await expect(checkSecretKey(db(), own)).rejects.toMatchObject({ code: "bad-setting" });
  });
});
