import { grantAnalyst } from "../db/analysts/analysts.ts";
import { closeOtherDatabases, closingStatement, databasesOpenToAnalysts } from "../db/analysts/other-databases.ts";
import { withArchive } from "./context.ts";
import { say } from "./output.ts";

/** Makes a read-only role for one analyst; how to connect is printed this once. */
export async function grantAnalystCommand(name: string): Promise<void> {
  await withArchive(async ({ db, url, embedded }) => {
    const password = await grantAnalyst(db, name);
    if (embedded) await closeOtherDatabases(db);
    const open = await databasesOpenToAnalysts(db);
    const address = new URL(url);
    address.username = `analyst_${name}`;
    address.password = password;
    say("Shown this once; docs/data-dictionary.md says what can be read:");
    console.log(address.href);
    if (embedded)
      say(
        "It answers while parley start runs. The number after the colon changes when Parley's own Postgres starts anew.",
      );
    if (open.length > 0)
      say(
        `This role can also connect to ${open.join(", ")}, as everybody can, and write there. Let an administrator of that Postgres run:\n${open.map(closingStatement).join("\n")}`,
      );
  });
}
