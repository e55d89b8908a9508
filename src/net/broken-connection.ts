import { Failure } from "../domain/failure.ts";

/** What to tell people about the errors they meet most; any other is quoted. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is not known; check the spelling",
  EAI_AGAIN: "its name could not be looked up; check this machine's DNS",
  ECONNREFUSED: "it refuses connections",
  ECONNRESET: "it broke the connection",
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "there is no route to it; check this machine's network",
  EPIPE: "it broke the connection",
  UND_ERR_SOCKET: "it broke the connection",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "it sent less than it had announced",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "it does not send its whole certificate chain; add the missing certificate as extra CA",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "its certificate comes from an unknown authority; add it as extra CA if you trust it",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

/** Turns whatever a request died of into a failure that says what, where and what to do. */
export function brokenConnection(error: unknown, where: string): Failure {
  const failure = chain(error).find((link) => link instanceof Failure);
  if (failure) return failure;
  const codes = chain(error).map(codeOf);
  const has = (pattern: RegExp) => codes.some((code) => pattern.test(code));

  if (has(/HEADERS?_OVERFLOW/))
    return new Failure("too-large", `${where} sends more headers than we take.`, { cause: error });
  if (has(/TIMEOUT|ETIMEDOUT/)) return outOfTime(where, error);
  const known = codes.map((code) => REASONS[code]).find((reason) => reason !== undefined);
  const reason = known ?? (error instanceof Error ? error.message : String(error));
  return new Failure("net-unreachable", `${where} could not be reached: ${reason}.`, { cause: error });
}

/** Makes the failure of a request whose time ran out. */
export function outOfTime(where: string, cause?: unknown): Failure {
  return new Failure("net-timeout", `${where} took too long and was given up; it is asked again later.`, { cause });
}

/** The error, what caused it, and for several attempts at once what each died of. */
function chain(error: unknown): unknown[] {
  if (!(error instanceof Error)) return [error];
  const inner = error instanceof AggregateError ? error.errors : [];
  return [error, ...inner, ...(error.cause ? chain(error.cause) : [])];
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
