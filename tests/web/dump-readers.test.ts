import { connect, type Socket } from "node:net";
import { afterEach, beforeAll, expect, test } from "vitest";
import { type RunningWeb, startWeb } from "../../src/web/http/server.ts";
import { useDatabase } from "../support/database.ts";
import { keepCatalogue, keepDocument } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
let web: RunningWeb | null = null;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await web?.close();
});

beforeAll(async () => {
  await keepCatalogue(db());
  // More than two machines keep on the way between them.
  for (let at = 0; at < 8; at += 1)
    await keepDocument(db(), { text: `Document ${at}. ${"A hotline was promised. ".repeat(80_000)}` });
});

test("two who ask for a dump and read nothing of it do not keep others from theirs", { timeout: 90_000 }, async () => {
  const { app } = openWeb(db());
  const served = await startWeb({ app, port: 0, stuckMs: 1_000 });
  web = served;
  for (let at = 0; at < 2; at += 1) {
    const socket = connect(Number(new URL(served.url).port), "127.0.0.1");
    socket.on("error", () => {}).pause();
    socket.write("GET /api/v1/dump HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    sockets.push(socket);
  }
  const ask = () => fetch(`${served.url}/api/v1/dump`);
  await expect.poll(async () => (await leave(await ask())).status, { timeout: 20_000 }).toBe(503);
  const linesOf = async (response: Response) =>
    response.status === 200 ? (await response.text()).trim().split("\n").length : response.status;
  await expect.poll(async () => linesOf(await ask()), { timeout: 60_000, interval: 200 }).toBe(8);
});

async function leave(response: Response): Promise<Response> {
  await response.body?.cancel();
  return response;
}
