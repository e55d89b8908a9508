import { z } from "zod";

/** Where facts about sources were seen, under a short key that source entries name. One entry of catalogue/evidence.yaml. */
export const evidenceEntrySchema = z.strictObject({
  id: z.string().regex(/^[A-Z]\d{0,3}$/, "expected a capital letter and a number, such as E12"),
  what: z.string().min(1),
  /** Month or day of the copy that was seen. */
  seen: z.string().min(1).optional(),
});

/** Tells a key of evidence.yaml from a sentence of the analyst's own. */
export function isEvidenceKey(text: string): boolean {
  return /^[A-Z]\d{0,3}$/.test(text);
}
