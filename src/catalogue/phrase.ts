import { z } from "zod";
import { idSchema } from "./fields.ts";

const wordings = z.array(z.string().min(1)).default([]);

/** A stock phrase (提法) whose use, change and absence is watched. One entry of catalogue/phrases.yaml. */
export const phraseSchema = z.strictObject({
  id: idSchema,
  /** `China`, `US` or `both`. */
  side: z.enum(["China", "US", "both"]),
  variants: z.strictObject({ en: wordings, zh: wordings }),
  /** Whether its wordings are common words that count only together: all those of one language, near each other. */
  together: z.boolean().optional(),
  note: z.string().optional(),
});

export type Phrase = z.infer<typeof phraseSchema>;
