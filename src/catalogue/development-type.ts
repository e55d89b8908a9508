import { z } from "zod";
import { idSchema } from "./fields.ts";

const severity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

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
  cues: z.strictObject({ en: z.array(z.string()).default([]), zh: z.array(z.string()).default([]) }),
  example: z.string().optional(),
});

export type DevelopmentType = z.infer<typeof developmentTypeSchema>;
