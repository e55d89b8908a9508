/** What a worker does after each kind of failure: try again later, or put aside until a person or a new reader looks. */
const REMEDY = {
  "http-busy": "retry", //        429 or 5xx: the server may answer later
  "http-refused": "retry", //     401 or 403: often a passing block
  "http-gone": "park", //         404 or 410: asking again at once cannot help
  "http-unexpected": "park", //   any other status
  "page-gone": "park", //         200, but the page says that it is not there
  "page-blocked": "retry", //     200, but a bot check or error page: it may pass
  "net-unreachable": "retry", //  no address, no connection, broken connection
  "net-timeout": "retry", //      the total time ran out
  "net-forbidden": "park", //     an address inside the network, a scheme or port we never dial
  "robots-refused": "park", //    robots.txt says no
  "too-large": "park", //         more bytes than we take
  "too-many-redirects": "park",
  "bad-encoding": "park", //      compressed bytes that do not unpack
  "not-a-feed": "retry", //       200, but no list: often a passing error page
  "no-text": "park", //           a page in which no reader finds an article
  "reader-crashed": "park", //    the reader ran out of time or memory on this input
  "mail-refused": "park", //      SMTP 5xx about the reader or the mail
  "mail-denied": "retry", //      SMTP 5xx about us: password, sender
  "mail-unsure": "retry", //      handed over, but not answered: it may or may not go out
  "mail-busy": "retry", //        SMTP 4xx or no connection
  "webhook-refused": "retry", //  the endpoint did not answer 2xx
  "webhook-gone": "park", //      410: the endpoint asks us to stop
  "endpoint-off": "park", //      switched off by its owner or by a 410
  "database-unreachable": "retry",
  defect: "retry", //             a mistake of ours: it may depend on what else happens
  "redis-unreachable": "retry",
  "bad-setting": "park",
  "bad-catalogue": "park",
  "bad-input": "park",
  "in-use": "park", //            a port or data folder that another process holds
  "migration-refused": "park",
} as const;

/** Names every expected failure. */
export type FailureCode = keyof typeof REMEDY;

/**
 * An expected failure: the outside world did not behave, the program did.
 * Programming mistakes stay plain Errors, so that they are never mistaken for one.
 * The message says what, where and what to do.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: FailureCode;
  /** Not before this many milliseconds, where the other side said so (Retry-After). */
  readonly retryAfterMs: number | null;
  /** What the other side answered, where it answered at all. */
  readonly httpStatus: number | null;

  constructor(
    code: FailureCode,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number | null; httpStatus?: number | null },
  ) {
    super(message, options);
    this.code = code;
    this.httpStatus = options?.httpStatus ?? null;
    this.retryAfterMs = options?.retryAfterMs ?? null;
  }

  /** Whether trying the same thing again can help. */
  get remedy(): "retry" | "park" {
    return REMEDY[this.code];
  }
}
