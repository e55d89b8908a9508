import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { digestOf } from "../../src/db/digests/digests.ts";
import { saveSubscriber } from "../../src/db/digests/subscribers.ts";
import { digest } from "../../src/workers/digest.ts";
import { refusing, smtp } from "../net/support/smtp.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildDevelopment, buildSubscriber } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";
import { runParley } from "./run-parley.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
const day = "2026-05-19";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-digest-send-"));
  await saveCatalogue(db(), buildCatalogue(), noon);
  await buildDevelopment(db(), { summary: "A line was opened", detectedAt: new Date("2026-05-19T01:00:00Z") });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const send = (environment: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  runParley(["digest", "send", ...args], { PARLEY_DATA: folder, DATABASE_URL: db.url(), ...environment });

test("`parley digest send` sends a day once: neither a second call nor the worker sends it again", async () => {
  const address = "once@desk.example";
  const subscriberId = await buildSubscriber(db(), { address });
  const sent = await send({}, "--to", address, "--date", day);
  expect(sent).toMatchObject({ code: 0, err: expect.stringContaining(`digest of ${day} is sent to ${address}`) });
  const again = await send({}, "--to", address, "--date", day);
  expect(again).toMatchObject({ code: 0, err: expect.stringContaining("not sent again") });
  expect(await digest({ subscriberId, day }, context())).toEqual({ skipped: true });
  const mails = await Promise.all(
    (await readdir(join(folder, "mail"))).map((n) => readFile(join(folder, "mail", n), "utf8")),
  );
  expect(mails.filter((mail) => mail.includes(`Message-ID: <digest-${subscriberId}-${day}@parley>`))).toHaveLength(1);
  expect(await digestOf(db(), subscriberId, day)).toMatchObject({ status: "sent" });
});

test("one that a mail server refused is sent by the next call, with the same Message-ID; the status tells", async () => {
  const address = "weekly@desk.example";
  const subscriberId = await saveSubscriber(
    db(),
    { address, timeZone: "UTC", sendAt: "07:00", lang: "en", daily: false, weeklyOn: 2 },
    new Date("2026-05-01T00:00:00Z"),
  );
  let refusals = 1;
  const server = await smtp({
    onRcptTo: (_address, _session, done) => (refusals-- > 0 ? done(refusing(451)) : done()),
  });
  const week = () => send({ SMTP_URL: server.url }, "--week", "--date", day);
  expect(await week()).toMatchObject({ code: 1, err: expect.stringContaining(`was not sent to ${address}`) });
  const failed = await digestOf(db(), subscriberId, day, "weekly");
  expect(failed).toMatchObject({ status: "failed" });
  expect(await week()).toMatchObject({ code: 0, err: expect.stringContaining(`is sent to ${address}`) });
  expect(await week()).toMatchObject({ code: 0, err: expect.stringContaining("not sent again") });
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]?.raw).toContain(`Message-ID: ${failed?.messageId}`);
  const monday = await send({}, "--to", address, "--week", "--date", "2026-05-18");
  expect(monday).toMatchObject({ code: 2, err: expect.stringContaining("gets no weekly digest on 2026-05-18") });
});

test("what nobody asked for is not sent: a digest of the week, or of a day to come", async () => {
  const address = "daily@desk.example";
  await buildSubscriber(db(), { address });
  expect(await send({}, "--to", address, "--week")).toMatchObject({
    ...{ code: 2, err: expect.stringContaining(`${address} gets no weekly digest`) },
  });
  expect((await send({}, "--to", address, "--date", "9999-01-01")).err).toContain("lies in the future");
});
