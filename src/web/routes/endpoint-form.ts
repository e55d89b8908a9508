import { z } from "zod";
import { endpointFormats } from "../../make-endpoint.ts";
import { givenName } from "../api/telling-shapes.ts";

/** What somebody typed into the form of a new endpoint, by the names of its fields. */
export type EndpointTexts = {
  readonly name: string;
  readonly address: string;
  readonly format: string;
  readonly owner: string;
};

/** The form of a new endpoint; a mistake says what is expected. What the address may be is judged where the endpoint is made. */
export const endpointForm = z.object({
  name: givenName,
  address: z.string(),
  format: z.enum(endpointFormats, `The format is one of ${endpointFormats.join(", ")}.`),
  owner: z
    .union([z.literal(""), z.email()], "Whoever looks after it needs a mail address, or none.")
    .transform((owner) => (owner === "" ? null : owner)),
});

/** Hours in which the secret before a new one signs too. */
export const overlapHours = z
  .string()
  .regex(/^\d{1,3}$/, "Hours in which both secrets sign: 0 to 999.")
  .transform(Number);
