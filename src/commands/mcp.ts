import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { RequestId } from "@modelcontextprotocol/sdk/types.js";
import { createMcpServer } from "../mcp/server.ts";
import { version } from "../user-agent.ts";
import { makeLog, withArchive } from "./context.ts";
import { publicUrlOf } from "./public-url.ts";

/** Longest that answers under way are waited for once nobody asks any more. */
const LONGEST_STOP_MS = 10_000;

/** Answers an assistant over standard input and output until it closes its end, or Parley is told to stop. */
export async function mcpCommand(): Promise<void> {
  await withArchive(async ({ db, now }, config) => {
    const log = makeLog(config.PARLEY_LOG_LEVEL);
    const report = (error: unknown) => log.error({ err: error }, "a tool failed");
    const server = createMcpServer({ db, now, version, base: publicUrlOf(config), report });
    const ended = new Promise<void>((done) => {
      for (const event of ["end", "close", "error"]) process.stdin.once(event, () => done());
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
      server.server.onclose = done;
    });
    // A line that is no message has nobody to be answered to; it must not end the others.
    server.server.onerror = (error) => log.warn({ err: error }, "a message could not be read");
    const transport = new StdioServerTransport();
    await server.connect(transport);
    const answered = untilAnswered(transport);
    await ended;
    await answered();
    await server.close();
  });
}

/** Watches what is asked and answered; the result waits until everything asked has its answer, so that a pipe may end before it. */
function untilAnswered(transport: StdioServerTransport): () => Promise<void> {
  const open = new Set<RequestId>();
  const { onmessage } = transport;
  transport.onmessage = (message) => {
    if ("method" in message && "id" in message) open.add(message.id);
    onmessage?.(message);
  };
  const send = transport.send.bind(transport);
  let whenNone = () => {};
  transport.send = async (message) => {
    await send(message);
    if ("method" in message || !("id" in message) || message.id === undefined) return;
    open.delete(message.id);
    if (open.size === 0) whenNone();
  };
  return async () => {
    if (open.size === 0) return;
    await new Promise<void>((done) => {
      // What was called off is never answered.
      const tooLong = setTimeout(done, LONGEST_STOP_MS);
      whenNone = () => {
        clearTimeout(tooLong);
        done();
      };
    });
  };
}
