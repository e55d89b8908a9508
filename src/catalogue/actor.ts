import { z } from "zod";
import { blocSchema, evidenceSchema, idSchema, looseDateSchema } from "./fields.ts";

const names = z.array(z.string().min(1));

/** An office that an actor holds or held. */
const officeSchema = z.strictObject({
  role: z.string().min(1),
  /** The office in Chinese, as it stands after its body; without it pages in Chinese show the English one. */
  roleZh: z.string().min(1).optional(),
  body: idSchema,
  /** First day, month or year in office; null when we do not know it, or when it does not begin. */
  from: looseDateSchema.nullable(),
  /** Last day, month or year in office, counted whole; null when it is held still, or when we do not know. */
  to: looseDateSchema.nullable(),
});

/** Who can speak: a state, body, organisation, person, group or document. One entry of catalogue/actors/*.yaml. */
export const actorSchema = z.strictObject({
  id: idSchema,
  type: z.enum([
    "state",
    "government-body",
    "igo",
    "think-tank",
    "company",
    "media",
    "track2",
    "person",
    "group",
    "document",
  ]),
  name: z.string().min(1),
  /** Other names in English, matched without regard to case unless `abbreviations`. */
  aliases: names.default([]),
  /** Matched with their case. */
  abbreviations: names.default([]),
  zh: names.default([]),
  /** `US`, `China`, `EU`, `UN` or `third`. */
  bloc: blocSchema,
  /** The body this one belongs to; the issuer of a document; the side a group is on. */
  parent: idSchema.nullable(),
  offices: z.array(officeSchema).default([]),
  /** When a document was issued. */
  date: looseDateSchema.nullable().optional(),
  evidence: z.array(evidenceSchema).default([]),
  /** What a reader must beware of when matching the names. */
  ambiguity: z.string().optional(),
});

export type Actor = z.infer<typeof actorSchema>;
export type Office = z.infer<typeof officeSchema>;

/** A form that means different actors in different places, with the rule that tells them apart. One entry of catalogue/ambiguity-rules.yaml. */
export const ambiguityRuleSchema = z.strictObject({
  form: z.string().min(1),
  /** What holds, in words, for people. */
  rule: z.string().min(1),
  examples: z.array(z.string()).default([]),
  /** The spellings that the conditions below are for, with their case; without any, the rule is for people alone. */
  forms: names.default([]),
  /** Longer names in which a form names nobody we know. */
  masks: names.default([]),
  /** After one of these words a form is a place. */
  placeAfter: names.default([]),
  /** A form counts only in a document that holds one of these words. */
  needs: names.default([]),
  /** A form means whichever of these actors was named last before it; nobody where none was. */
  lastOf: z.array(idSchema).default([]),
  /** In a document from before this day a form means this actor. */
  earlier: z.strictObject({ before: looseDateSchema, actor: idSchema }).optional(),
  /**
   * A form that many states have a body of: it counts where the document or its origin tells the state (`known`), or unless they tell
   * another state (`not-foreign`).
   */
  origin: z.enum(["known", "not-foreign"]).optional(),
});

export type AmbiguityRule = z.infer<typeof ambiguityRuleSchema>;
