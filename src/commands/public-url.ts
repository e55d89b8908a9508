import type { Config } from "../config.ts";

/** Gives the address that links to our pages begin with, without a slash at the end. */
export function publicUrlOf(config: Pick<Config, "PARLEY_PUBLIC_URL" | "PARLEY_HOST" | "PARLEY_PORT">): string {
  return (config.PARLEY_PUBLIC_URL ?? `http://${config.PARLEY_HOST}:${config.PARLEY_PORT}`).replace(/\/+$/, "");
}
