import { z } from "zod";
import { idSchema, looseDateSchema } from "./fields.ts";

/** Something that is known to have happened, so that a text that recounts it is background. One entry of catalogue/events.yaml. */
export const knownEventSchema = z.strictObject({
  id: idSchema,
  date: looseDateSchema,
  end: looseDateSchema.nullable(),
  precision: z.enum(["day", "month", "year"]),
  type: idSchema,
  title: z.string(),
  actors: z.array(idSchema),
  topics: z.array(idSchema),
  sources: z.array(z.string()),
  basis: z.string(),
  note: z.string().nullable(),
});

export type KnownEvent = z.infer<typeof knownEventSchema>;
