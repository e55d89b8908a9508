import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { Asking } from "./asking.ts";
import { createMcpServer } from "./server.ts";

/** Longest message that is read, in bytes: a question has 2,000 characters at most. */
const LONGEST = 64 * 1_024;

/**
 * Messages that may be sent together. Each may be answered with 200 kB; the protocol took several from 2025-03-26 until it
 * took only one again from 2025-06-18.
 */
const MOST_TOGETHER = 4;

/**
 * Answers one request of the protocol's streamable HTTP, without sessions: nothing is remembered between two, so that any process can
 * answer any of them. There is nothing to listen to either, so GET is refused.
 */
export async function answerMcp(request: Request, asking: Asking): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { Allow: "POST" } });
  if (await hasTooMany(request)) return tooMany();
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

async function hasTooMany(request: Request): Promise<boolean> {
  const sent: unknown = await request
    .clone()
    .json()
    // What is no JSON is answered as the protocol wants it.
    .catch(() => null);
  return Array.isArray(sent) && sent.length > MOST_TOGETHER;
}

/** Refuses as JSON-RPC 2.0 does (5.1, invalid request). */
function tooMany(): Response {
  const message = `Invalid Request: send at most ${MOST_TOGETHER} messages together`;
  return Response.json({ jsonrpc: "2.0", error: { code: -32_600, message }, id: null }, { status: 400 });
}
