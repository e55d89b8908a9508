import { z } from "zod";

/** Lower-case words joined by `-`; topic leaves and development types add one `.`. */
export const idSchema = z.string().regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, "expected lower-case words joined by '-'");

/** Language codes as the catalogue writes them; Parley reads `en` and `zh`, and keeps the others. */
export const languageSchema = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, "expected a language code such as en or zh");

/** An IANA time zone that this machine knows. */
export const zoneSchema = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, "expected an IANA time zone such as Asia/Shanghai");

/** `2026`, `2026-05` or `2026-05-19`: a date as precise as it is known. */
export const looseDateSchema = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, "expected YYYY, YYYY-MM or YYYY-MM-DD");

/** Where a fact comes from. */
export const evidenceSchema = z.strictObject({
  basis: z.string(),
  ref: z.string().nullable(),
});
