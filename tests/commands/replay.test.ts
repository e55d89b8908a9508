import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { buildVersion } from "../support/rows.ts";
import { runParley } from "./run-parley.ts";

const db = useDatabase();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-replay-"));
  await buildVersion(db());
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function replay(stage: string, more = {}) {
  return runParley(["replay", stage], { PARLEY_DATA: join(folder, "data"), DATABASE_URL: db.url(), ...more });
}

describe("a replay", () => {
  test("puts what is to be run again on the queue and says how much it is", async () => {
    const { code, err } = await replay("detect");
    expect(err).toContain("1 jobs for detect");
    expect(code).toBe(0);
  });

  test("fails and says what to do when the queue takes nothing", async () => {
    await db().execute(sql`delete from bullmq.job`);
    await db().execute(sql`create function bullmq.refuse() returns trigger language plpgsql as
      'begin raise exception ''out of room''; end'`);
    await db().execute(
      sql`create trigger refuse before insert on bullmq.job for each row execute function bullmq.refuse()`,
    );
    const { code, err } = await replay("detect");
    await db().execute(sql`drop trigger refuse on bullmq.job`);
    expect(err).toContain("The queue took 0 jobs and then could not be reached");
    expect(err).toContain("Run the command again");
    expect(err).not.toContain("jobs for detect;");
    expect(code).not.toBe(0);
  });

  test("fails at once when Redis is not there", async () => {
    const { code, err } = await replay("detect", { REDIS_URL: "redis://127.0.0.1:1" });
    expect(err).toContain("127.0.0.1:1");
    expect(code).not.toBe(0);
  });
});
