import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** Where a mail stands on its way: its recipient was named, all its bytes are here, it was accepted and the word of it is about to leave. */
export type MailStep = "before DATA" | "after DATA" | "before 250";

/** A real SMTP server that keeps the Message-ID of each mail it accepted. */
export type MailServer = {
  readonly url: string;
  /** One entry for each mail, in the order they were accepted. */
  readonly accepted: readonly string[];
  /** Senders that took their leave or were lost. */
  readonly left: () => number;
  readonly close: () => Promise<void>;
};

/** Starts a mail server. Before it goes on from a step it waits for what `atStep` gives; a mail that it waits for for ever is never accepted. */
export async function startMailServer(atStep: (step: MailStep) => Promise<unknown>): Promise<MailServer> {
  const accepted: string[] = [];
  let left = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onRcptTo: (_address, _session, done) => void atStep("before DATA").then(() => done()),
    onClose: () => {
      left += 1;
    },
    onData: (stream, _session, done) => {
      let raw = "";
      stream.setEncoding("utf8");
      stream.on("data", (chunk: string) => {
        raw += chunk;
      });
      stream.on("end", async () => {
        await atStep("after DATA");
        accepted.push(/^Message-ID: (\S+)/m.exec(raw)?.[1] ?? "");
        await atStep("before 250");
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    left: () => left,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
