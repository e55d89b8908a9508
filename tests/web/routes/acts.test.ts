import { Hono } from "hono";
import { beforeAll, describe, expect, test } from "vitest";
import { makeToken, type Scope } from "../../../src/db/analysts/tokens.ts";
import { type Access, guard } from "../../../src/web/http/access.ts";
import { change, type WebActs } from "../../../src/web/routes/acts.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { secretKey } from "../../support/rows.ts";

const db = useDatabase();
const acts: WebActs = {
  enqueue: async () => {},
  ...{ secretKey, allowAddresses: [], openSubscription: false, mailUrl: () => "https://parley.example" },
};
const tokens = new Map<Scope, string>();
beforeAll(async () => {
  for (const scope of ["reader", "editor", "admin"] as const)
    tokens.set(scope, await makeToken(db(), scope, scope, noon, null));
});

/** Answers `done` to a change for which one must be an editor, behind the guard of an access; behind none for null. */
function changing(access: Access | null, may: WebActs | null = acts) {
  const app = new Hono();
  if (access) app.use(guard(access, db(), () => noon));
  app.post("/change", (c) => change(c, may, "editor", async () => c.text("done")));
  return async (headers: Record<string, string> = {}, host = "http://localhost") => {
    const answer = await app.request(`${host}/change`, { method: "POST", headers });
    return { status: answer.status, text: await answer.text() };
  };
}

describe("a change", () => {
  test("is made on this machine alone without a token", async () => {
    expect(await changing("loopback")()).toEqual({ status: 200, text: "done" });
  });

  test.each([
    ["reader", 403],
    ["editor", 200],
    ["admin", 200],
  ] as const)("is answered to a token of scope %s with %i", async (scope, status) => {
    const answer = await changing("token")({ Authorization: `Bearer ${tokens.get(scope)}` });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.text).toContain("needs a token of scope editor");
  });

  test("is refused to a page elsewhere, whatever token its reader holds", async () => {
    const headers = { Authorization: `Bearer ${tokens.get("admin")}`, "Sec-Fetch-Site": "cross-site" };
    for (const access of ["loopback", "token"] as const) {
      const answer = await changing(access)(headers);
      expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("Pages of other hosts")]);
    }
    expect((await changing("loopback")({ Origin: "https://elsewhere.example" })).status).toBe(403);
  });

  test("is refused under a name that is not of this machine, and where no guard found out who asks", async () => {
    expect((await changing("loopback")({}, "http://rebound.example")).status).toBe(403);
    expect((await changing(null)()).status).toBe(403);
  });

  test("is refused to everybody where the server only reads", async () => {
    const answer = await changing("loopback", null)();
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("only reads")]);
  });
});
