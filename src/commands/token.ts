import { allTokens, makeToken, revokeTokens, type Scope } from "../db/analysts/tokens.ts";
import { Failure } from "../domain/failure.ts";
import { withArchive } from "./context.ts";
import { chooseFormat, printRows, say } from "./output.ts";

/** Makes a token; it is shown this once, and only its digest is kept. */
export async function addTokenCommand(
  name: string,
  options: { readonly scope: string; readonly days?: string },
): Promise<void> {
  if (!["reader", "editor", "admin"].includes(options.scope))
    throw new Failure("bad-input", `--scope ${options.scope}: expected reader, editor or admin.`);
  const days = options.days === undefined ? null : Number(options.days);
  if (options.days !== undefined && !/^[1-9]\d{0,4}$/.test(options.days))
    throw new Failure("bad-input", `--days ${options.days}: expected a number of days from 1 to 99999.`);
  await withArchive(async ({ db, now }) => {
    const at = now();
    const token = await makeToken(
      db,
      name,
      options.scope as Scope,
      at,
      days === null ? null : new Date(at.getTime() + days * 86_400_000),
    );
    say("Shown this once:");
    console.log(token);
  });
}

/** Lists tokens by name. */
export async function tokensCommand(options: { readonly format?: string }): Promise<void> {
  await withArchive(async ({ db }) => {
    printRows(
      await allTokens(db),
      [
        { name: "name", value: ({ name }) => name },
        { name: "scope", value: ({ scope }) => scope, width: 10 },
        { name: "made", value: ({ createdAt }) => createdAt.toISOString().slice(0, 10), width: 12 },
        {
          name: "state",
          value: ({ revokedAt, expiresAt }) =>
            revokedAt ? "revoked" : expiresAt ? `until ${expiresAt.toISOString().slice(0, 10)}` : "valid",
        },
      ],
      chooseFormat(options.format),
    );
  });
}

/** Revokes the tokens of a name. */
export async function revokeTokenCommand(name: string): Promise<void> {
  await withArchive(async ({ db, now }) => {
    const count = await revokeTokens(db, name, now());
    if (count === 0)
      throw new Failure("bad-input", `${name}: no valid token of this name; parley token list shows them.`);
    say(`${count} revoked.`);
  });
}
