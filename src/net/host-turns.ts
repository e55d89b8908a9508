/** Gives out turns: one request per host at a time, with a pause between two. */
export type HostTurns = {
  /**
   * Waits for a host's turn. The caller must call the function it gets when its request has ended.
   *
   * @param gapMs - Least time since the end of the host's last request, in milliseconds.
   * @throws The signal's reason when it aborts before the turn has come; whatever the loans throw when they cannot be asked.
   */
  readonly take: (host: string, gapMs: number, signal?: AbortSignal) => Promise<() => void>;
};

/** Lends a host to one process at a time, where several share the work (`db/postgres/host-loans.ts`). */
export type HostLoans = {
  /**
   * Asks for a host.
   *
   * @returns Milliseconds since anybody's last request to it ended (null where none is known); or null when another process has it now.
   */
  readonly ask: (host: string) => Promise<{ readonly idleMs: number | null } | null>;
  /** Gives a host back, at the moment at which the last request to it ended. */
  readonly giveBack: (host: string) => Promise<void>;
};

/** A host's last visit is remembered this long, should the next visitor ask for a longer pause than the last did. */
const REMEMBERED_MS = 30_000;
/** A host is lent for so long at a stretch while others of this process wait for it; then other processes have their chance. */
const STRETCH_MS = 2_000;
/** Pauses between two questions for a host that another process has: they grow from the first to the last. */
const ASK_AGAIN_MS = [40, 80, 150, 300, 500];

type Waiter = {
  readonly gapMs: number;
  readonly start: () => void;
  readonly fail: (error: unknown) => void;
};
type Line = {
  busy: boolean;
  endedAt: number;
  waiting: Waiter[];
  timer: NodeJS.Timeout | undefined;
  /** `ours` since `lentAt`; without loans always. */
  loan: "none" | "asking" | "ours";
  lentAt: number;
  refusals: number;
};

/** Names the host whose turn an address needs: http and https of one name share it, other ports have their own. */
export function turnKey(url: URL): string {
  const name = url.hostname.replace(/\.$/, "");
  return url.port === "" ? name : `${name}:${url.port}`;
}

/**
 * Makes turns: first come, first served per host inside this process; hosts do not wait for each other.
 *
 * @param loans - Where several processes share the work: each host is borrowed before it is asked, so that one connection and
 *   the pause hold among all of them. Without it they hold inside this process.
 */
export function createHostTurns(loans?: HostLoans): HostTurns {
  const lines = new Map<string, Line>();

  function next(host: string, line: Line): void {
    clearTimeout(line.timer);
    const waiter = line.waiting[0];
    if (line.busy || line.loan === "asking" || !waiter) return;
    if (line.loan === "none") return void borrow(host, line);
    const waitMs = line.endedAt + waiter.gapMs - performance.now();
    if (waitMs > 0) {
      line.timer = setTimeout(next, Math.ceil(waitMs), host, line);
      return;
    }
    line.waiting.shift();
    line.busy = true;
    waiter.start();
  }

  async function borrow(host: string, line: Line): Promise<void> {
    line.loan = "asking";
    try {
      const lent = loans ? await loans.ask(host) : { idleMs: null };
      line.loan = lent ? "ours" : "none";
      if (!lent) {
        const pause = ASK_AGAIN_MS[Math.min(line.refusals++, ASK_AGAIN_MS.length - 1)];
        line.timer = setTimeout(next, pause, host, line);
        return;
      }
      line.refusals = 0;
      line.lentAt = performance.now();
      if (lent.idleMs !== null) line.endedAt = Math.max(line.endedAt, performance.now() - lent.idleMs);
      if (line.waiting.length > 0) next(host, line);
      else giveBack(host, line);
    } catch (error) {
      line.loan = "none";
      for (const waiter of line.waiting.splice(0)) waiter.fail(error);
    }
  }

  function end(host: string, line: Line, gapMs: number): void {
    line.busy = false;
    line.endedAt = performance.now();
    const more = line.waiting.length > 0;
    if (loans && (!more || performance.now() - line.lentAt > STRETCH_MS)) giveBack(host, line);
    if (!more) line.timer = setTimeout(forget, Math.max(gapMs, REMEMBERED_MS), host, line).unref();
    // Whoever has just had the host leaves the others time to ask for it.
    else if (line.loan === "none") line.timer = setTimeout(next, 2 * (ASK_AGAIN_MS[0] ?? 0), host, line);
    else next(host, line);
  }

  function giveBack(host: string, line: Line): void {
    if (!loans) return;
    line.loan = "none";
    // Where this fails the loan's connection is broken, and with that the loan itself has ended.
    loans.giveBack(host).catch(() => {});
  }

  function forget(host: string, line: Line): void {
    if (!line.busy && line.loan !== "asking" && line.waiting.length === 0) lines.delete(host);
  }

  return {
    take: (host, gapMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const line = lines.get(host) ?? newLine(loans === undefined);
        lines.set(host, line);

        const waiter: Waiter = {
          gapMs,
          start: () => {
            signal?.removeEventListener("abort", giveUp);
            let ended = false;
            resolve(() => {
              if (ended) return;
              ended = true;
              end(host, line, gapMs);
            });
          },
          fail: (error) => {
            signal?.removeEventListener("abort", giveUp);
            reject(error);
          },
        };
        const giveUp = () => {
          line.waiting = line.waiting.filter((other) => other !== waiter);
          reject(signal?.reason);
          if (line.waiting.length === 0 && !line.busy && line.loan === "ours") giveBack(host, line);
          next(host, line);
        };
        signal?.addEventListener("abort", giveUp, { once: true });
        line.waiting.push(waiter);
        next(host, line);
      }),
  };
}

function newLine(alone: boolean): Line {
  return {
    ...{ busy: false, endedAt: Number.NEGATIVE_INFINITY, waiting: [], timer: undefined },
    ...{ loan: alone ? "ours" : "none", lentAt: Number.NEGATIVE_INFINITY, refusals: 0 },
  };
}
