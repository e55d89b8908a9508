/** Loads modules of the compiled product: its reading threads, migrations and files are found from there alone. */
export async function product() {
  const load = (path: string) => import(new URL(`../../../dist/${path}.js`, import.meta.url).href);
  return {
    ...((await load("catalogue/source")) as typeof import("../../src/catalogue/source.ts")),
    ...((await load("db/collection/catalogue")) as typeof import("../../src/db/collection/catalogue.ts")),
    ...((await load("db/client")) as typeof import("../../src/db/client.ts")),
    ...((await load("db/migrate")) as typeof import("../../src/db/migrate.ts")),
    ...((await load("db/alerts/rule-book")) as typeof import("../../src/db/alerts/rule-book.ts")),
    ...((await load("net/fetcher")) as typeof import("../../src/net/fetcher.ts")),
    ...((await load("net/mail")) as typeof import("../../src/net/mail.ts")),
    ...((await load("queues")) as typeof import("../../src/queues.ts")),
    ...((await load("paths")) as typeof import("../../src/paths.ts")),
    ...((await load("workers/first-looks")) as typeof import("../../src/workers/first-looks.ts")),
    ...((await load("workers/lanes")) as typeof import("../../src/workers/lanes.ts")),
    ...((await load("workers/reader")) as typeof import("../../src/workers/reader.ts")),
    ...((await load("workers/worker")) as typeof import("../../src/workers/worker.ts")),
  };
}
