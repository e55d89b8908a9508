import { resolve } from "node:path";
import { checkRedis } from "../check-redis.ts";
import { type Config, readConfig } from "../config.ts";
import { makeDataFolder } from "../data-folder.ts";
import { closingStatement, databasesOpenToAnalysts } from "../db/analysts/other-databases.ts";
import { checkDatabase, openDatabase } from "../db/client.ts";
import { openIncidents } from "../db/collection/incidents.ts";
import { parkedFailures } from "../db/collection/stage-failures.ts";
import { embeddedIsRunning, startEmbeddedPostgres } from "../db/postgres/embedded-postgres.ts";
import { findPrograms } from "../db/postgres/embedded-programs.ts";
import { saidError } from "../db/without-values.ts";
import { Failure } from "../domain/failure.ts";
import { triedAgainBy } from "../domain/tried-again.ts";
import { runningWeb } from "../running-web.ts";
import { version } from "../user-agent.ts";
import { checkPort } from "../web/http/port.ts";
import { currentCatalogue } from "./context.ts";
import { say } from "./output.ts";

/** Most failures that are listed. */
const MOST_PARKED = 20;

/** `note`: nothing is wrong with what Parley stands on, but with what it watches or holds. */
type Finding = { readonly what: string; readonly says: string; readonly is: "ok" | "note" | "wrong" };

const MARKS = { ok: "ok   ", note: "NOTE ", wrong: "WRONG" } as const;

/** Says what is in use and what is wrong, each with what to do. Exit status 1 when anything is wrong. */
export async function doctorCommand(): Promise<void> {
  const findings = await examine();
  for (const { what, says, is } of findings) console.log(`${MARKS[is]}  ${what.padEnd(10)} ${says}`);
  const wrong = findings.filter(({ is }) => is === "wrong").length;
  const isNoted = findings.some(({ is }) => is === "note");
  if (wrong > 0) console.log(`${wrong} ${wrong === 1 ? "thing is" : "things are"} wrong.`);
  else console.log(isNoted ? "Nothing is wrong with Parley itself; see what is noted." : "Nothing is wrong.");
  process.exitCode = wrong === 0 ? 0 : 1;
}

async function examine(): Promise<readonly Finding[]> {
  const findings = [
    await finding(
      "Parley",
      async () => `version ${version} on Node ${process.versions.node} (${process.platform} ${process.arch})`,
    ),
  ];
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    return [...findings, { what: "settings", says: (error as Error).message, is: "wrong" }];
  }
  return [
    ...findings,
    await finding("settings", async () => "all understood"),
    await finding("catalogue", () => lookAtCatalogue(config)),
    await finding("data", () => makeDataFolder(config.PARLEY_DATA)),
    await finding("Postgres", () => lookAtPostgres(config)),
    ...(await troublesOf(config)),
    await finding("queues", () => lookAtQueues(config)),
    await finding("mail", async () =>
      config.SMTP_URL
        ? `through ${new URL(config.SMTP_URL).host}`
        : `written to ${resolve(config.PARLEY_DATA)}/mail/*.eml; set SMTP_URL to send it`,
    ),
    await finding("web", () => lookAtPort(config)),
  ];
}

async function finding(what: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { what, says: await look(), is: "ok" };
  } catch (error) {
    return { what, says: error instanceof Failure ? error.message : saidError(error), is: "wrong" };
  }
}

async function lookAtCatalogue(config: Config): Promise<string> {
  const { sources, actors, topics } = currentCatalogue(config);
  const enabled = sources.filter((source) => source.enabled).length;
  const leaves = topics.reduce((sum, topic) => sum + topic.leaves.length, 0);
  const overlay = config.PARLEY_CATALOGUE ? `, with ${config.PARLEY_CATALOGUE} laid over` : "";
  return `${sources.length} sources (${enabled} enabled), ${actors.length} actors, ${leaves} topics${overlay}`;
}

async function lookAtPostgres(config: Config): Promise<string> {
  if (config.DATABASE_URL) {
    const serverVersion = await checkDatabase(config.DATABASE_URL);
    return `${serverVersion} at ${new URL(config.DATABASE_URL).host} (DATABASE_URL)`;
  }
  const { home } = await findPrograms();
  const running = await embeddedIsRunning(config.PARLEY_DATA);
  return `Parley's own, ${running ? "running" : "started when needed"}, programs in ${home}`;
}

/** Lists what an archive that runs says is wrong with what it watches and holds. */
async function troublesOf(config: Config): Promise<readonly Finding[]> {
  if (config.DATABASE_URL) return openTroubles(config.DATABASE_URL);
  if (!(await embeddedIsRunning(config.PARLEY_DATA))) return [];
  const server = await startEmbeddedPostgres(resolve(config.PARLEY_DATA), say);
  try {
    return await openTroubles(server.url);
  } finally {
    await server.close();
  }
}

async function openTroubles(url: string): Promise<readonly Finding[]> {
  const { db, close } = openDatabase(url, { maxConnections: 1 });
  try {
    const open = await openIncidents(db);
    const parked = await parkedFailures(db, MOST_PARKED);
    const elsewhere = await databasesOpenToAnalysts(db);
    return [
      ...listed(
        "incidents",
        "open",
        open.map(({ message }) => message),
      ),
      ...listed(
        "analysts",
        "can connect to other databases of the server; let an administrator run",
        elsewhere.map(closingStatement),
      ),
      ...listed(
        "put aside",
        "the latest",
        parked.map(({ stage, subject, code, message, firstAt }) => {
          const again = triedAgainBy(stage);
          return `${stage} ${subject}: ${code} since ${firstAt.toISOString()}: ${message}${again ? ` Tried again by ${again}.` : ""}`;
        }),
      ),
    ];
  } catch {
    // What a database is missing that was never migrated, or that is away, is said above.
    return [];
  } finally {
    await close();
  }
}

function listed(what: string, title: string, lines: readonly string[]): readonly Finding[] {
  if (lines.length === 0) return [];
  return [{ what, says: `${title}:\n${lines.map((line) => `                  ${line}`).join("\n")}`, is: "note" }];
}

async function lookAtQueues(config: Config): Promise<string> {
  if (!config.REDIS_URL) return "in Postgres; set REDIS_URL for more than about 1,000 jobs a second";
  const { version: redisVersion, warning } = await checkRedis(config.REDIS_URL);
  if (warning) throw new Failure("bad-setting", warning);
  return `Redis ${redisVersion} at ${new URL(config.REDIS_URL).host} (REDIS_URL)`;
}

async function lookAtPort({ PARLEY_HOST: host, PARLEY_PORT: port, PARLEY_DATA: data }: Config): Promise<string> {
  const running = await runningWeb(data);
  if (running && Number(new URL(running.url).port) === port) {
    return `${running.url} is served by the Parley that runs (process ${running.pid})`;
  }
  await checkPort(host, port);
  return port === 0 ? `any free port of ${host}` : `${host}:${port} is free`;
}
