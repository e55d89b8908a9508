import { readFileSync } from "node:fs";
import { shipped } from "./paths.ts";

/** The version of this Parley, from its package.json. */
export const version: string = (JSON.parse(readFileSync(shipped("package.json"), "utf8")) as { version: string })
  .version;

/** Says honestly who asks, and whom to write to. */
export function userAgent(contact: string): string {
  return `Parley/${version} (+${contact})`;
}
