import { type Command, Option } from "commander";
import { lazily } from "./lazily.ts";

/** Adds the commands about what is kept beside statements and developments: meetings, commitments, phrases. */
export function addRecordCommands(program: Command, format: () => Option): void {
  const meetings = program
    .command("meetings")
    .description("list meetings of which an official account is known, the latest first")
    .option("--limit <number>", "most rows", "50")
    .addOption(format())
    .action(lazily(async () => (await import("./records.ts")).meetingsCommand));
  meetings
    .command("show")
    .description("show one meeting, account by account and topic by topic")
    .argument("<id>")
    .action(lazily(async () => (await import("./records.ts")).showMeetingCommand));
  const commitments = program
    .command("commitments")
    .description("list what actors undertook to do and how it stands, the latest first")
    .addOption(new Option("--state <state>", "only those that stand so").choices(["open", "met", "missed"]))
    .option("--limit <number>", "most rows", "50")
    .addOption(format())
    .action(lazily(async () => (await import("./records.ts")).commitmentsCommand));
  commitments
    .command("show")
    .description("show one commitment with its words and each later text that tells of it")
    .argument("<id>")
    .action(lazily(async () => (await import("./records.ts")).showCommitmentCommand));
  const phrases = program
    .command("phrases")
    .description("list the stock phrases that were used, the one used last first")
    .addOption(format())
    .action(lazily(async () => (await import("./records.ts")).phrasesCommand));
  phrases
    .command("show")
    .description("show one phrase: who uses it in which texts since when, and the latest places")
    .argument("<id>")
    .option("--limit <number>", "most places", "50")
    .action(lazily(async () => (await import("./records.ts")).showPhraseCommand));
}
