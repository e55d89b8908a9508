import { Failure } from "../domain/failure.ts";
import { parseUrl } from "../domain/parse-url.ts";

/** What SMTP_URL says, in nodemailer's words. */
export type SmtpSettings = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`); else STARTTLS where the server offers it. */
  readonly secure: boolean;
  /** Refuse to go on without STARTTLS. */
  readonly requireTLS: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
};

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/;

/**
 * Reads `smtp://user:password@host:587` or `smtps://…`.
 *
 * A password leaves this machine only over TLS; `?requireTLS=false` lifts that. No other query is taken, so that an address
 * cannot switch on what the mail library could do besides SMTP.
 *
 * @throws {Failure} `bad-setting`.
 */
export function readSmtpUrl(text: string): SmtpSettings {
  const url = parseUrl(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === "" || !/^\/?$/.test(url.pathname)) {
    throw new Failure(
      "bad-setting",
      "SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host.",
    );
  }
  for (const [key, value] of url.searchParams) {
    if (key === "requireTLS" && /^(true|false)$/.test(value)) continue;
    throw new Failure("bad-setting", `SMTP_URL says ?${key}=…; only requireTLS=true or false is known there.`);
  }
  const secure = url.protocol === "smtps:";
  const auth = url.username === "" ? undefined : { user: decode(url.username), pass: decode(url.password) };
  const asked = url.searchParams.get("requireTLS");
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: asked === null ? auth !== undefined && !LOOPBACK.test(url.hostname) : asked === "true",
    auth,
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Failure("bad-setting", "SMTP_URL has a % in its user name or password that must be written %25.");
  }
}
