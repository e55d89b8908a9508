import type { z } from "@hono/zod-openapi";
import type { DeliveryPage, DeliveryRow } from "../../db/alerts/delivery-log.ts";
import type { Endpoint } from "../../db/alerts/endpoints.ts";
import type { allRules } from "../../db/alerts/rules.ts";
import type { digestById, latestDigests } from "../../db/digests/digest-archive.ts";
import type { Backtest } from "../../domain/backtest.ts";
import { placeOf, withoutOwner } from "../routes/telling-acts.ts";
import type {
  backtestShape,
  deliveryShape,
  deliveryWithAttemptsShape,
  digestShape,
  digestWithTextShape,
  endpointShape,
  ruleShape,
} from "./telling-shapes.ts";

const isoOf = (instant: Date | null) => instant?.toISOString() ?? null;

/** Writes a rule as the API answers it. */
export function ruleJson(
  { revision: _, createdAt, ...rule }: Awaited<ReturnType<typeof allRules>>[number],
  base: string,
): z.infer<typeof ruleShape> {
  const feed = `${base}/rules/${rule.id}/feed`;
  return {
    ...rule,
    createdAt: createdAt.toISOString(),
    links: {
      ...linksTo(base, "rules", rule.id),
      html: `${base}/rules`,
      atom: `${feed}.atom`,
      jsonFeed: `${feed}.json`,
    },
  };
}

/** Writes what a rule would have sent. */
export function backtestJson({ since, until, messages, ...test }: Backtest): z.infer<typeof backtestShape> {
  return {
    ...{ ...test, since: since.toISOString(), until: until.toISOString() },
    messages: messages.map(({ at, lines, late }) => ({ at: at.toISOString(), lines: [...lines], late })),
  };
}

/** Writes an endpoint, without what is secret; in full for an admin, but never its signing secret. */
export function endpointJson(row: Endpoint, forAdmin: boolean, base: string): z.infer<typeof endpointShape> {
  const { id, name, kind, format, address, owner, enabled, disabledBecause } = row;
  return {
    ...{ id, name, kind, format, enabled, disabledBecause, place: placeOf(address) },
    ...(forAdmin ? { address, owner } : { address: null, owner: null }),
    ...{ failingSince: isoOf(row.failingSince), createdAt: row.createdAt.toISOString() },
    links: { ...linksTo(base, "endpoints", id), html: `${base}/endpoints` },
  };
}

/** Writes a delivery without its body. */
export function deliveryJson(row: DeliveryRow): z.infer<typeof deliveryShape> {
  return { ...deliveryHead(row), attempts: row.attempts.length };
}

/** Writes a delivery with its body and every attempt. */
export function deliveryWithAttemptsJson(row: DeliveryPage): z.infer<typeof deliveryWithAttemptsShape> {
  const attempts = row.attempts.map(({ id: _, deliveryId: __, attemptedAt, request, response, ...attempt }) => ({
    ...{ ...attempt, attemptedAt: attemptedAt.toISOString() },
    ...{ request: request && { ...request }, response: response && { ...response } },
  }));
  return { ...deliveryHead(row), body: row.body, attempts };
}

function deliveryHead({ id, status, kind, rule, endpoint, development, ...row }: Omit<DeliveryRow, "attempts">) {
  return {
    ...{ id, status, kind, rule, endpoint, developmentId: development?.id ?? null },
    ...{ createdAt: row.createdAt.toISOString(), deliveredAt: isoOf(row.deliveredAt) },
    ...{ nextAttemptAt: isoOf(row.nextAttemptAt), replayedAt: isoOf(row.replayedAt) },
  };
}

type DigestHead = Awaited<ReturnType<typeof latestDigests>>[number];

/** Writes a digest without its text. */
export function digestJson(row: DigestHead, base: string): z.infer<typeof digestShape> {
  const { id, period, day, status, isPersonal: personal, message } = row;
  return {
    ...{
      id,
      period,
      day,
      status,
      to: placeOf(row.address),
      personal,
      message: message && withoutOwner(message, row.address),
    },
    ...{ subject: personal ? null : row.subject, sentAt: isoOf(row.sentAt), links: linksTo(base, "digests", id) },
  };
}

/** Writes a digest with its text, unless its reader chose what stands in it. */
export function digestWithTextJson(
  row: NonNullable<Awaited<ReturnType<typeof digestById>>>,
  base: string,
): z.infer<typeof digestWithTextShape> {
  const { lang, timeZone, plain, html } = row;
  return {
    ...{ ...digestJson(row, base), lang, timeZone },
    ...{ periodStart: row.periodStart.toISOString(), periodEnd: row.periodEnd.toISOString() },
    ...(row.isPersonal ? { plain: null, html: null } : { plain, html }),
  };
}

function linksTo(base: string, noun: string, id: number) {
  return { html: `${base}/${noun}/${id}`, self: `${base}/api/v1/${noun}/${id}` };
}
