#!/usr/bin/env node
import { Command, Option } from "commander";
import { actorsCommand, sourcesCommand, topicsCommand } from "./commands/catalogue.ts";
import { demoCommand } from "./commands/demo.ts";
import { developmentsCommand } from "./commands/developments.ts";
import { digestCommand, subscribersCommand } from "./commands/digest.ts";
import { docsCommand } from "./commands/docs.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { addEndpointCommand, endpointsCommand } from "./commands/endpoints.ts";
import { feedCommand } from "./commands/feed.ts";
import { importCommand } from "./commands/import.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { say } from "./commands/output.ts";
import { readCommand } from "./commands/read.ts";
import { replayCommand } from "./commands/replay.ts";
import { addRuleCommand, rulesCommand, switchRuleCommand } from "./commands/rules.ts";
import { searchCommand } from "./commands/search.ts";
import { startCommand } from "./commands/start.ts";
import { subscribeCommand } from "./commands/subscribe.ts";
import { addTokenCommand, revokeTokenCommand, tokensCommand } from "./commands/token.ts";
import { verifyCommand } from "./commands/verify.ts";
import { Failure } from "./domain/failure.ts";
import { version } from "./user-agent.ts";

const program = new Command("parley")
  .description(
    "Watches what is said about the talks on AI, keeps every statement with its evidence, and tells when something new happens.",
  )
  .version(version)
  .showHelpAfterError("(parley --help lists what there is)")
  .addHelpText(
    "after",
    "\nExit status: 0 done; 1 something could not be read or is wrong; 2 the command line or a setting is wrong.\nSettings are environment variables: docs/configuration.md.",
  );

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, ...value.split(",")];
const format = () =>
  new Option("--format <form>", "how rows are shown; a table on a terminal, JSON lines in a pipe").choices([
    "table",
    "json",
    "csv",
  ]);

program
  .command("start")
  .description("run the monitor: everything in one process, unless told otherwise")
  .option("--only <parts>", "poll,fetch,read,detect,match,deliver,digest,recheck,reconcile,watch,web")
  .action(startCommand);
program
  .command("demo")
  .description("recorded sources on loopback through the whole pipeline; needs no network")
  .option("--exit", "end when everything was shown")
  .option("--port <port>", "port of the pages", "4750")
  .action(demoCommand);
program.command("doctor").description("say what is in use and what is wrong").action(doctorCommand);
program.command("migrate").description("bring the tables of the archive up to date").action(migrateCommand);

program
  .command("read")
  .description("print what Parley reads from files, folders or addresses; needs no database")
  .argument("<inputs...>")
  .option("--json", "one JSON object a line")
  .option("--published <date>", "date of the document where it gives none")
  .option("--lang <lang>", "zh or en")
  .option("--source <id>", "read as a page of this source")
  .option("--url <url>", "where the one file came from")
  .action(readCommand);
program
  .command("feed")
  .description("print what Parley reads from feeds, JSON APIs, sitemaps and listings")
  .argument("<inputs...>")
  .option("--json", "one JSON object a line")
  .option("--source <id>", "read by the rules of this source; listings need it")
  .option("--url <url>", "where the one file came from")
  .action(feedCommand);
program
  .command("import")
  .description("take documents into the archive (html, txt, eml, md)")
  .argument("<inputs...>")
  .option("--origin <words>", "where they come from")
  .option("--url <url>", "where the one file came from")
  .action(importCommand);

program
  .command("search")
  .description('search statements: words, "a phrase", -not')
  .argument("[query...]")
  .option("--actor <id>")
  .option("--topic <id>", "a leaf or its parent")
  .option("--since <date>")
  .option("--until <date>")
  .option("--kind <kind>", "direct, mixed or indirect")
  .option("--lang <lang>", "zh or en")
  .option("--limit <number>", "most rows", "50")
  .addOption(format())
  .action(searchCommand);
program
  .command("developments")
  .description("list developments, the latest first")
  .option("--type <id>")
  .option("--status <status>", "new or background")
  .option("--severity <least>", "1 to 5")
  .option("--since <date>")
  .option("--limit <number>", "most rows", "50")
  .addOption(format())
  .action(developmentsCommand);
program
  .command("digest")
  .description("print the digest of a day without sending it")
  .option("--date <day>", "YYYY-MM-DD; today where left out")
  .option("--to <address>", "as this subscriber gets it")
  .option("--lang <lang>", "zh or en")
  .option("--html", "the mail's HTML")
  .option("--print", "accepted for scripts; printing is all this command does")
  .action(digestCommand);
program.command("subscribers").description("list who gets the digest").addOption(format()).action(subscribersCommand);
program
  .command("subscribe")
  .description("send the daily digest to a mail address")
  .argument("<address>")
  .option("--at <time>", "local HH:MM", "07:00")
  .option("--zone <zone>", "IANA time zone", "UTC")
  .option("--lang <lang>", "en or zh", "en")
  .action(subscribeCommand);

const endpoints = program
  .command("endpoints")
  .description("list where alerts go")
  .addOption(format())
  .action(endpointsCommand);
endpoints
  .command("add")
  .description("make an endpoint from a webhook URL or a mail address")
  .argument("<name>")
  .argument("<address>")
  .action(addEndpointCommand);
const rules = program
  .command("rules")
  .description("list what alerts are sent for")
  .addOption(format())
  .action(rulesCommand);
rules
  .command("add")
  .description("make a rule, or change the one of this name")
  .argument("<name>")
  .requiredOption("--to <endpoints>", "names of endpoints", collect)
  .option("--actor <ids>", "any of these", collect)
  .option("--bloc <blocs>", "US, China, EU, UN, third", collect)
  .option("--topic <ids>", "leaves or parents", collect)
  .option("--type <ids>", "types or their families", collect)
  .option("--words <words>", "any of these stands in it", collect)
  .option("--severity <least>", "1 to 5")
  .action(addRuleCommand);
rules
  .command("off")
  .description("switch a rule off")
  .argument("<name>")
  .action((name: string) => switchRuleCommand(name, false));
rules
  .command("on")
  .description("switch a rule on")
  .argument("<name>")
  .action((name: string) => switchRuleCommand(name, true));

for (const [name, description, action] of [
  ["sources", "list the places that are watched", sourcesCommand],
  ["actors", "list who can speak", actorsCommand],
  ["topics", "list the topics", topicsCommand],
] as const) {
  program
    .command(name)
    .description(description)
    .option("--find <words>", "only entries that contain this")
    .addOption(format())
    .action(action);
}

program
  .command("replay")
  .description("run a stage again over the archive")
  .argument("<stage>", "read or detect")
  .option("--since <date>")
  .action(replayCommand);
program
  .command("verify")
  .description("check hashes and spans of the archive")
  .argument("[document]", "the id of one document")
  .action(verifyCommand);
const token = program.command("token").description("tokens for a server that is open to others");
token.command("list").description("list tokens").addOption(format()).action(tokensCommand);
token
  .command("add")
  .description("make a token; it is shown once")
  .argument("<name>")
  .option("--scope <scope>", "reader, editor or admin", "reader")
  .option("--days <number>", "how long it is valid")
  .action(addTokenCommand);
token.command("revoke").description("revoke the tokens of a name").argument("<name>").action(revokeTokenCommand);
program
  .command("docs", { hidden: true })
  .description("print the pages of docs/ that come from code")
  .action(docsCommand);

// A reader such as `head` that has seen enough closes the pipe: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  say(error.message);
  process.exitCode = error.code === "bad-setting" || error.code === "bad-input" ? 2 : 1;
}
