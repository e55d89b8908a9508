import { ANALYST_SECONDS } from "./analysts.ts";
import { views } from "./views.ts";
import { workedQueries } from "./worked-queries.ts";

/** Prints docs/data-dictionary.md. */
export function dataDictionary(): string {
  const tables = views.map(
    ({ name, says, columns }) => `### parley.${name}

${says}

| column | type | what it says |
|---|---|---|
${columns.map(([column, type, about]) => `| \`${column}\` | ${type} | ${about.replaceAll("|", "\\|")} |`).join("\n")}
`,
  );
  return `# Data dictionary

What analysts can read with SQL: the views in the schema \`parley\`. \`parley grant-analyst NAME\` makes a role that reads them and nothing else; the
command prints how to connect. A question may run for ${ANALYST_SECONDS} seconds. Columns are added at the end of a view and never change their meaning; the
tables in the schema \`public\` are Parley's own and may change with any release.

Who is told stays out, of the views and of \`parley export --all\`, which writes them as files: addresses of endpoints and subscribers, secrets, and what
stands in digests. So do the tables that are made from others and can be made anew: indexes, tallies, families of copies.

Unknown is null, never a guess. Statements are those of the version that counts today; \`parley.versions\` has every text there ever was.

This page is printed from \`src/db/analysts/views.ts\` by \`npm run docs:print\`; a test compares it with the database and runs the queries below.

## Views

${tables.join("\n")}
## Ten questions, answered

${workedQueries.map(({ asks, sql }) => `**${asks}**\n\n\`\`\`sql\n${sql}\n\`\`\`\n`).join("\n")}`;
}
