import { randomUUID } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import { openHostLoans, type SharedLoans } from "../../../src/db/postgres/host-loans.ts";
import { createHostTurns } from "../../../src/net/host-turns.ts";
import { shipped } from "../../../src/paths.ts";
import { serve } from "../../net/support/loopback.ts";
import { useDatabase } from "../../support/database.ts";
import { startProgram } from "../../support/program.ts";

const db = useDatabase();

function loans(): SharedLoans {
  const opened = openHostLoans(db.url());
  onTestFinished(opened.close);
  return opened;
}

const host = () => `${randomUUID()}.example`;

describe("a host is lent", () => {
  test("to one process at a time, and tells the next how long it has been left alone", async () => {
    const [one, other] = [loans(), loans()];
    const name = host();
    expect(await one.ask(name)).toEqual({ idleMs: null });
    expect(await other.ask(name)).toBeNull();
    await one.giveBack(name);
    const lent = await other.ask(name);
    expect(lent?.idleMs).toBeGreaterThanOrEqual(0);
    expect(lent?.idleMs).toBeLessThan(5_000);
  });

  test("again to whoever has it, and given back by nobody else", async () => {
    const [one, other] = [loans(), loans()];
    const name = host();
    await one.ask(name);
    await other.giveBack(name);
    expect(await other.ask(name)).toBeNull();
    expect(await one.ask(name)).not.toBeNull();
  });

  test("apart from other hosts", async () => {
    const [one, other] = [loans(), loans()];
    await one.ask(host());
    expect(await other.ask(host())).not.toBeNull();
  });
});

test("waiting callers hear of it when the loans cannot be asked, and the next is served again", async () => {
  let broken = true;
  const turns = createHostTurns({
    ask: async () => {
      if (broken) throw new Error("no connection");
      return { idleMs: null };
    },
    giveBack: async () => {},
  });
  await expect(Promise.all([turns.take("a.example", 0), turns.take("a.example", 0)])).rejects.toThrow("no connection");
  broken = false;
  (await turns.take("a.example", 0))();
});

/** A process with a fetcher of its own: asks an address so many times, says each answer's end, and may be killed. */
const asking = (url: string, times: number, gapMs: number, allow: string) => `
  const { createFetcher } = await import(${JSON.stringify(`file://${shipped("dist/net/fetcher.js")}`)});
  const { createHostTurns } = await import(${JSON.stringify(`file://${shipped("dist/net/host-turns.js")}`)});
  const { openHostLoans } = await import(${JSON.stringify(`file://${shipped("dist/db/postgres/host-loans.js")}`)});
  const loans = openHostLoans(${JSON.stringify(db.url())}, { settlingMs: 0 });
  const fetcher = createFetcher({
    userAgent: "Parley/0.1 (test)", allowAddresses: [${JSON.stringify(allow)}], perHostGapMs: ${gapMs},
    turns: createHostTurns(loans), timeoutMs: 10000,
  });
  console.log("ready");
  await new Promise((go) => process.stdin.once("data", go));
  await Promise.all(Array.from({ length: ${times} }, () => fetcher.fetch({ url: ${JSON.stringify(url)} })));
  await fetcher.close();
  await loans.close();
  process.exit(0);
`;

describe("three processes that ask one host", () => {
  test("open one connection at a time and keep the pause between them, as the host itself sees it", async () => {
    const gapMs = 60;
    let open = 0;
    let most = 0;
    const seen: { readonly at: number; readonly ended: number }[] = [];
    const server = await serve((_request, response) => {
      const at = performance.now();
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        // Noted before the answer leaves: this process may be held up right after it.
        seen.push({ at, ended: performance.now() });
        response.end("ok");
      }, 15);
    });
    const programs = [1, 2, 3].map(() => startProgram(asking(server.url, 20, gapMs, server.host)));
    onTestFinished(() => Promise.all(programs.map(({ kill }) => kill())).then(() => {}));
    await Promise.all(programs.map(({ line }) => line()));
    for (const program of programs) program.say("go");
    expect(await Promise.all(programs.map(({ ended }) => ended()))).toEqual([0, 0, 0]);
    expect(seen).toHaveLength(60);
    expect(most).toBe(1);
    const pauses = seen.slice(1).map(({ at }, index) => at - (seen[index]?.ended ?? 0));
    for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(gapMs - 1);
  });

  test("go on at once when the one whose turn it is is killed", async () => {
    let answered = 0;
    let hold = () => {};
    const held = new Promise<void>((done) => {
      hold = done;
    });
    const server = await serve((_request, response) => {
      answered += 1;
      if (answered === 1) hold();
      else response.end("ok");
    });
    const first = startProgram(asking(server.url, 1, 50, server.host));
    onTestFinished(first.kill);
    await first.line();
    first.say("go");
    await held;
    const second = startProgram(asking(server.url, 3, 50, server.host));
    onTestFinished(second.kill);
    await second.line();
    second.say("go");
    await first.kill();
    const startedAt = performance.now();
    expect(await second.ended()).toBe(0);
    expect(answered).toBe(4);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
