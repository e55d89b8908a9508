import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** What a signed link lets its holder do. */
export type LinkPurpose = "confirm" | "manage" | "unsubscribe";

/** What a link says, before anybody checked whom it belongs to. */
export type ReadLink = { readonly purpose: LinkPurpose; readonly subscriberId: number; readonly issuedAt: Date };

const PURPOSES: Readonly<Record<string, LinkPurpose>> = { c: "confirm", m: "manage", u: "unsubscribe" };

/** A question for consent is open for a week; the other links work for as long as the address is the same. */
const CONFIRM_FOR_MS = 7 * 86_400_000;

/**
 * Makes the word in a link that opens one subscriber's own pages without an account: purpose, id and time, signed with
 * HMAC-SHA256 over them and the address, so that it ends when the address changes.
 *
 * @param secretKey - The 32 bytes of this installation; the links' own key is derived from it (HKDF, RFC 5869).
 */
export function signLink(
  secretKey: Uint8Array,
  purpose: LinkPurpose,
  subscriber: { readonly id: number; readonly address: string },
  issuedAt: Date,
): string {
  const head = `${purpose.charAt(0)}${subscriber.id}.${Math.floor(issuedAt.getTime() / 1_000).toString(36)}`;
  return `${head}.${macOf(secretKey, head, subscriber.address)}`;
}

/** Reads what a link says; null when it is none of ours. It must still be checked with `isSignedFor`. */
export function readLink(word: string): ReadLink | null {
  const found = /^([cmu])([1-9]\d{0,14})\.([0-9a-z]{1,9})\.[\w-]{43}$/.exec(word);
  const purpose = PURPOSES[found?.[1] ?? ""];
  if (!found || !purpose) return null;
  const issuedAt = new Date(Number.parseInt(found[3] ?? "", 36) * 1_000);
  return { purpose, subscriberId: Number(found[2]), issuedAt };
}

/** Tells whether a link was signed here for an address and is still open. */
export function isSignedFor(secretKey: Uint8Array, word: string, address: string, now: Date): boolean {
  const link = readLink(word);
  const head = word.slice(0, word.lastIndexOf("."));
  if (!link) return false;
  const given = Buffer.from(word.slice(head.length + 1));
  const right = Buffer.from(macOf(secretKey, head, address));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
  return link.purpose !== "confirm" || now.getTime() - link.issuedAt.getTime() < CONFIRM_FOR_MS;
}

function macOf(secretKey: Uint8Array, head: string, address: string): string {
  const key = Buffer.from(hkdfSync("sha256", secretKey, "", "parley subscriber links 2", 32));
  return createHmac("sha256", key).update(`${head}\n${address.toLowerCase()}`).digest("base64url");
}
