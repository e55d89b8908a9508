import type { Command } from "commander";
import { lazily } from "./lazily.ts";

/** Adds to `parley developments` what analysts do by hand: show, confirm, dismiss, severity, merge, split. */
export function addAnalystCommands(program: Command): void {
  const listed = program.commands.find((command) => command.name() === "developments") ?? program;
  const byHand = (command: Command) =>
    command.option("--by <name>", "who decides; else the user of this machine").option("--reason <words>");
  listed
    .command("show")
    .description("print a development with its evidence, thread, conflicts and what analysts did to it")
    .argument("<id>")
    .action(lazily(async () => (await import("./analyst.ts")).showCommand));
  byHand(listed.command("confirm").description("make sure of a development; what was held back becomes news"))
    .argument("<id>")
    .action(lazily(async () => (await import("./analyst.ts")).confirmCommand));
  byHand(listed.command("dismiss").description("dismiss a development, also where its words are found again"))
    .argument("<id>")
    .action(lazily(async () => (await import("./analyst.ts")).dismissCommand));
  byHand(listed.command("severity").description("weigh a development anew, for good"))
    .argument("<id>")
    .argument("<severity>", "1 to 5")
    .action(lazily(async () => (await import("./analyst.ts")).severityCommand));
  byHand(listed.command("merge").description("lay one thread into another"))
    .argument("<thread>")
    .argument("<into>")
    .action(lazily(async () => (await import("./analyst.ts")).mergeCommand));
  byHand(listed.command("split").description("take a development out of its thread into one of its own"))
    .argument("<id>")
    .action(lazily(async () => (await import("./analyst.ts")).splitCommand));
}
