import { join } from "node:path";
import { layouts } from "../site/layouts.ts";
import type { Site } from "../site/site.ts";
import type { Archive } from "./archive.ts";
import type { BenchSource } from "./overlay.ts";

/** What a run is made of. */
export type Scale = { readonly feeds: number; readonly items: number; readonly hosts: number };

/** Everything that the parts of one run share. */
export type Setup = {
  readonly folder: string;
  readonly scale: Scale;
  readonly site: Site;
  readonly archive: Archive;
  /** Environment of every process of Parley that is measured. */
  readonly env: Readonly<Record<string, string>>;
};

/** Makes the environment: the defaults, but for what a loopback server needs. */
export function environmentFor(folder: string, ports: readonly number[], redisUrl: string | null) {
  return {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "/",
    ...(process.env.NODE_OPTIONS ? { NODE_OPTIONS: process.env.NODE_OPTIONS } : {}),
    PARLEY_DATA: join(folder, "data"),
    PARLEY_CATALOGUE: join(folder, "catalogue"),
    PARLEY_ALLOW_ADDRESSES: ports.map((port) => `127.0.0.1:${port}`).join(","),
    // All feeds stand on one machine, so the pause between two requests to one host would be all that is measured.
    PARLEY_HOST_GAP_MS: "0",
    PARLEY_LOG_LEVEL: "warn",
    PARLEY_PORT: "0",
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
  };
}

/** Lists the sources of the loopback server: layouts in turn, every second one with selectors. Polled every 60 days, that is once. */
export function sourcesOf({ feeds }: Scale, ports: readonly number[]): readonly BenchSource[] {
  return Array.from({ length: feeds }, (_, feed) => ({
    feed: String(feed),
    port: ports[feed % ports.length] ?? 0,
    layout: Math.floor(feed / layouts.length) % 2 === 0 ? feed % layouts.length : null,
    every: "60d",
  }));
}
