import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import type { SMTPServerOptions } from "smtp-server";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Failure } from "../../src/domain/failure.ts";
import { createMailer, type Mail } from "../../src/net/mail.ts";
import { readSmtpUrl } from "../../src/net/smtp-settings.ts";
import { refusing, smtp } from "./support/smtp.ts";

const mail: Mail = {
  to: "reader@example.org",
  subject: "3 new developments – 三",
  html: "<p>Hello</p>",
  text: "Hello",
  messageId: "<digest-17@parley.example>",
  date: new Date("2026-03-03T07:00:00Z"),
  headers: {
    "List-Unsubscribe": "<https://parley.example/u/1>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  },
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "parley-mail-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const mailerAt = (smtpUrl: string) =>
  createMailer({ smtpUrl, mailDir: "/nowhere", from: "Parley <parley@example.org>" });

describe("by SMTP", () => {
  test("a mail arrives once, with its own id, date and headers", async () => {
    const server = await smtp();
    const sent = await mailerAt(server.url).send(mail);
    expect(sent).toMatchObject({ answer: expect.stringContaining("250"), path: null });
    expect(server.mails).toHaveLength(1);
    const raw = server.mails[0]?.raw ?? "";
    expect(server.mails[0]?.to).toEqual(["reader@example.org"]);
    for (const line of [
      "From: Parley <parley@example.org>",
      "To: reader@example.org",
      "Message-ID: <digest-17@parley.example>",
      "Date: Tue, 03 Mar 2026 07:00:00 +0000",
      "List-Unsubscribe: <https://parley.example/u/1>",
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]) {
      expect(raw).toContain(`${line}\r\n`);
    }
  });

  test.each([
    [
      "the sender",
      { onMailFrom: (_a: unknown, _s: unknown, done: (e: Error) => void) => done(refusing(550)) },
      "mail-denied",
    ],
    [
      "the reader",
      { onRcptTo: (_a: unknown, _s: unknown, done: (e: Error) => void) => done(refusing(550)) },
      "mail-refused",
    ],
    [
      "the mail",
      {
        onData: (stream: NodeJS.ReadableStream, _s: unknown, done: (e: Error) => void) =>
          stream.resume().on("end", () => done(refusing(554))),
      },
      "mail-refused",
    ],
    [
      "the reader for now",
      { onRcptTo: (_a: unknown, _s: unknown, done: (e: Error) => void) => done(refusing(451)) },
      "mail-busy",
    ],
    [
      "the connection for now",
      { onConnect: (_s: unknown, done: (e: Error) => void) => done(refusing(421)) },
      "mail-busy",
    ],
  ])("a server that refuses %s makes the failure that fits", async (_title, options, code) => {
    const server = await smtp(options as SMTPServerOptions);
    await expect(mailerAt(server.url).send(mail)).rejects.toMatchObject({ name: "Failure", code });
    expect(server.mails).toEqual([]);
  });

  test.each([
    ["in brackets", "550 5.1.1 <Reader.Of@Example.org>: Recipient address rejected"],
    ["by its name alone", "550 User READER.OF unknown in virtual mailbox table"],
    ["as an answering path", "550 reader.of=example.org@bounce.example.org is not local"],
  ])("a refusal that repeats the reader %s is told without the reader", async (_title, words) => {
    const refusal = Object.assign(new Error(words), { responseCode: 550 });
    const server = await smtp({ onRcptTo: (_address, _session, done) => done(refusal) });
    const failure = await mailerAt(server.url)
      .send({ ...mail, to: "reader.of@example.org" })
      .then(
        () => null,
        (error: unknown) => error as Failure,
      );
    expect(failure).toMatchObject({ code: "mail-refused", message: expect.stringContaining("550") });
    expect(`${failure?.message}${inspect(failure)}`).not.toMatch(/reader\.of/i);
  });

  test("a wrong password is named as such, and never shown", async () => {
    const server = await smtp({ authOptional: false, onAuth: (_auth, _session, done) => done(refusing(535)) });
    const url = server.url.replace("smtp://", "smtp://me:hunter2@");
    await expect(mailerAt(url).send(mail)).rejects.toMatchObject({
      code: "mail-denied",
      message: expect.toSatisfy((text: string) => text.includes("SMTP_URL") && !text.includes("hunter2")),
    });
  });

  test("a server that is not there is busy; of one that leaves after it was given the mail nobody knows", async () => {
    await expect(mailerAt("smtp://127.0.0.1:1").send(mail)).rejects.toMatchObject({
      code: "mail-busy",
      remedy: "retry",
    });
    const server = await smtp({ onData: (stream) => void stream.once("data", () => server.drop()) });
    await expect(mailerAt(server.url).send(mail)).rejects.toMatchObject({ code: "mail-unsure", remedy: "retry" });
  });

  test("a mail that is about to leave says so: after the server asked for it, before its first byte", async () => {
    const order: string[] = [];
    const server = await smtp({
      onRcptTo: (_address, _session, done) => {
        order.push("recipient");
        done();
      },
      onData: (stream, _session, done) => {
        stream.once("data", () => order.push("first byte"));
        stream.on("end", done);
      },
    });
    const onHanding = async () => void order.push("handing");
    await mailerAt(server.url).send({ ...mail, onHanding });
    expect(order).toEqual(["recipient", "handing", "first byte"]);
    const refuser = await smtp({ onRcptTo: (_address, _session, done) => done(refusing(550)) });
    const refused = mailerAt(refuser.url).send({ ...mail, onHanding });
    await expect(refused).rejects.toMatchObject({ code: "mail-refused" });
    expect(order.filter((step) => step === "handing")).toHaveLength(1);
  });

  test("a mail signed with DKIM has one-click unsubscription under its signature", async () => {
    const server = await smtp();
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2_048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const dkim = { domain: "example.org", selector: "parley", privateKey };
    const mailer = createMailer({
      smtpUrl: server.url,
      mailDir: "/nowhere",
      from: "Parley <parley@example.org>",
      dkim,
    });
    await mailer.send(mail);
    const signature =
      /^DKIM-Signature:(?:.|\r\n[ \t])*/m.exec(server.mails[0]?.raw ?? "")?.[0].replace(/\s+/g, "") ?? "";
    expect(signature).toContain("d=example.org;");
    expect(signature).toContain("s=parley;");
    expect(/;h=([^;]+);/.exec(signature)?.[1]?.toLowerCase().split(":")).toEqual(
      expect.arrayContaining(["from", "to", "subject", "date", "list-unsubscribe", "list-unsubscribe-post"]),
    );
  });
});

describe("crafted text", () => {
  test("in a subject or header makes no header of its own", async () => {
    const server = await smtp();
    const evil = "Hi\r\nBcc: victim@example.net\r\n\r\nbody\u2028X: 1";
    await mailerAt(server.url).send({ ...mail, subject: evil, headers: { "X-Topic": evil } });
    expect(server.mails[0]?.to).toEqual(["reader@example.org"]);
    const head = server.mails[0]?.raw.split("\r\n\r\n")[0] ?? "";
    expect(head).not.toMatch(/^(Bcc|X):/m);
  });

  test.each(["a@b, c@d", "a@b\r\nBcc: c@d", "Name <a@b>", "a b@c", "a@b@c", "group:a@b;", '"x"@y', ""])(
    "as the address %j is refused",
    async (to) => {
      const server = await smtp();
      await expect(mailerAt(server.url).send({ ...mail, to })).rejects.toMatchObject({ code: "bad-input" });
      expect(server.mails).toEqual([]);
    },
  );

  test("as message id or header name is refused", async () => {
    const mailer = createMailer({ smtpUrl: null, mailDir: folder(), from: "p@example.org" });
    await expect(mailer.send({ ...mail, messageId: "<a\r\nb@c>" })).rejects.toMatchObject({ code: "bad-input" });
    await expect(mailer.send({ ...mail, headers: { "X:\r\nBcc": "a@b" } })).rejects.toMatchObject({
      code: "bad-input",
    });
  });

  test("that looks like a file or an address is sent as text", async () => {
    const mailDir = folder();
    const { path } = await createMailer({ smtpUrl: null, mailDir, from: "p@example.org" }).send({
      ...mail,
      html: '<img src="file:///etc/passwd">',
      text: "/etc/passwd",
    });
    expect(readFileSync(path ?? "", "utf8")).not.toContain("root:");
  });
});

describe("without a mail server", () => {
  test("each mail is one file that sorts by date and has a safe name", async () => {
    const mailDir = join(folder(), "new", "outbox");
    const mailer = createMailer({ smtpUrl: null, mailDir, from: "p@example.org" });
    const first = await mailer.send(mail);
    await mailer.send(mail);
    await mailer.send({ ...mail, messageId: "<../../etc/cron.d/x@y>" });
    expect(readdirSync(mailDir).sort()).toEqual([
      "2026-03-03T07-00-00Z-digest-17-parley.example.eml",
      "2026-03-03T07-00-00Z-etc-cron.d-x-y.eml",
    ]);
    expect(first.answer).toBeNull();
    expect(readFileSync(first.path ?? "", "utf8")).toMatch(/^Message-ID: <digest-17@parley\.example>\r$/m);
  });

  test("a folder that cannot be written is told, and leaves nothing half done", async () => {
    const mailDir = folder();
    writeFileSync(join(mailDir, "file"), "");
    const mailer = createMailer({ smtpUrl: null, mailDir: join(mailDir, "file"), from: "p@example.org" });
    await expect(mailer.send(mail)).rejects.toMatchObject({ code: "mail-busy" });
    expect(readdirSync(mailDir)).toEqual(["file"]);
  });
});

describe("SMTP_URL", () => {
  test.each([
    [
      "smtp://mail.example.org",
      { host: "mail.example.org", port: 587, secure: false, requireTLS: false, auth: undefined },
    ],
    ["smtps://mail.example.org", { port: 465, secure: true }],
    ["smtp://u%40x:p%2Fw@mail.example.org:25", { port: 25, requireTLS: true, auth: { user: "u@x", pass: "p/w" } }],
    ["smtp://u:p@mail.example.org?requireTLS=false", { requireTLS: false }],
    ["smtp://u:p@127.0.0.1:2525", { requireTLS: false }],
    ["smtp://[::1]:2525", { host: "::1" }],
  ])("%s is read", (url, settings) => {
    expect(readSmtpUrl(url)).toMatchObject(settings);
  });

  test.each([
    "",
    "mail.example.org",
    "http://mail.example.org",
    "smtp://",
    "smtp://x/?sendmail=true",
    "smtp://a:%zz@x",
  ])("%j is refused without showing it", (url) => {
    expect(() => readSmtpUrl(url)).toThrow(expect.objectContaining({ code: "bad-setting" }));
  });

  test("a sender must be an address", () => {
    for (const from of ["", "Parley", "a@b, c@d"]) {
      const make = () => createMailer({ smtpUrl: null, mailDir: "x", from });
      expect(make).toThrow(expect.objectContaining({ code: "bad-setting" }));
    }
  });
});
