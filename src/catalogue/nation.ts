import { z } from "zod";
import { idSchema } from "./fields.ts";

const words = z.array(z.string().trim().min(1).max(60));

/** How texts name a state. One entry of catalogue/nations.yaml. */
export const nationSchema = z.strictObject({
  /** Of the actor, where the state is one of the catalogue. */
  id: idSchema,
  names: words.min(1),
  adjectives: words.default([]),
  /** Cities whose datelines and seats tell the state. */
  cities: words.default([]),
  chinese: words.default([]),
});

/** How texts name a state: names, adjectives, cities that stand for it, Chinese names. */
export type Nation = z.infer<typeof nationSchema>;
