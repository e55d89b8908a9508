import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type App, startApp } from "../../src/app.ts";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { readConfig } from "../../src/config.ts";
import { saveEndpoint } from "../../src/db/alerts/endpoints.ts";
import { saveRule } from "../../src/db/alerts/rules.ts";
import { saveSubscriber } from "../../src/db/digests/subscribers.ts";
import { sealHistory, verifyHistory } from "../../src/db/history/history.ts";
import { verifyArchive } from "../../src/db/history/verify.ts";
import { writeOnlyDemo } from "../../src/demo/overlay.ts";
import { type Receiver, startReceiver } from "../../src/demo/receiver.ts";
import { type DemoServer, startDemoServer } from "../../src/demo/server.ts";
import { playStory, type Story } from "../../src/demo/story.ts";
import { seal } from "../../src/net/secret-box.ts";
import { newSecret } from "../../src/net/webhook-signature.ts";
import { shipped } from "../../src/paths.ts";
import { readSecretKey } from "../../src/secret-key.ts";
import { makeDatabase } from "../support/database.ts";

const DAY = new Date().toISOString().slice(0, 10);

describe.each(["postgres", "redis"] as const)(
  "from pages to alerts and the digest, with the queues in %s",
  (backend) => {
    let folder: string;
    let database: Awaited<ReturnType<typeof makeDatabase>>;
    let sites: DemoServer;
    let receiver: Receiver;
    let app: App;
    let story: Story;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "parley-pipeline-"));
      database = await makeDatabase();
      const secret = newSecret();
      receiver = await startReceiver({ secret });
      sites = await startDemoServer({
        folder: shipped("demo"),
        port: 0,
        releaseEveryMs: null,
        editAtStep: null,
        takeDownAtStep: null,
      });
      const { sources } = loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null });
      await writeOnlyDemo(shipped("demo"), sites.origin, join(folder, "catalogue"), sources);
      const config = readConfig({
        DATABASE_URL: database.url,
        ...(backend === "redis" ? { REDIS_URL: inject("redisUrl") } : {}),
        PARLEY_DATA: join(folder, "data"),
        PARLEY_CATALOGUE: join(folder, "catalogue"),
        PARLEY_ALLOW_ADDRESSES: [sites.origin, receiver.url].map((url) => new URL(url).host).join(","),
        PARLEY_HOST_GAP_MS: "0",
        PARLEY_PORT: "0",
      });
      app = await startApp(config, {
        log: pino({ level: "silent" }),
        say: () => {},
        prepare: async ({ db }) => {
          const now = new Date();
          const sealed = seal(await readSecretKey(config), secret);
          const endpointId = await saveEndpoint(
            db,
            { kind: "webhook", name: "receiver", address: receiver.url, secret: sealed },
            now,
          );
          await saveRule(db, { name: "what matters", query: "severity:3" }, [endpointId], now);
          await saveSubscriber(
            db,
            { address: "analyst@demo.example", timeZone: "UTC", sendAt: "23:59", lang: "en" },
            now,
          );
        },
      });
      story = await playStory(app, sites, receiver, DAY, () => {});
    });

    afterAll(async () => {
      await app?.close();
      await sites?.close();
      await receiver?.close();
      await database?.drop();
      await rm(folder, { recursive: true, force: true });
    });

    test("every page that was published is read", () => {
      expect(story.counts.documents).toBe(sites.progress().total);
      expect(story.unfinished).toEqual([]);
    });

    test("statements have speakers that the catalogue knows", () => {
      expect(story.counts.attributed).toBeGreaterThan(story.counts.statements / 2);
    });

    test("the announcement of talks is found once, though two documents tell of it", () => {
      const announced = story.developments.filter(({ type, status }) => type === "talks.announced" && status === "new");
      expect(announced).toHaveLength(1);
      expect(announced[0]).toMatchObject({ severity: 5 });
    });

    test("each alert reaches the receiver with a good signature, once", () => {
      const told = story.developments.filter(({ status, severity }) => status === "new" && severity >= 3).length;
      expect(receiver.received.length).toBe(told);
      expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(told);
    });

    test("the page that was changed without a word is flagged, with the words that changed", () => {
      expect(story.edit?.diff.filter(({ kind }) => kind === "added").map(({ text }) => text.trim())).toContain("31");
      expect(story.edit?.diff.filter(({ kind }) => kind === "removed").map(({ text }) => text.trim())).toContain("30");
    });

    test("the digest is one mail, and its coverage line names the source that is down", async () => {
      const mails = await readdir(join(folder, "data", "mail"));
      expect(mails).toHaveLength(1);
      expect(story.digest?.plain).toContain("4 of 5 sources reached");
      expect(story.digest?.plain).toContain("Harbour Wire");
      expect(await readFile(join(folder, "data", "mail", mails[0] ?? ""), "utf8")).toContain(
        `Message-ID: ${story.digest?.messageId}`,
      );
    });

    test("every span of the archive cuts out its words, all bytes have their hashes, and each row is as it was sealed or noted", async () => {
      expect((await verifyArchive(app.archive.db, null)).breaches).toEqual([]);
      await sealHistory(app.archive.db, new Date());
      expect((await verifyHistory(app.archive.db)).breaches).toEqual([]);
    });

    test("the pages show it", async () => {
      const page = await fetch(`${app.webUrl}/developments`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain("Talks announced");
    });
  },
);
