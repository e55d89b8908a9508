import { z } from "zod";
import { idSchema } from "./fields.ts";

const cuesSchema = z.strictObject({
  strong: z.array(z.string()).default([]),
  weak: z.array(z.string()).default([]),
});

/** A topic or, inside `leaves`, one of its parts. Statements are tagged with leaves. */
const leafSchema = z.strictObject({
  /** `parent.leaf` */
  id: idSchema,
  label: z.string(),
  labelZh: z.string().optional(),
  definition: z.string(),
  include: z.string().optional(),
  exclude: z.string().optional(),
  cues: z.strictObject({ en: cuesSchema.prefault({}), zh: cuesSchema.prefault({}) }),
  /** Words that look like a cue and are none; masked before matching, longest first. */
  nearMisses: z.array(z.string()).default([]),
});

export const topicSchema = z.strictObject({
  id: idSchema,
  label: z.string(),
  labelZh: z.string().optional(),
  definition: z.string(),
  leaves: z.array(leafSchema).min(1),
});

export type Topic = z.infer<typeof topicSchema>;
export type TopicLeaf = z.infer<typeof leafSchema>;
