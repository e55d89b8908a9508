import { z } from "zod";

/** Lower-case words joined by `-`; topic leaves and development types add one `.`. */
export const idSchema = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, "expected lower-case words joined by '-'");

/** Tells whether a text could be an id of the catalogue; what cannot names nothing. */
export function isCatalogueId(text: string): boolean {
  return idSchema.safeParse(text).success;
}

/** Language codes as the catalogue writes them; Parley reads `en` and `zh`, and keeps the others. */
export const languageSchema = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, "expected a language code such as en or zh");

/** Tells whether this machine knows a time zone by that IANA name. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^(UTC|[A-Za-z_]+(\/[A-Za-z_+-]+)+)$/.test(name);
  } catch {
    return false;
  }
}

/** An IANA time zone that this machine knows. */
export const zoneSchema = z.string().refine(isZone, "expected an IANA time zone such as Asia/Shanghai");

/** Tells whether `2026`, `2026-05` or `2026-05-19` names a year, month or day that exists. */
export function isLooseDate(text: string): boolean {
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text)) return false;
  const full = `${text}-01-01`.slice(0, 10);
  const instant = new Date(`${full}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(full);
}

/**
 * `2026`, `2026-05` or `2026-05-19`: a date as precise as it is known.
 * A bare year is a number in YAML, and is taken as the year it looks like.
 */
export const looseDateSchema = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  z.string().refine(isLooseDate, "expected a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD"),
);

/** Which side of the talks somebody stands on. */
export const blocSchema = z
  .string()
  .refine((bloc) => ["US", "China", "EU", "UN", "third"].includes(bloc), "expected US, China, EU, UN or third");

/**
 * Where a fact comes from. Written short: `seed 001` is basis `seed`, ref `001`;
 * `background-unverified` alone has no ref.
 */
export const evidenceSchema = z.preprocess(
  (value) => {
    if (typeof value !== "string") return value;
    const [basis, ...ref] = value.split(" ");
    return { basis, ref: ref.length > 0 ? ref.join(" ") : null };
  },
  z.strictObject({
    basis: z.string().regex(/^[a-z][a-z-]*$/, "expected a word such as stored-page, then where it was seen"),
    ref: z.string().min(1).nullable(),
  }),
);
