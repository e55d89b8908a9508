import { z } from "zod";
import { idSchema } from "./fields.ts";

const severity = z.literal([1, 2, 3, 4, 5]);

/** Words to look for; `…` stands for a gap of a few words (将于…举行). */
const cues = z.array(z.string().min(1)).default([]);

/** A kind of thing that can happen in the talks. One entry of catalogue/development-types.yaml. */
export const developmentTypeSchema = z.strictObject({
  id: idSchema,
  label: z.string(),
  labelZh: z.string().optional(),
  definition: z.string(),
  notThis: z.string().optional(),
  /** Severity when an official or a document says it. */
  severity,
  /** Severity when an expert or the press says it, where it differs. */
  expertSeverity: severity.optional(),
  cues: z.strictObject({ en: cues, zh: cues }),
  example: z.string().optional(),
});

export type DevelopmentType = z.infer<typeof developmentTypeSchema>;
