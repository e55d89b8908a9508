import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Ask, Tell } from "./server.ts";

/** The loopback server, in a process of its own so that its work is not counted as ours. */
export type Site = {
  readonly ports: readonly number[];
  /** Publishes the next item of the live feed; gives its number and the moment, in milliseconds since the epoch. */
  readonly publish: () => Promise<{ readonly item: number; readonly atMs: number }>;
  /** Tells of each webhook that comes in at `/hook`. */
  readonly onReceived: (listener: (body: string, atMs: number) => void) => void;
  readonly close: () => void;
};

/** Starts the server with so many hosts (ports), feeds, and items in each feed. */
export async function startSite(hosts: number, feeds: number, items: number): Promise<Site> {
  const child = fork(fileURLToPath(new URL("server.js", import.meta.url)));
  const { ports } = await ask(child, { kind: "listen", hosts, feeds, items }, "listening");
  return {
    ports,
    publish: () => ask(child, { kind: "publish" }, "published"),
    onReceived: (listener) => {
      child.on("message", (tell: Tell) => {
        if (tell.kind === "received") listener(tell.body, tell.atMs);
      });
    },
    close: () => child.disconnect(),
  };
}

function ask<K extends Tell["kind"]>(child: ChildProcess, what: Ask, wanted: K): Promise<Extract<Tell, { kind: K }>> {
  return new Promise((done) => {
    const listen = (tell: Tell) => {
      if (tell.kind !== wanted) return;
      child.off("message", listen);
      done(tell as Extract<Tell, { kind: K }>);
    };
    child.on("message", listen);
    child.send(what);
  });
}
