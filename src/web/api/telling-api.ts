import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { deliveryById, deliveryLog } from "../../db/alerts/delivery-log.ts";
import {
  allEndpoints,
  disableEndpoint,
  type Endpoint,
  enableEndpoint,
  endpointsByIds,
} from "../../db/alerts/endpoints.ts";
import { allRules, switchRule } from "../../db/alerts/rules.ts";
import type { Scope } from "../../db/analysts/tokens.ts";
import { digestById, latestDigests } from "../../db/digests/digest-archive.ts";
import { AT_ONCE } from "../../domain/alert-manner.ts";
import { playBack } from "../../domain/backtest.ts";
import { Failure } from "../../domain/failure.ts";
import { keepRule, mistakesInQuestion } from "../../keep-rule.ts";
import { makeEndpoint, rotateEndpoint } from "../../make-endpoint.ts";
import { askerOf, mayActAs, onlyFor } from "../http/access.ts";
import { answerBusy, answerProblem } from "../http/problem.ts";
import { refuseAllChanges, refuseChange, type WebActs } from "../routes/acts.ts";
import { sendAgain, sendTest } from "../routes/telling-acts.ts";
import { readCursor, readId } from "../search.ts";
import type { Parts } from "./archive-api.ts";
import {
  backtestJson,
  deliveryJson,
  deliveryWithAttemptsJson,
  digestJson,
  digestWithTextJson,
  endpointJson,
  ruleJson,
} from "./telling-json.ts";
import {
  deliveriesRoute,
  deliveryRoute,
  digestRoute,
  digestsRoute,
  endpointOffRoute,
  endpointOnRoute,
  endpointRoute,
  endpointsRoute,
  replayRoute,
  rotateRoute,
  ruleOffRoute,
  ruleOnRoute,
  ruleRoute,
  rulesRoute,
  saveEndpointRoute,
  saveRuleRoute,
  testEndpointRoute,
  testRuleRoute,
} from "./telling-routes.ts";
import { createTrials } from "./trials.ts";

/** What the part of the API that tells is made with. */
export type TellingParts = Parts & {
  readonly now: () => Date;
  /** Null where the API may change nothing. */
  readonly acts: WebActs | null;
};

/** Adds rules, endpoints, deliveries and digests: what the command line can do with them, as far as the token's scope goes. */
export function addTellingApi(api: OpenAPIHono, parts: TellingParts): void {
  addRules(api, parts);
  addEndpoints(api, parts);
  addDeliveries(api, parts);
  addDigests(api, parts);
}

function addRules(api: OpenAPIHono, { db, now, acts, baseOf, badRequest, notFound }: TellingParts): void {
  const ruleOf = async (id: number | null) => (await allRules(db)).find((rule) => rule.id === id) ?? null;

  api.openapi(rulesRoute, async (c) =>
    c.json({ items: (await allRules(db)).map((rule) => ruleJson(rule, baseOf(c))) }, 200),
  );

  api.openapi(ruleRoute, async (c) => {
    const rule = await ruleOf(idOf(c));
    return rule ? c.json(ruleJson(rule, baseOf(c)), 200) : notFound(c, "rule");
  });

  api.openapi(saveRuleRoute, async (c) => {
    const wish = c.req.valid("json");
    const why = whyNot(c, acts, "editor");
    if (why) return why;
    const kept = await keepRule(db, { ...wish, manner: { ...AT_ONCE, ...wish.manner } }, now());
    if (kept.ruleId === null) return badRequest(c, kept.mistakes);
    const rule = await ruleOf(kept.ruleId);
    return rule ? c.json(ruleJson(rule, baseOf(c)), kept.isNew ? 201 : 200) : notFound(c, "rule");
  });

  const tryRule = createTrials(db);
  api.openapi(testRuleRoute, async (c) => {
    const { query, about, manner, days } = c.req.valid("json");
    const mistakes = await mistakesInQuestion(db, { query, about });
    if (mistakes.length > 0) return badRequest(c, mistakes);
    const until = now();
    const since = new Date(until.getTime() - days * 86_400_000);
    const past = await tryRule(askerOf(c), { query, about }, { since, until }, c.req.raw.signal);
    if (past === null) return c.body(null, 204) as never;
    if (past === "too-many") return answerBusy(c, "Several rules of yours are being tried already.") as never;
    return c.json(backtestJson(playBack(past, { ...AT_ONCE, ...manner })), 200);
  });

  for (const [route, enabled] of [
    [ruleOnRoute, true],
    [ruleOffRoute, false],
  ] as const) {
    api.openapi(route, async (c) => {
      const why = whyNot(c, acts, "editor");
      if (why) return why;
      const rule = await ruleOf(idOf(c));
      if (!rule) return notFound(c, "rule");
      await switchRule(db, rule.name, enabled);
      return c.json(ruleJson({ ...rule, enabled }, baseOf(c)), 200);
    });
  }
}

function addEndpoints(api: OpenAPIHono, { db, now, acts, baseOf, badRequest, notFound }: TellingParts): void {
  const shown = (c: Context, row: Endpoint) => endpointJson(row, mayActAs(c, "admin"), baseOf(c));
  const endpointOf = async (id: number | null) => (await endpointsByIds(db, id === null ? [] : [id]))[0] ?? null;

  api.openapi(endpointsRoute, async (c) => {
    const rows = await allEndpoints(db);
    return c.json({ items: rows.map((row) => shown(c, row)) }, 200);
  });

  api.openapi(endpointRoute, async (c) => {
    const row = await endpointOf(idOf(c));
    return row ? c.json(shown(c, row), 200) : notFound(c, "endpoint");
  });

  api.openapi(saveEndpointRoute, async (c) => {
    const wish = c.req.valid("json");
    const why = whyNot(c, acts, "admin");
    if (why || !acts) return why as never;
    const isNew = !(await allEndpoints(db)).some(({ name }) => name === wish.name);
    try {
      const { id, secret } = await makeEndpoint(wish, { ...acts, db, now: now() });
      const row = await endpointOf(id);
      return row ? c.json({ endpoint: shown(c, row), secret }, isNew ? 201 : 200) : notFound(c, "endpoint");
    } catch (error) {
      if (error instanceof Failure && error.code === "bad-setting")
        return answerProblem(c, 409, error.message) as never;
      if (!(error instanceof Failure) || error.code === "database-unreachable") throw error;
      return badRequest(c, [{ parameter: "address", message: error.message }]);
    }
  });

  api.openapi(rotateRoute, async (c) => {
    const { overlapHours } = c.req.valid("json");
    const why = whyNot(c, acts, "admin");
    if (why || !acts) return why as never;
    const row = await endpointOf(idOf(c));
    if (!row) return notFound(c, "endpoint");
    const previousUntil = new Date(now().getTime() + overlapHours * 3_600_000);
    try {
      const secret = await rotateEndpoint(row.name, previousUntil, { db, secretKey: acts.secretKey });
      if (secret !== null) return c.json({ secret, previousUntil: previousUntil.toISOString() }, 200);
      return answerProblem(c, 409, `${row.name} takes mails, which carry no secret.`) as never;
    } catch (error) {
      if (error instanceof Failure && error.code === "bad-setting")
        return answerProblem(c, 409, error.message) as never;
      throw error;
    }
  });

  api.openapi(testEndpointRoute, async (c) => {
    const why = whyNot(c, acts, "editor");
    if (why || !acts) return why as never;
    const row = await endpointOf(idOf(c));
    if (!row) return notFound(c, "endpoint");
    const id = await sendTest(db, acts, row, { publicUrl: baseOf(c), at: now() });
    const delivery = await deliveryById(db, id);
    return delivery ? c.json(deliveryJson(delivery), 202) : notFound(c, "delivery");
  });

  for (const [route, enabled] of [
    [endpointOnRoute, true],
    [endpointOffRoute, false],
  ] as const) {
    api.openapi(route, async (c) => {
      const why = whyNot(c, acts, "editor");
      if (why) return why;
      const row = await endpointOf(idOf(c));
      if (!row) return notFound(c, "endpoint");
      if (enabled) await enableEndpoint(db, row.name);
      else await disableEndpoint(db, row.id, "somebody switched it off");
      return c.json(shown(c, (await endpointOf(row.id)) ?? row), 200);
    });
  }
}

function addDeliveries(api: OpenAPIHono, { db, now, acts, badRequest, notFound }: TellingParts): void {
  api.openapi(deliveriesRoute, async (c) => {
    const { limit, cursor: word, status = null } = c.req.valid("query");
    const why = onlyFor(c, "editor");
    if (why) return why as never;
    const cursor = readCursor(word, "words");
    if (cursor.mistakes.length > 0) return badRequest(c, cursor.mistakes);
    const { rows, next } = await deliveryLog(db, { status, limit, after: cursor.after });
    return c.json({ items: rows.map(deliveryJson), next }, 200);
  });

  api.openapi(deliveryRoute, async (c) => {
    const why = onlyFor(c, "editor");
    if (why) return why as never;
    const delivery = await deliveryById(db, wordOf(c));
    return delivery ? c.json(deliveryWithAttemptsJson(delivery), 200) : notFound(c, "delivery");
  });

  api.openapi(replayRoute, async (c) => {
    const why = whyNot(c, acts, "editor");
    if (why || !acts) return why as never;
    const delivery = await deliveryById(db, wordOf(c));
    if (!delivery) return notFound(c, "delivery");
    try {
      if (!(await sendAgain(db, acts, delivery.id, now())))
        return answerProblem(c, 409, "It waits for its next attempt; it is sent without being asked for.") as never;
    } catch (error) {
      if (error instanceof Failure && error.code === "endpoint-off")
        return answerProblem(c, 409, error.message) as never;
      throw error;
    }
    const again = await deliveryById(db, delivery.id);
    return again ? c.json(deliveryWithAttemptsJson(again), 202) : notFound(c, "delivery");
  });
}

function addDigests(api: OpenAPIHono, { db, baseOf, notFound }: TellingParts): void {
  api.openapi(digestsRoute, async (c) => {
    const rows = await latestDigests(db, c.req.valid("query").limit);
    return c.json({ items: rows.map((row) => digestJson(row, baseOf(c))) }, 200);
  });

  api.openapi(digestRoute, async (c) => {
    const row = await digestById(db, idOf(c) ?? 0);
    return row ? c.json(digestWithTextJson(row, baseOf(c)), 200) : notFound(c, "digest");
  });
}

function idOf(c: Context): number | null {
  return readId(c.req.param("id") ?? "");
}

/** The id of a delivery; what cannot be one names none. */
function wordOf(c: Context): string {
  const word = c.req.param("id") ?? "";
  return /^msg_\w{1,64}$/.test(word) ? word : "";
}

/** Says why a request may not change anything; null where it may. */
export function whyNot(c: Context, acts: WebActs | null, least: Scope): never | null {
  return (acts ? refuseChange(c, least) : refuseAllChanges(c)) as never;
}
