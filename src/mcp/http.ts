import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { Asking } from "./asking.ts";
import { createMcpServer } from "./server.ts";

/** Longest message that is read, in bytes: a question has 2,000 characters at most. */
const LONGEST = 64 * 1_024;

/**
 * Answers one request of the protocol's streamable HTTP, without sessions: nothing is remembered between two, so that any process can
 * answer any of them. There is nothing to listen to either, so GET is refused.
 */
export async function answerMcp(request: Request, asking: Asking): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { Allow: "POST" } });
  const server = createMcpServer(asking);
  const transport = new WebStandardStreamableHTTPServerTransport({
    ...{ sessionIdGenerator: undefined, enableJsonResponse: true, maxRequestBodySize: LONGEST },
  });
  await server.connect(transport);
  try {
    return await transport.handleRequest(request);
  } finally {
    await server.close();
  }
}
