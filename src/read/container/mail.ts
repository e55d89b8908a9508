import PostalMime, { type Email } from "postal-mime";
import type { Fetched } from "../../domain/fetched.ts";
import type { Problem } from "../../domain/problem.ts";
import { oneLine } from "../text/plain-text.ts";
import type { OpenedMail } from "./opened.ts";

/** A newsletter has a few dozen parts, three deep; more is hostile. */
const DEEPEST = 30;
const LONGEST_BYTES = 30_000_000;
const MOST_PARTS = 1000;

/** Takes a mail apart (RFC 5322, RFC 2045 to 2049, RFC 2231). Never throws for what the bytes hold. */
export async function openMail({ bytes, url }: Fetched): Promise<OpenedMail> {
  if (bytes.byteLength > LONGEST_BYTES)
    return failed(
      "too-large",
      `${url} has ${bytes.byteLength} bytes; mails of more than ${LONGEST_BYTES} are not read.`,
    );
  if (hasMoreParts(bytes))
    return failed("bad-mail", `${url} has more than ${MOST_PARTS} parts; save its text as .txt or .html.`);
  try {
    const mail = await PostalMime.parse(bytes, { maxNestingDepth: DEEPEST, attachmentEncoding: "arraybuffer" });
    const { subject, from, html, text } = mail;
    return {
      kind: "mail",
      subject: oneLine(subject),
      from: oneLine(from?.name) ?? oneLine(from?.address),
      date: mail.headers.find(({ key }) => key === "date")?.value ?? null,
      html: html?.trim() ? html : null,
      text: text?.trim() ? text : null,
      problems: leftOut(mail, url),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed("bad-mail", `${url} is no mail that can be taken apart (${why}); save its text as .txt or .html.`);
  }
}

/** Counts lines that may begin a part. */
function hasMoreParts(bytes: Uint8Array): boolean {
  const mail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = mail.indexOf("\n--"); at >= 0; at = mail.indexOf("\n--", at + 1)) if (++count > MOST_PARTS) return true;
  return false;
}

function failed(code: string, message: string): OpenedMail {
  return { kind: "mail", subject: null, from: null, date: null, html: null, text: null, problems: [{ code, message }] };
}

/** Names the documents that came with a mail: each may be the publication itself. */
function leftOut({ attachments }: Email, url: string): Problem[] {
  const documents = attachments.filter(
    ({ mimeType, related }) => !related && /pdf|msword|officedocument|opendocument|rtf/i.test(mimeType ?? ""),
  );
  if (documents.length === 0) return [];
  const names = documents.map(({ filename }) => oneLine(filename) ?? "a file without a name").join(", ");
  return [
    { code: "attachment", message: `${url} came with ${names}, which was not read; save it and import it by itself.` },
  ];
}
