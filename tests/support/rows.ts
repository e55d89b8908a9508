import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { saveAlerts } from "../../src/db/alerts/alerts.ts";
import { type NewEndpoint, saveEndpoint } from "../../src/db/alerts/endpoints.ts";
import { saveRule } from "../../src/db/alerts/rules.ts";
import { saveCapture } from "../../src/db/archive/captures.ts";
import { saveCheck } from "../../src/db/archive/documents.ts";
import { saveVersion } from "../../src/db/archive/versions.ts";
import { writeStatements } from "../../src/db/archive/written-statements.ts";
import type { Database } from "../../src/db/client.ts";
import { saveDevelopments } from "../../src/db/developments/developments.ts";
import { saveSubscriber } from "../../src/db/digests/subscribers.ts";
import { actors, sources } from "../../src/db/schema/catalogue.ts";
import { items } from "../../src/db/schema/collection.ts";
import type { AlertManner } from "../../src/domain/alert-manner.ts";
import type { Article } from "../../src/domain/article.ts";
import type { Development } from "../../src/domain/development.ts";
import type { RuleAbout } from "../../src/domain/rule.ts";
import type { Statement } from "../../src/domain/statement.ts";
import { seal } from "../../src/net/secret-box.ts";
import { READER_VERSION } from "../../src/read/version.ts";
import { buildActor, buildSource, type SourceSays } from "./catalogue.ts";
import { noon, secondsOn } from "./moments.ts";
import { buildArticle, buildFinding } from "./readings.ts";

/** The key that seals secrets in tests. */
export const secretKey = Buffer.alloc(32, 7);

/** A signing secret in the spelling of Standard Webhooks. */
export const webhookSecret = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;

const fresh = (name: string) => `${name}-${randomUUID().slice(0, 8)}`;

type WatchedSays = Partial<Omit<typeof sources.$inferInsert, "definition">> & { readonly entry?: SourceSays };

/** Builds a source that is watched, with its state; due at noon unless the test says otherwise. Gives its id. */
export async function buildWatchedSource(db: Database, { entry = {}, ...state }: WatchedSays = {}): Promise<string> {
  const actor = buildActor();
  await db
    .insert(actors)
    .values({ ...actor, parentId: actor.parent, definition: actor })
    .onConflictDoNothing();
  const definition = buildSource({ id: fresh("source"), ...entry });
  const { id, title, enabled } = definition;
  await db.insert(sources).values({ id, title, enabled, actorId: actor.id, definition, nextPollAt: noon, ...state });
  return id;
}

/** Reads a source as it stands. */
export async function sourceRow(db: Database, id: string): Promise<typeof sources.$inferSelect> {
  const [row] = await db.select().from(sources).where(eq(sources.id, id));
  if (!row) throw new Error(`no source ${id}`);
  return row;
}

/** Builds an item that waits to be fetched, seen at noon. Gives its id. */
export async function buildItem(db: Database, says: Partial<typeof items.$inferInsert> = {}): Promise<number> {
  const sourceId = says.sourceId ?? (await buildWatchedSource(db));
  const key = says.key ?? fresh("entry");
  const row = { key, url: `https://norland.example/${key}`, title: "Regular briefing", firstSeenAt: noon };
  const [made] = await db
    .insert(items)
    .values({ ...row, ...says, sourceId })
    .returning({ id: items.id });
  return made?.id ?? Number.NaN;
}

/** Reads an item as it stands. */
export async function itemRow(db: Database, id: number): Promise<typeof items.$inferSelect> {
  const [row] = await db.select().from(items).where(eq(items.id, id));
  if (!row) throw new Error(`no item ${id}`);
  return row;
}

type CaptureSays = {
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string;
  readonly identity?: string;
  readonly sourceId?: string | null;
  readonly fetchedAt?: Date;
  readonly nextCheckAt?: Date | null;
  readonly itemId?: number | null;
  /** Says that it was imported, and where from. */
  readonly origin?: string | null;
};

/** Builds a capture of a page of its own, fetched at noon, with its document. */
export async function buildCapture(db: Database, says: CaptureSays = {}) {
  const url = says.url ?? `https://norland.example/${fresh("page")}`;
  const { body = `<p>${url}</p>`, fetchedAt = noon, sourceId = null, identity = url, nextCheckAt = null } = says;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const headers = says.headers ?? { "content-type": "text/html; charset=utf-8" };
  const capture = { bytes, url, headers, askedUrl: url, httpStatus: 200, fetchedAt, elapsedMs: 12 };
  const place = { identity, sourceId, url, origin: says.origin ?? null, nextCheckAt };
  return saveCapture(db, capture, place, says.itemId ?? null);
}

/** Records a look at a document at noon that found it so, and no further look to come. */
export async function lookAgain(db: Database, documentId: number, outcome: "gone" | "restored"): Promise<void> {
  const httpStatus = outcome === "gone" ? 404 : 200;
  const check = { checkedAt: noon, outcome, httpStatus, failureCode: null, captureId: null };
  await saveCheck(db, documentId, check, { dueAt: null, nextCheckAt: null });
}

type VersionSays = {
  readonly article?: Partial<Article>;
  readonly statements?: readonly Statement[];
  readonly cause?: "first" | "edited" | "reread";
  readonly readerVersion?: number;
  readonly capture?: { readonly captureId: number; readonly documentId: number };
  readonly createdAt?: Date;
};

/** Builds a version of a document of its own, read at noon. */
export async function buildVersion(db: Database, says: VersionSays = {}) {
  const { captureId, documentId } = says.capture ?? (await buildCapture(db));
  const article = buildArticle(says.article);
  const { cause = "first", readerVersion = READER_VERSION, statements = [], createdAt = noon } = says;
  const versionId = await saveVersion(db, {
    ...{ documentId, captureId, cause, readerVersion, article, createdAt },
    statements: writeStatements(documentId, statements, article.lang),
  });
  if (versionId === null) throw new Error("the version was here already");
  return { versionId, documentId, captureId, article };
}

type DevelopmentSays = Partial<Development> & {
  readonly detectedAt?: Date;
  readonly version?: Awaited<ReturnType<typeof buildVersion>>;
  /** Those of the version that its evidence may stand in. */
  readonly statements?: Parameters<typeof saveDevelopments>[1]["statements"];
};

/** Keeps developments all or none, as every worker does. */
export function keepTogether(db: Database, all: Parameters<typeof saveDevelopments>[1]): Promise<readonly number[]> {
  return db.transaction((tx) => saveDevelopments(tx, all));
}

/** Builds a development of its own, detected at noon in a version of its own. Gives its id and where it stands. */
export async function buildDevelopment(
  db: Database,
  { detectedAt = noon, version, statements = [], ...says }: DevelopmentSays = {},
) {
  const place = version ?? (await buildVersion(db));
  const [developmentId] = await keepTogether(db, {
    ...{ documentId: place.documentId, versionId: place.versionId, previousVersionId: null, statements },
    ...{ text: place.article.text, detectorVersion: 1, detectedAt },
    found: [buildFinding({ key: fresh("talks.announced"), ...says })],
  });
  if (developmentId === undefined) throw new Error("the development was here already");
  return { ...place, developmentId };
}

type EndpointSays = Partial<Pick<NewEndpoint, "kind" | "address" | "name" | "format" | "owner">>;

/** Builds a webhook endpoint. Gives its id. */
export async function buildEndpoint(db: Database, says: EndpointSays = {}): Promise<number> {
  const { kind = "webhook", name = fresh("endpoint"), address = "https://desk.example/hook", ...rest } = says;
  const secret = kind === "webhook" ? seal(secretKey, webhookSecret) : null;
  return saveEndpoint(db, { kind, name, address, secret, ...rest }, noon);
}

type RuleSays = {
  readonly name?: string;
  readonly query?: string;
  readonly about?: RuleAbout;
  readonly manner?: AlertManner;
  readonly endpointIds?: readonly number[];
  readonly createdAt?: Date;
};

/** Builds a rule that asks for everything and was made a minute before noon. Gives its id. */
export async function buildRule(db: Database, says: RuleSays = {}): Promise<number> {
  const { name = fresh("rule"), query = "", endpointIds = [], createdAt = secondsOn(-60), ...manner } = says;
  return saveRule(db, { name, query, ...manner }, endpointIds, createdAt);
}

type DeliverySays = { readonly endpointId?: number; readonly body?: string; readonly at?: Date };

/** Builds a delivery that is due at noon. Gives its id. */
export async function buildDelivery(db: Database, says: DeliverySays = {}): Promise<string> {
  const endpointId = says.endpointId ?? (await buildEndpoint(db));
  const ruleId = await buildRule(db, { endpointIds: [endpointId] });
  const { developmentId } = await buildDevelopment(db);
  const id = `msg_${randomUUID().replaceAll("-", "")}`;
  const wanted = [{ id, endpointId, body: says.body ?? '{"type":"development.new"}' }];
  const alert = { ruleId, matter: `development:${developmentId}`, kind: "development", developmentId } as const;
  await saveAlerts(db, [{ ...alert, deliveries: wanted }], says.at ?? noon);
  return id;
}

type SubscriberSays = {
  readonly address?: string;
  readonly timeZone?: string;
  readonly sendAt?: string;
  readonly lang?: string;
  readonly createdAt?: Date;
};

/** Builds a subscriber who wants the digest at seven, UTC, and has done so for a week. Gives its id. */
export async function buildSubscriber(db: Database, says: SubscriberSays = {}): Promise<number> {
  const { createdAt = secondsOn(-7 * 86_400), ...rest } = says;
  const wish = { address: `${fresh("desk")}@desk.example`, timeZone: "UTC", sendAt: "07:00", lang: "en" };
  return saveSubscriber(db, { ...wish, ...rest }, createdAt);
}
