#!/usr/bin/env -S MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072 node --single-threaded-gc --max-semi-space-size=4
import { Command, Option } from "commander";
import { addAnalystCommands } from "./commands/analyst-options.ts";
import { addArchiveCommands } from "./commands/archive-options.ts";
import { addDeliveryCommands } from "./commands/delivery-options.ts";
import { explainError } from "./commands/explain-error.ts";
import { lazily } from "./commands/lazily.ts";
import { keepNegatedTerms } from "./commands/negated-terms.ts";
import { addRecordCommands } from "./commands/record-options.ts";
import { version } from "./user-agent.ts";

const program = new Command("parley")
  .description(
    "Watches what is said about the talks on AI, keeps every statement with its evidence, and tells when something new happens.",
  )
  .version(version)
  // Else a command that lists, such as `parley endpoints`, takes the --format of its subcommands for its own.
  .enablePositionalOptions()
  // Mistakes of the command line end like all others: below, with status 2.
  .exitOverride()
  .showHelpAfterError("(parley --help lists what there is)")
  .addHelpText(
    "after",
    "\nExit status: 0 done; 1 something could not be read or is wrong; 2 the command line or a setting is wrong; 70 a defect of Parley.\nSettings are environment variables: docs/configuration.md.",
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
  .option(
    "--only <parts>",
    "poll,fetch,read,detect,match,release,correct,deliver,letter,digest,recheck,reconcile,watch,web",
  )
  .action(lazily(async () => (await import("./commands/start.ts")).startCommand));
program
  .command("demo")
  .description("recorded sources on loopback through the whole pipeline; needs no network")
  .option("--exit", "end when everything was shown")
  .option("--port <port>", "port of the pages", "4750")
  .action(lazily(async () => (await import("./commands/demo.ts")).demoCommand));
program
  .command("doctor")
  .description("say what is in use and what is wrong")
  .action(lazily(async () => (await import("./commands/doctor.ts")).doctorCommand));
program
  .command("migrate")
  .description("bring the tables of the archive up to date")
  .action(lazily(async () => (await import("./commands/migrate.ts")).migrateCommand));

program
  .command("read")
  .description("print what Parley reads from files, folders or addresses; needs no database")
  .argument("<inputs...>")
  .option("--json", "one JSON object a line")
  .option("--published <date>", "date of the document where it gives none")
  .option("--lang <lang>", "zh or en")
  .option("--source <id>", "read as a page of this source")
  .option("--url <url>", "where the one file came from")
  .action(lazily(async () => (await import("./commands/read.ts")).readCommand));
program
  .command("feed")
  .description("print what Parley reads from feeds, JSON APIs, sitemaps and listings")
  .argument("<inputs...>")
  .option("--json", "one JSON object a line")
  .option("--source <id>", "read by the rules of this source; listings need it")
  .option("--url <url>", "where the one file came from")
  .action(lazily(async () => (await import("./commands/feed.ts")).feedCommand));
program
  .command("import")
  .description("take documents into the archive (html, txt, md, eml, pdf)")
  .argument("<inputs...>")
  .option("--origin <words>", "where they come from")
  .option("--url <url>", "where the one file came from")
  .action(lazily(async () => (await import("./commands/import.ts")).importCommand));

program
  .command("search")
  .description('search statements: words, "a phrase", OR, -not, NEAR, filters; docs/query.md')
  .argument("[query...]")
  .option("--documents", "search documents instead, by title and text")
  .option("--actor <names>", "ids or names, joined by commas; with what belongs to them")
  .option("--side <sides>", "US, China, EU, UN, third")
  .option("--topic <ids>", "leaves or parents")
  .option("--since <date>", "said (documents: published) on this day or later: 2026, 2026-05 or 2026-05-19")
  .option("--until <date>", "said (documents: published) on this day or before")
  .option("--kind <kind>", "direct, mixed or indirect")
  .option("--lang <lang>", "zh or en")
  .option("--source <ids>", "what these sources published; parley sources lists them")
  .addOption(new Option("--order <order>", "what comes first").choices(["newest", "relevance"]).default("newest"))
  .option("--limit <number>", "most rows", "50")
  .addOption(format())
  .action(lazily(async () => (await import("./commands/search.ts")).searchCommand));
program
  .command("developments")
  .description("list developments, or those that meet a query, the latest first")
  .argument("[query...]")
  .option("--type <ids>", "types or their families")
  .option("--actor <names>", "ids or names, joined by commas; with what belongs to them")
  .option("--topic <ids>", "leaves or parents")
  .option("--status <status>", "new, or background for what recalls something known")
  .option("--severity <least>", "at least this: 1 commentary to 5 the state of the talks changes")
  .option("--since <date>", "detected on this day or later: 2026, 2026-05 or 2026-05-19")
  .option("--limit <number>", "most rows", "50")
  .addOption(format())
  .action(lazily(async () => (await import("./commands/developments.ts")).developmentsCommand));
addAnalystCommands(program);
addRecordCommands(program, format);
const digest = program
  .command("digest")
  .description("print the digest of a day without sending it")
  .option("--date <day>", "YYYY-MM-DD, today where left out; tells of the day up to the hour it is sent")
  .option("--to <address>", "as this subscriber gets it")
  .option("--lang <lang>", "zh or en")
  .option("--week", "the digest of the week that ends on that day")
  .option("--html", "the mail's HTML")
  .option("--print", "accepted for scripts; printing is all this command does")
  .action(lazily(async () => (await import("./commands/digest.ts")).digestCommand));
digest
  .command("send")
  .description("send the digest that was due last, or that of a day, to who has not got it yet")
  .option("--date <day>", "YYYY-MM-DD")
  .option("--to <address>", "only to this subscriber")
  .option("--week", "the digest of the week that ends on that day")
  .action(lazily(async () => (await import("./commands/digest-send.ts")).sendDigestCommand));
program
  .command("subscribers")
  .description("list who gets the digest")
  .addOption(format())
  .action(lazily(async () => (await import("./commands/digest.ts")).subscribersCommand));
program
  .command("subscribe")
  .description("ask a mail address whether it wants the digest")
  .argument("<address>")
  .option("--at <time>", "local HH:MM", "07:00")
  .option("--zone <zone>", "IANA time zone", "UTC")
  .option("--lang <lang>", "en or zh", "en")
  .option("--weekly <day>", "a digest of the week too, on this day: 1 Monday to 7 Sunday")
  .option("--no-daily", "only that of the week")
  .option("--topic <ids>", "only these topics, leaves or parents", collect)
  .option("--rule <names>", "what these rules alerted of", collect)
  .option("--watch <query>", "a search of their own, in the language of search")
  .option("--confirmed", "you know that it is wanted: nobody is asked")
  .action(lazily(async () => (await import("./commands/subscribe.ts")).subscribeCommand));
program
  .command("unsubscribe")
  .description("send a mail address nothing more")
  .argument("<address>")
  .action(lazily(async () => (await import("./commands/subscribe.ts")).unsubscribeCommand));
program
  .command("tail")
  .description("print developments as they come")
  .option("--lines <number>", "look back at so many first", "5")
  .option("--all", "background too")
  .option("--json", "one JSON object a line")
  .action(lazily(async () => (await import("./commands/tail.ts")).tailCommand));
program
  .command("mcp")
  .description("answer an assistant that speaks the Model Context Protocol, over standard input and output")
  .action(lazily(async () => (await import("./commands/mcp.ts")).mcpCommand));

addDeliveryCommands(program, format);
const rules = program
  .command("rules")
  .description("list what alerts are sent for")
  .addOption(format())
  .action(lazily(async () => (await import("./commands/rules.ts")).rulesCommand));
rules
  .command("show")
  .description("show one rule: what it asks for, its manner, where it reports, its feeds")
  .argument("<name>")
  .action(lazily(async () => (await import("./commands/rules.ts")).showRuleCommand));
const ruleOptions = (command: Command) =>
  command
    .option("--about <what>", "developments or statements", "developments")
    .option("--quiet <hours>", "local hours in which it keeps still, such as 22:00-07:00")
    .option("--zone <zone>", "IANA time zone of the quiet hours", "UTC")
    .option("--cooldown <minutes>", "least time between two alerts on one thread", "0")
    .option("--urgent <severity>", "from this severity nothing waits")
    .option(
      "--batch-after <alerts>",
      "so many within ten minutes go out one by one, the rest together; 0 for never (10)",
    )
    .option("--days <number>", "how far back it is tried", "90");
ruleOptions(
  rules
    .command("add")
    .description("try a rule on the past, then keep it, or change the one of this name")
    .argument("<name>")
    .argument("[query...]", "in the language of search: docs/query.md")
    .requiredOption("--to <endpoints>", "names of endpoints", collect),
).action(lazily(async () => (await import("./commands/rules.ts")).addRuleCommand));
ruleOptions(
  rules
    .command("test")
    .description("say what a rule would have sent, without keeping it")
    .argument("[query...]", "in the language of search: docs/query.md")
    .addOption(format()),
).action(lazily(async () => (await import("./commands/rules.ts")).testRuleCommand));
rules
  .command("off")
  .description("switch a rule off")
  .argument("<name>")
  .action(lazily(async () => (await import("./commands/rules.ts")).switchOffCommand));
rules
  .command("on")
  .description("switch a rule on")
  .argument("<name>")
  .action(lazily(async () => (await import("./commands/rules.ts")).switchOnCommand));

const sources = program
  .command("sources")
  .description("list the places that are watched, with their health where the archive runs")
  .option("--find <words>", "only entries that contain this")
  .option("--problems", "only those with something wrong")
  .addOption(format())
  .action(lazily(async () => (await import("./commands/sources.ts")).sourcesCommand));
sources
  .command("show")
  .description("show one source: its entry, its health, its last polls, what became of its entries")
  .argument("<id>")
  .action(lazily(async () => (await import("./commands/sources.ts")).showSourceCommand));
sources
  .command("check")
  .description("show what a source yields now, and save it as a test page")
  .argument("<id>")
  .option("--save <folder>", "where to save; check-ID where left out")
  .option("--items <number>", "most entries that are shown", "10")
  .action(lazily(async () => (await import("./commands/sources-check.ts")).checkSourceCommand));
sources
  .command("add")
  .description("find the feeds of a site and add the best to your catalogue folder")
  .argument("<url>", "the feed, or a page of the site")
  .option("--pick <number>", "which of the lists that are found", "1")
  .option("--id <id>")
  .option("--actor <id>", "who publishes there; parley actors lists them")
  .option("--class <class>")
  .option("--every <interval>", "how often it is looked at", "1h")
  .option("--dry-run", "print the entry and write nothing")
  .action(lazily(async () => (await import("./commands/sources-add.ts")).addSourceCommand));
sources
  .command("import")
  .description("add the feeds of a subscription list (OPML) to your catalogue folder")
  .argument("<file>")
  .option("--actor <id>", "who publishes all of them")
  .option("--class <class>")
  .option("--every <interval>", "how often they are looked at", "1h")
  .option("--dry-run", "print the entries and write nothing")
  .action(lazily(async () => (await import("./commands/sources-opml.ts")).importOpmlCommand));
sources
  .command("export")
  .description("print the feeds of the catalogue as a subscription list (OPML)")
  .option("--opml", "accepted for scripts; OPML is all it prints")
  .action(lazily(async () => (await import("./commands/sources-opml.ts")).exportOpmlCommand));
const actors = program
  .command("actors")
  .description("list who can speak, or who speaks in the archive and is not known")
  .option("--find <words>", "only entries that contain this")
  .option("--unknown", "names that speak in the archive and are no actor yet, the most frequent first")
  .option("--since <date>", "with --unknown: only what was read since then")
  .option("--at-least <number>", "with --unknown: only who spoke so often (2)")
  .option("--limit <number>", "with --unknown: most rows (100)")
  .addOption(format())
  .action(lazily(async () => (await import("./commands/catalogue.ts")).actorsCommand));
actors
  .command("show")
  .description("show one actor: its entry, with names, offices and where they are known from")
  .argument("<id>")
  .action(lazily(async () => (await import("./commands/catalogue.ts")).showActorCommand));
const topics = program
  .command("topics")
  .description("list the topics")
  .option("--find <words>", "only entries that contain this")
  .addOption(format())
  .action(lazily(async () => (await import("./commands/catalogue.ts")).topicsCommand));
topics
  .command("show")
  .description("show one topic, leaf or parent: its entry, with the words it is found by")
  .argument("<id>")
  .action(lazily(async () => (await import("./commands/catalogue.ts")).showTopicCommand));

program
  .command("replay")
  .description("run a stage again over the archive")
  .argument("<stage>", "read or detect")
  .option("--since <date>")
  .option("--until <date>", "up to and with this day")
  .option("--moved", "with read: run nothing, show what the newer reader read differently in that time")
  .option("--limit <number>", "with --moved: most rows (100)")
  .addOption(format())
  .action(lazily(async () => (await import("./commands/replay.ts")).replayCommand));
program
  .command("verify")
  .description("check hashes, spans and seals of the archive, or a bundle of evidence or a dump without one")
  .argument(
    "[what]",
    "the id of one document, a file that export --evidence wrote, or a folder that export --all wrote",
  )
  .action(lazily(async () => (await import("./commands/verify.ts")).verifyCommand));
addArchiveCommands(program, format);
program
  .command("docs", { hidden: true })
  .description("print the pages of docs/ that come from code")
  .action(lazily(async () => (await import("./commands/docs.ts")).docsCommand));

// A reader such as `head` that has seen enough closes the pipe: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

function explain(error: unknown): number {
  const details = ["debug", "trace"].includes(process.env.PARLEY_LOG_LEVEL ?? "");
  const { says, exitCode } = explainError(error, { details });
  if (says !== null) process.stderr.write(`${says}\n`);
  return exitCode;
}

// What nobody awaited: the state is unknown, so the process ends.
process.on("uncaughtException", (error) => process.exit(explain(error)));

try {
  await program.parseAsync(keepNegatedTerms(program, process.argv.slice(2)), { from: "user" });
} catch (error) {
  process.exitCode = explain(error);
}
