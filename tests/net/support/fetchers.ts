import { onTestFinished } from "vitest";
import { createFetcher, type Fetcher, type FetcherOptions } from "../../../src/net/fetcher.ts";
import type { Loopback } from "./loopback.ts";

/** Makes a fetcher for a test: without pause between requests, allowed to dial these servers, closed at the end. */
export function fetcherFor(servers: readonly Loopback[], options: Partial<FetcherOptions> = {}): Fetcher {
  const fetcher = createFetcher({
    userAgent: "Parley/0.1 (test)",
    allowAddresses: servers.map((server) => server.host),
    perHostGapMs: 0,
    timeoutMs: 5_000,
    ...options,
  });
  onTestFinished(() => fetcher.close());
  return fetcher;
}
