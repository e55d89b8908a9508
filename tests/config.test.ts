import { describe, expect, test } from "vitest";
import { configurationTable, readConfig, settings } from "../src/config.ts";
import { Failure } from "../src/domain/failure.ts";

/** Reads settings that are expected to be refused. */
function refusal(environment: Readonly<Record<string, string | undefined>>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof Failure && error.code === "bad-setting") return error.message;
    throw error;
  }
  throw new Error("the settings were taken");
}

describe("settings", () => {
  test("may all be left out", () => {
    expect(readConfig({})).toMatchObject({
      PARLEY_DATA: ".parley",
      PARLEY_HOST: "127.0.0.1",
      PARLEY_PORT: 4750,
      PARLEY_ALLOW_ADDRESSES: [],
      PARLEY_DIGEST_AT: "07:00",
      PARLEY_DIGEST_ZONE: "UTC",
      PARLEY_LOG_LEVEL: "info",
    });
    expect(readConfig({}).DATABASE_URL).toBeUndefined();
  });

  test.each(["", " ", "\t"])("that are set to %j count as not set", (nothing) => {
    const empty = Object.fromEntries(Object.keys(settings).map((name) => [name, nothing]));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  test("are read as what they are", () => {
    const config = readConfig({
      PARLEY_PORT: "0",
      PARLEY_ALLOW_ADDRESSES: " 127.0.0.1:8080, ,[::1]:9090 ",
      PARLEY_PROXIES: "10.0.0.0/8, 192.0.2.7,2001:db8::/32,::1",
      DATABASE_URL: "postgresql://reader@db.example/parley",
    });
    expect(config.PARLEY_PROXIES).toEqual(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::1"]);
    expect(config.PARLEY_PORT).toBe(0);
    expect(config.PARLEY_ALLOW_ADDRESSES).toEqual(["127.0.0.1:8080", "[::1]:9090"]);
    expect(config.DATABASE_URL).toBe("postgresql://reader@db.example/parley");
  });

  test("that are wrong are all named at once, each with its value and what is expected", () => {
    const message = refusal({
      PARLEY_PORT: "lots",
      PARLEY_DIGEST_AT: "24:00",
      PARLEY_DIGEST_ZONE: "Mars/Olympus",
      PARLEY_LOG_LEVEL: "loud",
      PARLEY_DIGEST_TO: "nobody",
      PARLEY_PROXIES: "10.0.0.0/8,proxy.example",
    });
    expect(message.split("\n")).toHaveLength(7);
    expect(message).toContain('PARLEY_PROXIES is "10.0.0.0/8,proxy.example": expected addresses such as 10.0.0.5');
    expect(message).toContain('PARLEY_PORT is "lots"');
    expect(message).toContain('PARLEY_DIGEST_AT is "24:00": expected HH:MM from 00:00 to 23:59');
    expect(message).toContain('PARLEY_DIGEST_ZONE is "Mars/Olympus": expected an IANA time zone');
    expect(message).toContain('PARLEY_LOG_LEVEL is "loud"');
    expect(message).toContain('PARLEY_DIGEST_TO is "nobody"');
  });

  test.each([
    ["PARLEY_PORT", "65536"],
    ["PARLEY_PORT", "-1"],
    ["PARLEY_PORT", "80.5"],
    ["PARLEY_PORT", "0x50"],
    ["PARLEY_PORT", "1e3"],
    ["PARLEY_READERS", "0"],
    ["PARLEY_FETCHES", "many"],
    ["PARLEY_DIGEST_AT", "7:00"],
    ["PARLEY_SECRET_KEY", "c2hvcnQ="],
    ["DATABASE_URL", "mysql://db.example/parley"],
    ["REDIS_URL", "http://redis.example"],
    ["SMTP_URL", "mail.example"],
  ])("%s=%s is refused", (name, value) => {
    expect(refusal({ [name]: value })).toContain(name);
  });

  test.each(["DATABASE_URL", "REDIS_URL", "SMTP_URL", "PARLEY_SECRET_KEY"])(
    "that may carry a password are not repeated: %s",
    (name) => {
      const message = refusal({ [name]: "http://desk:open-sesame@host.example" });
      expect(message).toContain(`${name} (value not shown)`);
      expect(message).not.toContain("open-sesame");
    },
  );

  test("that nobody knows are a mistake when they begin with PARLEY_, and none of our business when they do not", () => {
    expect(refusal({ PARLEY_PROT: "80" })).toContain("PARLEY_PROT is no setting of Parley; did you mean PARLEY_PORT?");
    expect(refusal({ PARLEY_WEATHER_STATION: "80" })).toContain("no setting of Parley; see docs/configuration.md");
    expect(readConfig({ PATH: "/bin", PARLEY_TEST_REDIS_URL: "x", PARLEY_CORPORA: "y" })).toEqual(readConfig({}));
  });
});

test("the printed table has a row for each setting, with its default and what it does", () => {
  const rows = configurationTable().split("\n").slice(2);
  expect(rows).toHaveLength(Object.keys(settings).length);
  for (const row of rows) expect(row).toMatch(/^\| `[A-Z_]+` \| (none|`[^`]+`) \| \S.+\. *\|$/);
});
