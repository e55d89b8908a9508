import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { dismissCommand } from "../../src/commands/analyst.ts";
import { addEndpointCommand, testEndpointCommand } from "../../src/commands/endpoints.ts";
import { importCommand } from "../../src/commands/import.ts";
import { addRuleCommand } from "../../src/commands/rules.ts";
import { subscribeCommand, unsubscribeCommand } from "../../src/commands/subscribe.ts";
import { addTokenCommand, revokeTokenCommand } from "../../src/commands/token.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { analystActs } from "../../src/db/schema/analyst-acts.ts";
import { captures, documents } from "../../src/db/schema/archive.ts";
import { deliveries, endpoints, rules } from "../../src/db/schema/delivery.ts";
import { tokens } from "../../src/db/schema/operation.ts";
import { subscribers } from "../../src/db/schema/subscription.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildDevelopment } from "../support/rows.ts";

const db = useDatabase();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-clock-"));
  await writeFile(join(folder, "note.txt"), "China and the United States held talks on AI in Geneva.\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What each command is told, and the moments that it leaves in the archive. */
const commands: readonly (readonly [
  what: string,
  run: () => Promise<void>,
  left: () => Promise<readonly unknown[]>,
])[] = [
  [
    "endpoint test",
    async () => {
      await addEndpointCommand("room", "https://room.example/hook", {});
      await testEndpointCommand("room");
    },
    async () => [
      ...(await db().select({ at: endpoints.createdAt }).from(endpoints)).map(({ at }) => at),
      ...(await db().select({ at: deliveries.nextAttemptAt }).from(deliveries)).map(({ at }) => at),
      ...(await db().select({ at: deliveries.createdAt }).from(deliveries)).map(({ at }) => at),
    ],
  ],
  [
    "rule",
    async () => {
      await addEndpointCommand("desk", "desk@desk.example", {});
      await addRuleCommand("lines", ["hotline"], { to: ["desk"] });
    },
    async () => (await db().select({ at: rules.createdAt }).from(rules)).map(({ at }) => at),
  ],
  [
    "token made and revoked",
    async () => {
      await addTokenCommand("reading room", { scope: "reader" });
      await revokeTokenCommand("reading room");
    },
    async () => (await db().select().from(tokens)).flatMap(({ createdAt, revokedAt }) => [createdAt, revokedAt]),
  ],
  [
    "subscriber taken on and off",
    async () => {
      await subscribeCommand("an@desk.example", { at: "07:00", zone: "UTC", lang: "en", confirmed: true });
      await unsubscribeCommand("an@desk.example");
    },
    async () =>
      (await db().select().from(subscribers)).flatMap((row) => [row.createdAt, row.confirmedAt, row.unsubscribedAt]),
  ],
  [
    "dismissal by an analyst",
    async () => {
      await saveCatalogue(db(), buildCatalogue(), noon);
      const { developmentId } = await buildDevelopment(db());
      await dismissCommand(String(developmentId), { by: "An" });
    },
    async () => (await db().select({ at: analystActs.actedAt }).from(analystActs)).map(({ at }) => at),
  ],
  [
    "imported file",
    async () => importCommand([join(folder, "note.txt")], { origin: "a drawer" }),
    async () =>
      (
        await db()
          .select({ seen: documents.firstSeenAt, fetched: captures.fetchedAt })
          .from(documents)
          .innerJoin(captures, eq(captures.documentId, documents.id))
          .where(isNotNull(documents.origin))
      ).flatMap(({ seen, fetched }) => [seen, fetched]),
  ],
];

test.each(commands)(
  "a machine whose clock is two hours fast notes the %s by the database's clock",
  async (_, run, left) => {
    const right = Date.now();
    vi.stubEnv("DATABASE_URL", db.url());
    vi.stubEnv("PARLEY_DATA", folder);
    vi.spyOn(console, "log").mockImplementation(() => {});
    vi.useFakeTimers({ toFake: ["Date"], now: right + 7_200_000 });
    onTestFinished(() => {
      vi.useRealTimers();
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
    });
    await run();
    vi.useRealTimers();
    const moments = (await left()).map((at) =>
      at instanceof Date ? Math.abs(at.getTime() - Date.now()) < 600_000 : at,
    );
    expect(moments.length).toBeGreaterThan(0);
    expect(new Set(moments)).toEqual(new Set([true]));
  },
);
