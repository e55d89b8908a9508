import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, startApp } from "../app.ts";
import type { Archive } from "../archive.ts";
import { type Config, readConfig } from "../config.ts";
import { saveEndpoint } from "../db/alerts/endpoints.ts";
import { saveRule } from "../db/alerts/rules.ts";
import { saveSubscriber } from "../db/digests/subscribers.ts";
import { databaseNow } from "../db/postgres/clock.ts";
import { writeOnlyDemo } from "../demo/overlay.ts";
import { startReceiver } from "../demo/receiver.ts";
import { startDemoServer } from "../demo/server.ts";
import { playStory, type Story } from "../demo/story.ts";
import type { DiffPiece } from "../detect/edit/word-diff.ts";
import { Failure } from "../domain/failure.ts";
import { seal } from "../net/secret-box.ts";
import { newSecret } from "../net/webhook-signature.ts";
import { shipped } from "../paths.ts";
import { readSecretKey } from "../secret-key.ts";
import { currentCatalogue, makeLog } from "./context.ts";
import { untilToldToStop } from "./start.ts";

type DemoOptions = { readonly exit?: boolean; readonly port: string };

/** Runs recorded sources through the whole pipeline on loopback, tells what it finds, and stays up for a look around. */
export async function demoCommand(options: DemoOptions): Promise<void> {
  if (!/^\d{1,5}$/.test(options.port) || Number(options.port) > 65_535)
    throw new Failure("bad-input", `--port ${options.port}: expected a port from 0 to 65535; 0 takes any free one.`);
  const folder = await mkdtemp(join(tmpdir(), "parley-demo-"));
  // Postgres runs as another user when this is root, and must be able to pass through.
  await chmod(folder, 0o755);
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    await run(folder, options, closing);
  } finally {
    for (const step of closing.reverse()) await step();
  }
}

async function run(folder: string, options: DemoOptions, closing: (() => Promise<unknown>)[]): Promise<void> {
  console.log(
    "Parley, demonstration. Real White House documents of October and November 2023, and invented pages that say so.",
  );
  console.log("Everything runs on this machine and nothing is fetched from outside.\n");
  const started = performance.now();
  const secret = newSecret();
  const receiver = await startReceiver({ secret });
  closing.push(receiver.close);
  const sites = await startDemoServer({
    folder: shipped("demo"),
    port: 0,
    releaseEveryMs: null,
    editAtStep: null,
    takeDownAtStep: null,
  });
  closing.push(sites.close);

  const overlay = join(folder, "catalogue");
  await writeOnlyDemo(shipped("demo"), sites.origin, overlay, currentCatalogue(readConfig({})).sources);
  const config = demoConfig(folder, overlay, [sites.origin, receiver.url], Number(options.port));
  const app = await startApp(config, {
    log: makeLog(config.PARLEY_LOG_LEVEL),
    say: (sentence) => tell(started, sentence),
    // A demonstration does not fail over a port, also where two are begun together.
    anyPort: true,
    prepare: (archive) => prepareDemo(archive, config, receiver.url, secret),
  });
  closing.push(app.close);
  tell(started, `Watching ${sites.origin} …`, app.webUrl ?? "");

  const story = await playStory(app, sites, receiver, today(), (what, link) => tell(started, what, link));
  const missing = await summarise(story, app, receiver.received.length, folder);
  if (missing.length > 0) console.log(`\nNot shown: ${missing.join("; ")}.`);
  if (options.exit) {
    process.exitCode = missing.length === 0 ? 0 : 1;
    return;
  }
  console.log(`\nLook around: ${app.webUrl}   (Ctrl-C ends the demonstration and removes its data)`);
  console.log(
    `Ask its archive in another terminal: PARLEY_DATA=${config.PARLEY_DATA} PARLEY_CATALOGUE=${overlay} parley search hotline`,
  );
  await untilToldToStop();
}

/** Settings of the demonstration alone: whatever the environment says, it fetches nothing from outside and touches no archive. */
function demoConfig(folder: string, overlay: string, allowed: readonly string[], port: number): Config {
  return readConfig({
    PARLEY_DATA: join(folder, "data"),
    PARLEY_CATALOGUE: overlay,
    PARLEY_ALLOW_ADDRESSES: allowed.map((url) => new URL(url).host).join(","),
    PARLEY_HOST_GAP_MS: "0",
    PARLEY_PORT: String(port),
    PARLEY_LOG_LEVEL: process.env.PARLEY_LOG_LEVEL ?? "error",
  });
}

async function prepareDemo({ db }: Archive, config: Config, hook: string, secret: string): Promise<void> {
  const now = await databaseNow(db);
  const sealed = seal(await readSecretKey(config), secret);
  const endpointId = await saveEndpoint(
    db,
    { kind: "webhook", name: "demo-receiver", address: hook, secret: sealed },
    now,
  );
  await saveRule(db, { name: "what matters", query: "severity:3" }, [endpointId], now);
  await saveSubscriber(db, { address: "analyst@demo.example", timeZone: "UTC", sendAt: "23:59", lang: "en" }, now);
}

async function summarise(story: Story, app: App, alerts: number, folder: string): Promise<readonly string[]> {
  const fresh = story.developments.filter(({ status }) => status === "new");
  const mails = await readdir(join(folder, "data", "mail")).catch(() => []);
  const base = app.webUrl ?? "";
  console.log("\nWhat to look at");
  console.log(`  ${story.counts.documents} documents, ${story.counts.statements} statements   ${base}/statements`);
  console.log(`  ${fresh.length} new developments                 ${base}/developments`);
  console.log(`  ${alerts} webhooks received, signatures verified   ${base}/deliveries`);
  if (story.edit) {
    console.log(`  a silent edit, word by word           ${base}/developments/${story.edit.development.id}`);
    console.log(`${showDiff(story.edit.diff)}`);
  }
  const coverage = story.digest?.plain?.split("\n--\n")[1]?.trim().split("\n") ?? [];
  if (story.digest) {
    console.log(`  the digest "${story.digest.subject}"\n${" ".repeat(40)}${base}/digests/${story.digest.id}`);
    for (const name of mails) console.log(`${" ".repeat(40)}${join(folder, "data", "mail", name)}`);
    for (const line of coverage.slice(0, 2)) console.log(`    ${line}`);
  }
  return [
    ...story.unfinished,
    ...(story.counts.statements > 0 && story.counts.attributed > 0 ? [] : ["statements with speakers"]),
    ...(fresh.length >= 3 ? [] : ["three developments"]),
    ...(alerts > 0 ? [] : ["a webhook"]),
    ...(story.edit ? [] : ["the silent edit"]),
    ...(story.digest?.status === "sent" && mails.length > 0 ? [] : ["the digest"]),
    ...(coverage.some((line) => line.includes("503"))
      ? []
      : ["the source that went down, in the digest's coverage line"]),
  ];
}

/** Shows what changed with a few words around: removed in red, added in green, and both named where there is no colour. */
function showDiff(diff: readonly DiffPiece[]): string {
  const colour = process.stdout.isTTY;
  const shown = diff.map(({ kind, text }) => {
    if (kind === "removed") return colour ? `\u001b[31;9m${text}\u001b[0m` : `[-${text}-]`;
    if (kind === "added") return colour ? `\u001b[32;4m${text}\u001b[0m` : `{+${text}+}`;
    const lines = text.split("\n");
    const [head, tail] = [lines[0]?.slice(0, 60) ?? "", lines.at(-1)?.slice(-60) ?? ""];
    return text.length <= 140 ? text : `${head} … ${tail}`;
  });
  return shown
    .join("")
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}

function tell(started: number, what: string, link = ""): void {
  const seconds = ((performance.now() - started) / 1_000).toFixed(1).padStart(5);
  const short = what.length > 160 ? `${what.slice(0, 159)}…` : what;
  console.log(`${seconds} s  ${short}${link ? `\n         ${link}` : ""}`);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
