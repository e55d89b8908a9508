import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

/** How long a reader may leave a part of an answer untaken, in ms. */
const IDLE_MS = 60_000;
/** Bytes, before they are compressed, for each of which a reader may have us wait so much longer in all: 32 kB a second. */
const LEAST_BYTES_PER_MS = 32;

/** What an answer in parts is sent with. */
export type PartsOptions = {
  readonly headers: Readonly<Record<string, string>>;
  /** Is called once when the answer is over, however it ended, and nothing of it is being made any more. */
  readonly over: () => void;
  /** Is told of an error behind the first part, where it is too late for another answer. */
  readonly report: (error: unknown) => void;
  readonly idleMs?: number | undefined;
};

/**
 * Answers with text that is made part by part, each when the reader has taken the one before.
 *
 * The first is made before anything is sent, so that a question which fails is answered like any other. Behind it an answer that
 * cannot be gone on with is broken off, so that nobody takes what came for the whole: when a part fails, when the reader
 * takes nothing for a minute, and when they go on taking so little that it would never end.
 *
 * @throws What making the first part throws; `over` was called then.
 */
export async function answerParts(
  c: Context,
  parts: AsyncGenerator<string>,
  { headers, over, report, idleMs = IDLE_MS }: PartsOptions,
): Promise<Response> {
  const first = await parts.next().catch((error: unknown) => {
    over();
    throw error;
  });
  const { outgoing } = (c.env ?? {}) as Partial<HttpBindings>;
  const encoder = new TextEncoder();
  let waiting: Promise<IteratorResult<string>> | null = Promise.resolve(first);
  let idle: NodeJS.Timeout | undefined;
  let isOver = false;
  let sentAt = 0;
  let waitedMs = 0;
  let sentBytes = 0;
  const end = () => {
    clearTimeout(idle);
    if (isOver) return;
    isOver = true;
    // Waits for the part that is being made.
    void parts.return(undefined).finally(over);
  };
  const breakOff = (controller: ReadableStreamDefaultController, why: unknown) => {
    end();
    // Node's server would write the error into the answer and end it as if it were whole.
    if (outgoing) outgoing.destroy();
    else controller.error(why);
  };
  const watch = (controller: ReadableStreamDefaultController) => {
    sentAt = performance.now();
    const leftMs = Math.max(0, Math.min(idleMs, idleMs + sentBytes / LEAST_BYTES_PER_MS - waitedMs));
    idle = setTimeout(() => breakOff(controller, new Error("the answer was taken too slowly")), leftMs);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start: watch,
      pull: async (controller) => {
        clearTimeout(idle);
        waitedMs += performance.now() - sentAt;
        try {
          const { done, value } = await (waiting ?? parts.next());
          waiting = null;
          if (isOver) return;
          if (!done) {
            const bytes = encoder.encode(value);
            sentBytes += bytes.byteLength;
            controller.enqueue(bytes);
            return watch(controller);
          }
          end();
          controller.close();
        } catch (error) {
          if (isOver) return;
          report(error);
          breakOff(controller, error);
        }
      },
      cancel: end,
    },
    // Nothing is made ahead of the reader.
    { highWaterMark: 0 },
  );
  return c.body(body, 200, headers);
}
