/** Gives out turns: one request per host at a time, with a pause between two. A shared one may stand behind the same type. */
export type HostTurns = {
  /**
   * Waits for a host's turn. The caller must call the function it gets when its request has ended.
   *
   * @param gapMs - Least time since the end of the host's last request, in milliseconds.
   * @throws The signal's reason when it aborts before the turn has come.
   */
  readonly take: (host: string, gapMs: number, signal?: AbortSignal) => Promise<() => void>;
};

/** A host's last visit is remembered this long, should the next visitor ask for a longer pause than the last did. */
const REMEMBERED_MS = 30_000;

type Waiter = { readonly gapMs: number; readonly start: () => void };
type Line = { busy: boolean; endedAt: number; waiting: Waiter[]; timer: NodeJS.Timeout | undefined };

/** Names the host whose turn an address needs: http and https of one name share it, other ports have their own. */
export function turnKey(url: URL): string {
  const name = url.hostname.replace(/\.$/, "");
  return url.port === "" ? name : `${name}:${url.port}`;
}

/**
 * Makes turns that hold inside this process: first come, first served per host; hosts do not wait for each other.
 */
export function createHostTurns(): HostTurns {
  const lines = new Map<string, Line>();

  function next(host: string, line: Line): void {
    clearTimeout(line.timer);
    const waiter = line.waiting[0];
    if (line.busy || !waiter) return;
    const waitMs = line.endedAt + waiter.gapMs - performance.now();
    if (waitMs > 0) {
      line.timer = setTimeout(next, Math.ceil(waitMs), host, line);
      return;
    }
    line.waiting.shift();
    line.busy = true;
    waiter.start();
  }

  function end(host: string, line: Line, gapMs: number): void {
    line.busy = false;
    line.endedAt = performance.now();
    if (line.waiting.length > 0) next(host, line);
    else line.timer = setTimeout(forget, Math.max(gapMs, REMEMBERED_MS), host, line).unref();
  }

  function forget(host: string, line: Line): void {
    if (!line.busy && line.waiting.length === 0) lines.delete(host);
  }

  return {
    take: (host, gapMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const line = lines.get(host) ?? {
          busy: false,
          endedAt: Number.NEGATIVE_INFINITY,
          waiting: [],
          timer: undefined,
        };
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
        };
        const giveUp = () => {
          line.waiting = line.waiting.filter((other) => other !== waiter);
          reject(signal?.reason);
          next(host, line);
        };
        signal?.addEventListener("abort", giveUp, { once: true });
        line.waiting.push(waiter);
        next(host, line);
      }),
  };
}
