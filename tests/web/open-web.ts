import { load } from "cheerio";
import type { Database } from "../../src/db/client.ts";
import { createWeb, type WebOptions } from "../../src/web/app.tsx";
import { noon } from "../support/moments.ts";

/** Makes the web application over a database, at noon; an error fails the test unless the test takes it. */
export function openWeb(db: Database, says: Partial<WebOptions> = {}) {
  const app = createWeb({
    ...{ db, now: () => noon, version: "0.0.0-test", access: "loopback", publicUrl: null },
    report: (error) => {
      throw error;
    },
    ...says,
  });
  const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
  return {
    app,
    get,
    /** Loads a page as a browser would see its tree. */
    page: async (path: string) => {
      const response = await get(path);
      return { status: response.status, headers: response.headers, $: load(await response.text()) };
    },
    json: async (path: string) => {
      const response = await get(path);
      // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape.
      return { status: response.status, headers: response.headers, body: (await response.json()) as any };
    },
  };
}
