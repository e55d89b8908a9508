import { z } from "zod";
import { whyUnsafePattern } from "./safe-pattern.ts";

const host = z
  .string()
  .max(253)
  .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, "expected a host name in lower case, such as www.mfa.gov.cn");

/** A web site under all its host names. One entry of catalogue/sites.yaml; see domain/site.ts. */
export const siteSchema = z.strictObject({
  id: host,
  aliases: z.array(host).default([]),
  document: z
    .string()
    .superRefine((text, context) => {
      const why = whyUnsafePattern(text);
      if (why) context.addIssue(`${why}; expected a simple regular expression such as /(t\\d{8}_\\d+)\\.s?html$`);
    })
    .optional(),
  keep: z.array(z.string().min(1)).default([]),
  evidence: z.array(z.string().min(1)).min(1),
});
