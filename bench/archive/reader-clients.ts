import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { chanceFrom } from "../site/chance.ts";
import { drawnPause, type Pace } from "./pace.ts";

/** What the process of the readers is told. */
export type ReadersTask = {
  readonly url: string;
  /** What they load, in turn from a place of each reader's own. */
  readonly addresses: readonly string[];
  readonly readers: number;
  readonly pace: Pace;
};

/** What the readers have seen since they began or were last asked. */
export type ReadersReport = {
  readonly tookMs: readonly number[];
  /** Answers that were no success, by what was wrong: a status, a code, `timeout`. */
  readonly errors: Readonly<Record<string, number>>;
};

/** A reader that has waited so long goes away. */
const LONGEST_MS = 10_000;

let took: number[] = [];
let errors: Record<string, number> = {};

process.on("message", (message: ReadersTask | "report") => {
  if (message !== "report") return begin(message);
  const report: ReadersReport = { tookMs: took, errors };
  [took, errors] = [[], {}];
  process.send?.(report);
});
process.on("disconnect", () => process.exit());

function begin({ url, addresses, readers, pace }: ReadersTask): void {
  // Each keeps its connection, as a browser does.
  const agent = new Agent({ keepAlive: true, maxSockets: readers });
  for (let reader = 0; reader < readers; reader += 1) {
    void read(agent, (page) => `${url}${addresses[(reader * 7 + page) % addresses.length]}`, pace, reader);
  }
}

async function read(agent: Agent, addressOf: (page: number) => string, pace: Pace, reader: number): Promise<never> {
  const chance = chanceFrom(reader);
  // So that they do not all come at once.
  await sleep(drawnPause(pace, chance) * chance());
  for (let page = 0; ; page += 1) {
    const started = performance.now();
    const wrong = await load(agent, addressOf(page));
    if (wrong === null) took.push(performance.now() - started);
    else errors[wrong] = (errors[wrong] ?? 0) + 1;
    await sleep(drawnPause(pace, chance));
  }
}

/** Loads a page; gives what was wrong, null where nothing was. */
function load(agent: Agent, address: string): Promise<string | null> {
  return new Promise((done) => {
    const request = get(address, { agent, headers: { "accept-encoding": "gzip" }, timeout: LONGEST_MS }, (answer) => {
      answer.on("end", () => done(answer.statusCode === 200 ? null : String(answer.statusCode)));
      answer.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
      answer.resume();
    });
    request.on("timeout", () => request.destroy(new Error("timeout")));
    request.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
}
