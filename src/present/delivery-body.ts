import { alertBody } from "./alert-body.ts";
import { type ChatFormat, chatBody } from "./alert-chat.ts";
import { alertMailBody } from "./alert-mail.ts";
import type { AlertMatter } from "./alert-matter.ts";

/** Writes an alert as an endpoint wants it. */
export function bodyFor(
  { kind, format }: { readonly kind: "webhook" | "mail"; readonly format: "parley" | ChatFormat },
  matter: AlertMatter,
): string {
  if (kind === "mail") return alertMailBody(matter);
  return format === "parley" ? alertBody(matter) : chatBody(format, matter);
}
