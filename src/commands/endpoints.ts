import { z } from "zod";
import { replayDeliveries } from "../db/alerts/deliveries.ts";
import { deliveryLog } from "../db/alerts/delivery-log.ts";
import { allEndpoints, disableEndpoint, enableEndpoint, endpointNamed } from "../db/alerts/endpoints.ts";
import { Failure } from "../domain/failure.ts";
import { readBound } from "../domain/query/period.ts";
import { endpointFormats, makeEndpoint, rotateEndpoint } from "../make-endpoint.ts";
import { readSecretKey } from "../secret-key.ts";
import { deliveryJson, endpointJson } from "../web/api/telling-json.ts";
import { keepTest } from "../web/routes/telling-acts.ts";
import { withArchive } from "./context.ts";
import { chooseFormat, printOne, printRows, say } from "./output.ts";
import { publicUrlOf } from "./public-url.ts";

/** Lists where alerts go. */
export async function endpointsCommand(options: { readonly format?: string }): Promise<void> {
  await withArchive(async ({ db }) => {
    const rows = (await allEndpoints(db)).map(({ secret: _, previousSecret: __, ...rest }) => rest);
    printRows(
      rows,
      [
        { name: "name", value: ({ name }) => name, width: 20 },
        { name: "kind", value: ({ kind, format }) => (format === "parley" ? kind : format), width: 10 },
        { name: "address", value: ({ address }) => address },
        {
          name: "state",
          value: ({ enabled, disabledBecause, failingSince }) =>
            enabled
              ? failingSince
                ? `failing since ${failingSince.toISOString().slice(0, 16)}Z`
                : "on"
              : `off: ${disabledBecause}`,
        },
      ],
      chooseFormat(options.format),
    );
  });
}

/** Deliveries that are shown with an endpoint; `parley deliveries --endpoint` lists all. */
const SHOWN_DELIVERIES = 10;

/** Shows one endpoint in the shape of the API, without its secret, and what was last sent to it. */
export async function showEndpointCommand(name: string): Promise<void> {
  await withArchive(async ({ db }, config) => {
    const endpoint = await endpointNamed(db, name);
    if (!endpoint) throw noSuchEndpoint(name);
    const choice = { status: null, endpointId: endpoint.id, limit: SHOWN_DELIVERIES, after: null };
    const deliveries = (await deliveryLog(db, choice)).rows.map(deliveryJson);
    printOne({ ...endpointJson(endpoint, true, publicUrlOf(config)), deliveries });
  });
}

type EndpointOptions = { readonly newKey?: boolean; readonly format?: string; readonly owner?: string };

/** Makes an endpoint. A webhook's secret is shown this once; it is kept sealed. */
export async function addEndpointCommand(
  name: string,
  address: string,
  { newKey = false, format = "parley", owner }: EndpointOptions,
): Promise<void> {
  const known = endpointFormats.find((one) => one === format);
  if (!known) throw new Failure("bad-input", `--format ${format}: there are ${endpointFormats.join(", ")}.`);
  if (owner !== undefined && !z.email().safeParse(owner).success)
    throw new Failure("bad-input", `--owner ${owner}: expected a mail address.`);
  await withArchive(async ({ db, now }, config) => {
    const { secret } = await makeEndpoint(
      { name, address, format: known, owner: owner ?? null },
      {
        ...{ db, secretKey: await readSecretKey(config), allowAddresses: config.PARLEY_ALLOW_ADDRESSES },
        ...{ now: now(), newKey },
      },
    );
    if (secret === null) return say(`Endpoint ${name} sends mail to ${address}.`);
    say(
      `Endpoint ${name} posts to ${address}. Its secret, shown this once, to verify signatures with (Standard Webhooks):`,
    );
    console.log(secret);
  });
}

/** Gives a webhook a new secret, shown this once. For some hours both sign, so that its receiver can change over without a gap. */
export async function rotateCommand(name: string, { overlap = "24" }: { readonly overlap?: string }): Promise<void> {
  if (!/^\d{1,3}$/.test(overlap)) throw new Failure("bad-input", `--overlap ${overlap}: expected hours, 0 to 999.`);
  await withArchive(async ({ db, now }, config) => {
    const until = new Date(now().getTime() + Number(overlap) * 3_600_000);
    const secret = await rotateEndpoint(name, until, { db, secretKey: await readSecretKey(config) });
    if (secret === null)
      throw new Failure("bad-input", `${name}: no webhook of this name; parley endpoints lists them.`);
    say(`Until ${until.toISOString().slice(0, 16)}Z both secrets sign. The new secret of ${name}, shown this once:`);
    console.log(secret);
  });
}

/** Switches an endpoint on again, e.g. after it failed for too long. */
export async function endpointOnCommand(name: string): Promise<void> {
  await withArchive(async ({ db }) => {
    if (!(await enableEndpoint(db, name))) throw noSuchEndpoint(name);
    say(`Endpoint ${name} is on. What it missed: parley endpoints replay ${name} --failed --since DAY`);
  });
}

/** Switches an endpoint off. */
export async function endpointOffCommand(name: string): Promise<void> {
  await withArchive(async ({ db }) => {
    const endpoint = await endpointNamed(db, name);
    if (!endpoint) throw noSuchEndpoint(name);
    await disableEndpoint(db, endpoint.id, "somebody switched it off");
    say(`Endpoint ${name} is off.`);
  });
}

/** Has a test sent to an endpoint, by the same way and with the same signature as alerts. */
export async function testEndpointCommand(name: string): Promise<void> {
  await withArchive(async ({ db, now }, config) => {
    const endpoint = await endpointNamed(db, name);
    if (!endpoint) throw noSuchEndpoint(name);
    const id = await keepTest(db, endpoint, { publicUrl: publicUrlOf(config), at: now() });
    say(`Test ${id} is to be sent to ${name} by the running Parley; the page /deliveries/${id} shows what it meets.`);
  });
}

type ReplayOptions = { readonly since?: string; readonly until?: string; readonly failed?: boolean };

/** Has one delivery, or those of an endpoint in a period, sent again: same ids, same bodies. */
export async function replayCommand(what: string, { since, until, failed = false }: ReplayOptions): Promise<void> {
  const from = since === undefined ? null : readBound(since, "since");
  const to = until === undefined ? null : readBound(until, "until");
  if (since !== undefined && !from)
    throw new Failure("bad-input", `--since ${since}: expected a day such as 2026-05-19.`);
  if (until !== undefined && !to)
    throw new Failure("bad-input", `--until ${until}: expected a day such as 2026-05-19.`);
  await withArchive(async ({ db, now }) => {
    if (/^msg_[0-9a-f]{32}$/.test(what)) {
      const ids = await replayDeliveries(db, { deliveryId: what }, now());
      if (ids.length === 0)
        throw new Failure("bad-input", `${what}: no such delivery, or it still waits for an attempt.`);
      say(`Delivery ${what} is sent again.`);
      return;
    }
    const endpoint = await endpointNamed(db, what);
    if (!endpoint) throw noSuchEndpoint(what);
    if (!from) throw new Failure("bad-input", "--since is needed: from which day on, such as 2026-05-19.");
    const choice = { endpointId: endpoint.id, since: from, until: to ?? now(), failedOnly: failed };
    const ids = await replayDeliveries(db, choice, now());
    say(`${ids.length} deliveries to ${what} are sent again.`);
  });
}

function noSuchEndpoint(name: string): Failure {
  return new Failure("bad-input", `${name}: no such endpoint; parley endpoints lists them.`);
}
