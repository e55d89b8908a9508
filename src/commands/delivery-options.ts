import type { Command, Option } from "commander";
import { lazily } from "./lazily.ts";

/** Adds the commands about where alerts go and what came of them: endpoints, deliveries. */
export function addDeliveryCommands(program: Command, format: () => Option): void {
  const endpoints = program
    .command("endpoints")
    .description("list where alerts go")
    .addOption(format())
    .action(lazily(async () => (await import("./endpoints.ts")).endpointsCommand));
  endpoints
    .command("show")
    .description("show one endpoint, never its secret, and what was last sent to it")
    .argument("<name>")
    .action(lazily(async () => (await import("./endpoints.ts")).showEndpointCommand));
  endpoints
    .command("add")
    .description("make an endpoint from a webhook URL or a mail address")
    .argument("<name>")
    .argument("<address>")
    .option("--format <form>", "parley, slack, teams or discord", "parley")
    .option("--owner <address>", "mail address that is written to when it is switched off because it fails")
    .option("--new-key", "the key that sealed the other secrets is lost: switch those endpoints off")
    .action(lazily(async () => (await import("./endpoints.ts")).addEndpointCommand));
  endpoints
    .command("rotate")
    .description("give a webhook a new secret; both sign for a while")
    .argument("<name>")
    .option("--overlap <hours>", "how long both sign", "24")
    .action(lazily(async () => (await import("./endpoints.ts")).rotateCommand));
  endpoints
    .command("test")
    .description("send an endpoint a test, signed and sent as an alert is")
    .argument("<name>")
    .action(lazily(async () => (await import("./endpoints.ts")).testEndpointCommand));
  endpoints
    .command("replay")
    .description("send deliveries again, with the same ids and bodies")
    .argument("<what>", "the id of a delivery, or the name of an endpoint with --since")
    .option("--since <date>", "made from this day on (UTC)")
    .option("--until <date>", "made until this day")
    .option("--failed", "only those that were given up")
    .action(lazily(async () => (await import("./endpoints.ts")).replayCommand));
  endpoints
    .command("on")
    .description("switch an endpoint on again")
    .argument("<name>")
    .action(lazily(async () => (await import("./endpoints.ts")).endpointOnCommand));
  endpoints
    .command("off")
    .description("switch an endpoint off")
    .argument("<name>")
    .action(lazily(async () => (await import("./endpoints.ts")).endpointOffCommand));
  program
    .command("deliveries")
    .description("list what was sent where and what came of it, or show one delivery with every attempt")
    .argument("[id]", "the id of a delivery, as webhook-id: msg_…")
    .option("--endpoint <name>", "only those to this endpoint")
    .option("--status <state>", "pending, delivered or failed")
    .option("--limit <number>", "most rows", "50")
    .addOption(format())
    .action(lazily(async () => (await import("./deliveries.ts")).deliveriesCommand));
}
