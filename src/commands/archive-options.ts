import { type Command, Option } from "commander";
import { lazily } from "./lazily.ts";

/** Adds the commands by which the archive is taken away or opened to others: export, backup, restore, grant-analyst, token. */
export function addArchiveCommands(program: Command, format: () => Option): void {
  program
    .command("export")
    .description("write the statements that meet a query, the evidence of one development, or all")
    .argument("[query...]")
    .option(
      "--evidence <development>",
      "one self-checking bundle: bytes, headers, hashes, spans, difference, rules, deliveries",
    )
    .option("--all <folder>", "every documented view as a file of its own, as of one moment, with their hashes")
    .addOption(
      new Option("--format <form>", "CSV is safe to open in a spreadsheet")
        .choices(["csv", "ndjson", "parquet"])
        .default("ndjson"),
    )
    .option("--out <file>", "standard output where left out")
    .action(lazily(async () => (await import("./export.ts")).exportCommand));
  program
    .command("backup")
    .description("write the whole archive into one file, while Parley may run")
    .argument("<file>")
    .option("--force", "write over a file that is there already")
    .action(lazily(async () => (await import("./backup.ts")).backupCommand));
  program
    .command("restore")
    .description("put a backup into a database that holds no archive yet")
    .argument("<file>")
    .option("--resume", "send what waited to be sent: only where nothing was sent after the backup")
    .action(lazily(async () => (await import("./backup.ts")).restoreCommand));
  program
    .command("grant-analyst")
    .description("make a read-only role for SQL over the views; docs/data-dictionary.md")
    .argument("<name>")
    .action(lazily(async () => (await import("./grant-analyst.ts")).grantAnalystCommand));
  const token = program.command("token").description("tokens for a server that is open to others");
  token
    .command("list")
    .description("list tokens")
    .addOption(format())
    .action(lazily(async () => (await import("./token.ts")).tokensCommand));
  token
    .command("add")
    .description("make a token; it is shown once")
    .argument("<name>")
    .option("--scope <scope>", "reader, editor or admin", "reader")
    .option("--days <number>", "how long it is valid")
    .action(lazily(async () => (await import("./token.ts")).addTokenCommand));
  token
    .command("revoke")
    .description("revoke the tokens of a name")
    .argument("<name>")
    .action(lazily(async () => (await import("./token.ts")).revokeTokenCommand));
}
