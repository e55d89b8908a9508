import { setTimeout as sleep } from "node:timers/promises";
import { developmentsAfter } from "../db/developments/developments.ts";
import { idBeforeLast } from "../db/developments/latest-development.ts";
import { Failure } from "../domain/failure.ts";
import { withArchive } from "./context.ts";
import { say } from "./output.ts";
import { publicUrlOf } from "./public-url.ts";
import { untilToldToStop } from "./start.ts";

const LOOK_EVERY_MS = 1_000;

/** Prints developments as they come, until Ctrl-C; before that the last few that are here. */
export async function tailCommand(options: {
  readonly lines: string;
  readonly json?: boolean;
  readonly all?: boolean;
}): Promise<void> {
  if (!/^\d{1,4}$/.test(options.lines)) throw new Failure("bad-input", `--lines ${options.lines}: expected 0 to 9999.`);
  await withArchive(async ({ db }, config) => {
    let stopped = false;
    void untilToldToStop().then(() => {
      stopped = true;
    });
    let last = await idBeforeLast(db, Number(options.lines), { background: options.all ?? false });
    say("Waiting for developments; Ctrl-C ends.");
    while (!stopped) {
      const found = await developmentsAfter(db, last, 100);
      for (const one of found) {
        last = one.id;
        if (one.status !== "new" && !options.all) continue;
        const link = `${publicUrlOf(config)}/developments/${one.id}`;
        const mark = one.status === "new" ? "" : " background";
        process.stdout.write(
          options.json
            ? `${JSON.stringify({ ...one, url: link })}\n`
            : `[${one.severity}${mark}] ${one.type}: ${one.summary.replace(/\s+/g, " ")}\n    ${link}\n`,
        );
      }
      if (found.length < 100) await sleep(LOOK_EVERY_MS);
    }
  });
}
