import { z } from "zod";
import { zoneSchema } from "../../catalogue/fields.ts";
import type { QueryNames } from "../../domain/query/names.ts";
import { mistakesInRule } from "../../domain/rule.ts";

/** Makes the reader of what a form says of a subscription; mistakes, unknown names among them, are named by field. */
export const subscriptionWish = (names: QueryNames) =>
  z.object({
    zone: zoneSchema,
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected HH:MM from 00:00 to 23:59"),
    lang: z.enum(["en", "zh"]),
    period: z.enum(["daily", "weekly", "both"]),
    weekday: z.coerce.number().int().min(1).max(7),
    topics: z
      .string()
      .max(2_000)
      .transform((text, context) => {
        const topics = text.split(/[\s,]+/).filter((topic) => topic !== "");
        const unknown = topics.filter((topic) => !names.topics.some(({ id }) => id === topic));
        if (unknown.length > 0)
          context.addIssue(`There is no topic ${unknown.join(", ")}; the page /topics lists them.`);
        return topics;
      }),
    watch: z
      .string()
      .max(2_000)
      .transform((text, context) => {
        const words = text.trim();
        for (const { message } of mistakesInRule(words, "statements", names)) context.addIssue(message);
        return words === "" ? null : words;
      }),
  });

/** A subscription as a form says it. */
export type SubscriptionWish = z.infer<ReturnType<typeof subscriptionWish>>;

/** Puts a form's wishes as they are kept. */
export function wishToKeep({ zone, at, lang, period, weekday, topics, watch }: SubscriptionWish) {
  return {
    ...{ timeZone: zone, sendAt: at, lang, topics, watch },
    daily: period !== "weekly",
    weeklyOn: period === "daily" ? null : weekday,
  };
}
