import { createServer } from "node:net";
import { Failure } from "../../domain/failure.ts";

/** Says why a port cannot be listened on, and what to do; the same words wherever it is found out. */
export function portFailure(error: NodeJS.ErrnoException, host: string, port: number): Failure {
  if (error.code === "EADDRINUSE") {
    return new Failure(
      "in-use",
      `Port ${port} of ${host} is taken, by a running Parley or another program. Stop it, or choose another port with PARLEY_PORT.`,
      { cause: error },
    );
  }
  if (error.code === "EACCES") {
    return new Failure("bad-setting", `Port ${port} of ${host} is not allowed for this user; choose one above 1023.`, {
      cause: error,
    });
  }
  return new Failure(
    "bad-setting",
    `Cannot listen on ${host}:${port} (${error.code ?? error.message}). Correct PARLEY_HOST or PARLEY_PORT.`,
    { cause: error },
  );
}

/**
 * Makes sure that a port can be listened on, so that nothing is made before that is known.
 *
 * @param port - 0 is always free.
 * @throws {Failure} `in-use` or `bad-setting`.
 */
export async function checkPort(host: string, port: number): Promise<void> {
  await new Promise<void>((done, fail) => {
    const probe = createServer();
    probe.once("error", (error) => fail(portFailure(error, host, port)));
    probe.listen(port, host, () => probe.close(() => done()));
  });
}
