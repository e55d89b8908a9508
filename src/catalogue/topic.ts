import { z } from "zod";
import { idSchema } from "./fields.ts";

/**
 * Words to look for. A long last word may be a stem: `deregulat` finds "deregulation". Parts joined by ` + ` stand near one another in
 * any order, and each part may be one of several words: `two sides | both sides + cooperat`.
 */
const cueSchema = z
  .string()
  .min(1)
  .refine((cue) => cue.split(" + ").every((part) => part.split(" | ").every((words) => words.trim() !== "")), {
    error: "a cue's parts need words on both sides of + and |",
  });

const cuesSchema = z.strictObject({
  strong: z.array(cueSchema).default([]),
  weak: z.array(cueSchema).default([]),
});

/** A part of a topic. Statements are tagged with these. */
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
  nearMisses: z.array(z.string().min(1)).default([]),
});

/** A top-level topic with its leaves. One entry of catalogue/topics.yaml. */
export const topicSchema = z.strictObject({
  id: idSchema,
  label: z.string(),
  labelZh: z.string().optional(),
  definition: z.string(),
  /** Whether the talks themselves are about it: a digest quotes what is said on such topics first. */
  ofTheTalks: z.boolean().default(false),
  leaves: z.array(leafSchema).min(1),
});

/** A top-level topic of the two-level taxonomy. */
export type Topic = z.infer<typeof topicSchema>;
/** A part of a topic, which statements are tagged with. */
export type TopicLeaf = z.infer<typeof leafSchema>;
