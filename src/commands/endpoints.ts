import { z } from "zod";
import { allEndpoints, saveEndpoint } from "../db/endpoints.ts";
import { saveSealedEndpoint } from "../db/installation.ts";
import { Failure } from "../domain/failure.ts";
import { seal } from "../net/secret-box.ts";
import { checkWebhookUrl } from "../net/webhook.ts";
import { newSecret } from "../net/webhook-signature.ts";
import { keyFingerprint, readSecretKey } from "../secret-key.ts";
import { withArchive } from "./context.ts";
import { chooseFormat, printRows, say } from "./output.ts";

/** Lists where alerts go. */
export async function endpointsCommand(options: { readonly format?: string }): Promise<void> {
  await withArchive(async ({ db }) => {
    const rows = (await allEndpoints(db)).map(({ secret: _secret, ...rest }) => rest);
    printRows(
      rows,
      [
        { name: "name", value: ({ name }) => name, width: 20 },
        { name: "kind", value: ({ kind }) => kind, width: 10 },
        { name: "address", value: ({ address }) => address },
        { name: "state", value: ({ enabled, disabledBecause }) => (enabled ? "on" : `off: ${disabledBecause}`) },
      ],
      chooseFormat(options.format),
    );
  });
}

/** Makes an endpoint. A webhook's secret is shown this once; it is kept sealed. */
export async function addEndpointCommand(
  name: string,
  address: string,
  { newKey = false }: { readonly newKey?: boolean },
): Promise<void> {
  await withArchive(async ({ db }, config) => {
    if (z.email().safeParse(address).success) {
      await saveEndpoint(db, { kind: "mail", name, address, secret: null }, new Date());
      say(`Endpoint ${name} sends mail to ${address}.`);
      return;
    }
    if (!/^https?:\/\//i.test(address))
      throw new Failure("bad-input", `${address}: expected an https address or a mail address.`);
    checkWebhookUrl(address, config.PARLEY_ALLOW_ADDRESSES);
    const secret = newSecret();
    const key = await readSecretKey(config);
    await saveSealedEndpoint(
      db,
      { name, address, secret: seal(key, secret) },
      { fingerprint: keyFingerprint(key), newKey },
      new Date(),
    );
    say(
      `Endpoint ${name} posts to ${address}. Its secret, shown this once, to verify signatures with (Standard Webhooks):`,
    );
    console.log(secret);
  });
}
