import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { saveSubscriber } from "../../src/db/digests/subscribers.ts";
import { deliveryAttempts } from "../../src/db/schema/delivery.ts";
import { digests } from "../../src/db/schema/subscription.ts";
import { shipped } from "../../src/paths.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { startProgram } from "../support/program.ts";
import { buildDevelopment } from "../support/rows.ts";
import { runParley } from "./run-parley.ts";

const db = useDatabase();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-telling-"));
  await saveCatalogue(db(), buildCatalogue(), noon);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const settings = () => ({ PARLEY_DATA: folder, DATABASE_URL: db.url() });
const parley = (...args: readonly string[]) => runParley(args, settings());

test("an endpoint is made for a chat program, its secret shown once and changed with an overlap", async () => {
  const added = await parley("endpoints", "add", "room", "https://chat.example/hook", "--format", "slack");
  expect(added).toMatchObject({ code: 0, out: expect.stringMatching(/^whsec_[\w+/]+=*\n$/) });
  const listed = await parley("endpoints", "--format", "json");
  expect(JSON.parse(listed.out)).toMatchObject({ name: "room", kind: "webhook", format: "slack", enabled: true });
  expect(listed.out).not.toContain("whsec_");
  const rotated = await parley("endpoints", "rotate", "room", "--overlap", "2");
  expect(rotated.err).toContain("both secrets sign");
  expect(rotated.out).toMatch(/^whsec_/);
  expect(rotated.out).not.toBe(added.out);
  expect((await parley("endpoints", "test", "room")).err).toMatch(/Test msg_\w+ is to be sent to room/);
});

test("a rule is tried on the past, kept with its manner, and listed", async () => {
  await buildDevelopment(db(), { summary: "A hotline was named", detectedAt: new Date(Date.now() - 3_600_000) });
  const tried = await parley("rules", "test", "hotline", "--format", "json");
  expect(JSON.parse(tried.out)).toMatchObject({ about: "developments", hits: 1 });
  expect((await parley("rules", "test", "hotline")).out).toContain("A hotline was named");
  expect((await parley("rules", "test", "submarine")).out).toContain("It would have sent nothing.");
  await parley("endpoints", "add", "desk", "desk@desk.example");
  const quiet = ["--quiet", "22:00-07:00", "--zone", "Asia/Shanghai", "--urgent", "5"];
  const added = await parley("rules", "add", "lines", "hotline", "OR", "热线", "--to", "desk", ...quiet);
  expect(added).toMatchObject({ code: 0, err: expect.stringContaining("quiet 22:00–07:00 Asia/Shanghai") });
  expect(JSON.parse((await parley("rules")).out)).toMatchObject({
    ...{ name: "lines", query: "hotline OR 热线", endpoints: ["desk"], enabled: true },
    manner: { urgentFrom: 5 },
  });
});

test("`parley deliveries` lists what was sent where, and shows one with what was answered", async () => {
  await parley("endpoints", "add", "log", "https://log.example/hook");
  const sent = /msg_\w+/.exec((await parley("endpoints", "test", "log")).err)?.[0] ?? "";
  const attempt = {
    attemptedAt: noon,
    httpStatus: 503,
    failureCode: "bad-answer",
    message: "Come back later.",
    elapsedMs: 12,
  };
  await db()
    .insert(deliveryAttempts)
    .values({ deliveryId: sent, ...attempt });
  const listed = await parley("deliveries", "--endpoint", "log", "--status", "pending");
  expect(JSON.parse(listed.out)).toMatchObject({ id: sent, endpoint: "log", kind: "test", status: "pending" });
  const table = await parley("deliveries", "--endpoint", "log", "--format", "csv");
  expect(table.out).toContain("503 bad-answer: Come back later.");
  const one = JSON.parse((await parley("deliveries", sent)).out);
  expect(one).toMatchObject({ id: sent, attempts: [{ httpStatus: 503, message: "Come back later." }] });
  expect(JSON.parse(one.body)).toMatchObject({ type: "test" });
  expect((await parley("deliveries", "--endpoint", "nobody")).err).toContain("--endpoint nobody: no such endpoint");
  expect((await parley("deliveries", "--status", "lost")).err).toContain("pending, delivered, failed");
  expect((await parley("deliveries", "msg_none")).err).toContain("msg_none: no such delivery");
});

test("`parley digest --print` shows the digest and sends nothing; what somebody chose only to who names them", async () => {
  const address = "chooser@desk.example";
  await saveSubscriber(
    db(),
    { address, timeZone: "UTC", sendAt: "00:00", lang: "zh", topics: [], watch: "zebrafish" },
    new Date(Date.now() - 8 * 86_400_000),
  );
  const hourAgo = new Date(Date.now() - 3_600_000);
  await buildDevelopment(db(), { summary: "Zebrafish were counted", detectedAt: hourAgo });
  await buildDevelopment(db(), { summary: "A line was opened", detectedAt: hourAgo });
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  expect((await parley("digest", "--print", "--date", inDays(2))).err).toContain("lies in the future");
  expect((await parley("digest", "--print")).err).toMatch(
    /This digest tells of .*Z to .*Z; what came since is told on/,
  );
  const day = new Date().toISOString().slice(0, 10);
  const shown = await parley("digest", "--date", day, "--print", "--week");
  expect(shown).toMatchObject({ code: 0, out: expect.stringContaining("Subject: Parley") });
  const own = await parley("digest", "--date", day, "--print", "--week", "--to", address, "--html");
  expect(own.out).toContain("<html");
  expect(await db().$count(digests), "nothing is claimed or sent").toBe(0);
  const listed = await parley("subscribers");
  expect(listed.out).toContain(address);
  expect(listed.out).not.toContain("zebrafish");
});

test("`parley tail` prints the last that are news, then each that comes, and background only if asked", async () => {
  for (const summary of ["Tail one", "Tail two"]) await buildDevelopment(db(), { summary });
  for (let n = 0; n < 3; n += 1) await buildDevelopment(db(), { summary: `Known ${n}`, status: "background" });
  const tail = startProgram(`
    Object.assign(process.env, ${JSON.stringify(settings())});
    process.argv = ["node", "parley", "tail", "--lines", "1"];
    await import(${JSON.stringify(`file://${shipped("dist/cli.js")}`)});
  `);
  onTestFinished(tail.kill);
  expect(await tail.line()).toBe("[4] talks.announced: Tail two");
  expect(await tail.line()).toMatch(/^ {4}http.*\/developments\/\d+$/);
  await buildDevelopment(db(), { summary: "Not told", status: "background" });
  await buildDevelopment(db(), { summary: "Tail\nthree" });
  expect(await tail.line()).toBe("[4] talks.announced: Tail three");
});
