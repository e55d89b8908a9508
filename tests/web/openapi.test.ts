import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { splitByHand } from "../../src/db/developments/analyst-acts.ts";
import { deliveries } from "../../src/db/schema/delivery.ts";
import { digests } from "../../src/db/schema/subscription.ts";
import { indexDocuments, unindexedDocuments } from "../../src/db/search/document-index.ts";
import { shipped } from "../../src/paths.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon } from "../support/moments.ts";
import { buildDelivery, buildEndpoint, buildRule, buildSubscriber, secretKey } from "../support/rows.ts";
import { anyText, arbitraryOf, plainOf, type Schema } from "./arbitrary-of-schema.ts";
import { keepWords } from "./archive.ts";
import { openWeb } from "./open-web.ts";
import { keepRecords } from "./records-archive.ts";

type Content = Readonly<Record<string, { readonly schema: Schema }>>;
type Parameter = {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: Schema;
};
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};
type Document = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

const db = useDatabase();
const reported: unknown[] = [];
const acts = {
  enqueue: async () => {},
  secretKey,
  allowAddresses: [],
  openSubscription: false,
  mailUrl: () => "https://parley.example",
};
const web = () => openWeb(db(), { acts, report: (error) => reported.push(error) });

const document = (await openWeb(undefined as never).json("/api/v1/openapi.json")).body as Document;
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema({ ...document, $id: "parley:api" });
const resolve = (ref: string): Schema => document.components.schemas[ref.replace("#/components/schemas/", "")] ?? {};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
/** One thing of each kind that the archive holds, so that answers are found and not only refused. */
const known: Record<string, string> = {
  ...{ phrases: "open-door", actors: "ada-example", topics: "frontier", sources: "norland-briefings" },
};

beforeAll(async () => {
  const { document: id, capture, commitments, developments } = await keepRecords(db());
  const endpointId = await buildEndpoint(db(), { name: "desk" });
  const ruleId = await buildRule(db(), { name: "lines", endpointIds: [endpointId] });
  const [deliveryId, subscriberId] = [await buildDelivery(db()), await buildSubscriber(db())];
  const delivered = { status: "delivered", nextAttemptAt: null, deliveredAt: noon, firstDeliveredAt: noon } as const;
  await db().update(deliveries).set(delivered).where(eq(deliveries.id, deliveryId));
  const period = { day: "2026-05-19", periodStart: hoursOn(-24), periodEnd: noon };
  await db()
    .insert(digests)
    .values({ subscriberId, ...period, status: "sent", messageId: "<1@example.org>", claimedAt: noon });
  const [one, another = 0] = developments;
  await splitByHand(db(), another, { by: "Ada", reason: null, at: noon });
  const ids = { documents: id, captures: capture, endpoints: endpointId, rules: ruleId, developments: one };
  const first = { statements: 1, threads: 1, meetings: 1, digests: 1, "first-times": 1, commitments: commitments[0] };
  for (const [noun, number] of Object.entries({ ...ids, ...first })) known[noun] = String(number);
  known.deliveries = deliveryId;
  await keepWords(db(), "Talks go on.");
  await indexDocuments(db(), await unindexedDocuments(db(), { now: noon }, 1_000));
  const feed = await openWeb(db()).json("/feeds/statements.json");
  known["statements/by-key"] = new URL(feed.body.items[0].url).pathname.slice("/s/".length);
});

/** The id that stands in the archive for the path of an operation. */
const knownAt = (path: string): string => known[path.slice(1, path.indexOf("/{"))] ?? "";

test("the document of the API is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(document.openapi).toBe("3.1.0");
});

test("every parameter and every operation says what it is", () => {
  for (const { path, method, operation } of operations) {
    const says = operation as Operation & { readonly summary?: string };
    expect([path, method, says.summary]).toEqual([path, method, expect.stringMatching(/^\S.{5,}/)]);
    for (const parameter of operation.parameters ?? [])
      expect([path, parameter]).toEqual([path, expect.objectContaining({ description: expect.any(String) })]);
  }
});

test("docs/api.md names every path of the API, and none that is not there", () => {
  const page = readFileSync(shipped("docs/api.md"), "utf8");
  const named = new Set([...page.matchAll(/`(?:[A-Z]+ )?\/api\/v1(\/[^`?]*)`/g)].map(([, path]) => path ?? ""));
  const paths = operations.map(({ path }) => path);
  expect([...named].filter((path) => !paths.includes(path) && path !== "/openapi.json")).toEqual([]);
  const isNamed = (path: string) =>
    named.has(path) || (path.endsWith("/{id}") && named.has(path.slice(0, -"/{id}".length)));
  expect(paths.filter((path) => !isNamed(path))).toEqual([]);
});

test("the page of the API shows every operation and every shape, each link leading somewhere on it", async () => {
  const { $, headers } = await web().page("/api");
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  const headings = $("h3")
    .toArray()
    .map((one) => $(one).text());
  const shown = operations.map(({ path, method }) => `${method.toUpperCase()} /api/v1${path}`);
  expect(headings).toEqual(expect.arrayContaining([...shown, ...Object.keys(document.components.schemas)]));
  for (const link of $("main a[href^='#']").toArray())
    expect([link.attribs.href, $(`[id="${link.attribs.href?.slice(1)}"]`).length]).toEqual([link.attribs.href, 1]);
});

type Request = { readonly url: string; readonly init: RequestInit };

const mostly = <T>(fitting: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fitting as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: anyText });

/** Chooses values for the parameters that must be given and for a few of those that may. */
function question(parameters: readonly Parameter[]): fc.Arbitrary<readonly (readonly [string, string])[]> {
  const [must, may] = [true, false].map((is) => parameters.filter(({ required = false }) => required === is));
  return fc
    .subarray(may ?? [], { maxLength: Math.min(3, may?.length ?? 0) })
    .chain((some) =>
      fc.tuple(
        ...[...(must ?? []), ...some].map(({ name, schema }) =>
          mostly(arbitraryOf(schema, resolve)).map((value) => [name, String(value)] as const),
        ),
      ),
    );
}

/** What a request may say of its body; null says nothing. */
const kindOfBody = fc.oneof(
  { weight: 3, arbitrary: fc.constant<string | null>("application/json") },
  fc.constantFrom(
    ...[null, "", "text/plain", "application/json; charset=utf-8", "application/ld+json", "application/octet-stream"],
    ...["application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "no/", ";"],
  ),
);

/** Makes requests for an operation: mostly as its description has them, and some that nobody should send. */
function requestsFor(path: string, method: string, operation: Operation): fc.Arbitrary<Request> {
  const inPath = (operation.parameters ?? []).filter((one) => one.in === "path");
  const inQuery = (operation.parameters ?? []).filter((one) => one.in === "query");
  const words = fc.tuple(...inPath.map(() => mostly(fc.constant(0).map(() => knownAt(path)))));
  const strange = fc.option(fc.tuple(anyText, anyText), { freq: 15, nil: null });
  const schema = operation.requestBody?.content["application/json"]?.schema;
  const fitting = schema && arbitraryOf(schema, resolve).map((value) => JSON.stringify(value));
  const body = fitting
    ? fc.oneof({ weight: 3, arbitrary: fitting }, fc.json(), anyText, fc.constant(""), fc.constant(undefined))
    : fc.constant(undefined);
  return fc.tuple(words, question(inQuery), strange, body, kindOfBody).map(([place, asked, more, text, kind]) => {
    const given = place.map((word) => encodeURIComponent(String(word).toWellFormed()));
    const at = path.replaceAll(/\{\w+\}/g, () => given.shift() ?? "");
    const search = new URLSearchParams(
      [...asked, ...(more ? [more] : [])].map(([name, value]): [string, string] => [name, value]),
    );
    const headers = new Headers(kind === null ? {} : { "Content-Type": kind });
    // Bytes, so that a body whose kind is not said truly says none: a text would be sent as text/plain.
    const sent = text === undefined ? null : new TextEncoder().encode(text);
    return { url: `/api/v1${at}?${search}`, init: { method: method.toUpperCase(), headers, body: sent } };
  });
}

const validators = new Map<string, ValidateFunction>();
/** Finds what is wrong with a value against a schema that stands somewhere in the document. */
function mistakesIn(pointer: string, value: unknown): unknown {
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `parley:api#${pointer}` });
  validators.set(pointer, validate);
  return validate(value) ? null : validate.errors;
}

const escaped = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");

/** Checks an answer against what the document says of it; an answer that it does not speak of is a mistake too. */
async function checkAnswer(path: string, method: string, operation: Operation, response: Response) {
  const { status } = response;
  const text = await response.text();
  expect(status, `${text}\n${reported.splice(0).map(String)}`).toBeLessThan(500);
  const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  const described = operation.responses[status];
  expect(described, `answers ${status}, which is not described: ${text}`).toBeDefined();
  expect(Object.keys(described?.content ?? {}), text.slice(0, 200)).toContain(type);
  if (status >= 400) expect(type).toBe("application/problem+json");
  if (!/[/+]json$/.test(type)) return;
  const place = ["paths", escaped(path), method, "responses", status, "content", escaped(type), "schema"].join("/");
  expect(mistakesIn(`/${place}`, JSON.parse(text)), text.slice(0, 500)).toBeNull();
}

const named = operations.map((one) => [`${one.method.toUpperCase()} ${one.path}`, one] as const);

test.each(named)("%s answers the plainest request as described", async (_, { path, method, operation }) => {
  const must = (operation.parameters ?? []).filter((one) => one.in === "query" && one.required);
  const search = new URLSearchParams(
    must.map(({ name, schema }): [string, string] => [name, String(plainOf(schema, resolve))]),
  );
  const schema = operation.requestBody?.content["application/json"]?.schema;
  const response = await web().app.request(`/api/v1${path.replace(/\{\w+\}/, knownAt(path))}?${search}`, {
    ...{ method: method.toUpperCase(), headers: { "Content-Type": "application/json" } },
    body: schema ? JSON.stringify(plainOf(schema, resolve)) : null,
  });
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  await checkAnswer(path, method, operation, response);
});

test.each(named)(
  "%s answers as described and never fails, whatever is asked of it",
  async (_, { path, method, operation }) => {
    const { app } = web();
    const ask = async ({ url, init }: Request) => checkAnswer(path, method, operation, await app.request(url, init));
    await fc.assert(fc.asyncProperty(requestsFor(path, method, operation), ask), { numRuns: 60 });
  },
  60_000,
);

const taking = named.filter(([, { operation }]) => operation.requestBody);
test.each(taking)(
  "%s says what is wrong with a body that is no JSON, does not say so, or is empty",
  async (_, { path, method }) => {
    const { app } = web();
    const url = `/api/v1${path.replace(/\{\w+\}/, knownAt(path))}`;
    const ask = async (headers: Record<string, string>, body: Uint8Array<ArrayBuffer> | null) => {
      const answer = await app.request(url, { method: method.toUpperCase(), headers, body });
      const { title, detail } = (await answer.json()) as { readonly title: string; readonly detail: string };
      return { status: answer.status, type: answer.headers.get("content-type"), title, detail };
    };
    const problem = "application/problem+json; charset=utf-8";
    const words = new TextEncoder().encode("name=lines");
    const asText = await ask({ "Content-Type": "text/plain" }, words);
    expect(asText).toMatchObject({ status: 415, type: problem, detail: expect.stringContaining("application/json") });
    expect(await ask({}, words)).toMatchObject({ status: 415, type: problem });
    expect(await ask({ "Content-Type": "application/json" }, new Uint8Array())).toMatchObject({
      status: 400,
      type: problem,
    });
  },
);
