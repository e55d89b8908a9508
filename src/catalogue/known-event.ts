import { z } from "zod";
import { idSchema, looseDateSchema } from "./fields.ts";

/** Something that is known to have happened, so that a text that recounts it is background. One entry of catalogue/events.yaml. */
export const knownEventSchema = z.strictObject({
  id: idSchema,
  date: looseDateSchema,
  /** Last day of something that lasted; null when it was over the same day. */
  end: looseDateSchema.nullable(),
  precision: z.enum(["day", "month", "year"]),
  type: idSchema,
  title: z.string(),
  actors: z.array(idSchema),
  topics: z.array(idSchema),
  /** Addresses or descriptions of where it was read. */
  sources: z.array(z.string().min(1)),
  basis: z.string().min(1),
  note: z.string().nullable(),
});

export type KnownEvent = z.infer<typeof knownEventSchema>;
