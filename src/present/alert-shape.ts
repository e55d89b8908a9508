import { z } from "zod";

/** Version of the shape; it rises when a field changes its meaning or goes. */
export const ALERT_SHAPE_VERSION = 1;

const date = z
  .object({
    value: z.string().describe("ISO 8601, cut to its precision"),
    precision: z.enum(["minute", "day", "month", "year"]),
    basis: z.string().describe("Where it was found"),
    raw: z.string().describe("The source's own spelling"),
  })
  .describe("A date as a source gives it");
const actor = z.object({ id: z.string().describe("Id in the catalogue"), name: z.string() });
const late = z.boolean().describe("It came in more than three days after it was published: not news");

const development = z.object({
  id: z.int().describe("Number of the development in this archive"),
  type: z.string().describe("Id of a type, see developments.md"),
  severity: z.int().min(1).max(5).describe("5 changes the state of the talks, 1 is commentary"),
  status: z.string(),
  summary: z.string().describe("One line, in the words of the source"),
  hedge: z.string().nullable().describe("“reportedly” and its like, as written"),
  eventDate: date.nullable(),
  topics: z.array(z.string()),
  detectedAt: z.iso.datetime(),
  actors: z.array(actor),
  url: z.string().describe("Its page"),
  evidence: z
    .array(
      z.object({
        words: z.string().describe("Words of the archived text; beyond 1,000 characters cut and ended with …"),
        statementId: z.int().nullable(),
        documentId: z.int(),
        title: z.string().nullable(),
        source: z.string().nullable().describe("Title of the source; null for what was imported"),
        publishedAt: date.nullable(),
        url: z.string().describe("Page of the statement, or of the document"),
      }),
    )
    .describe("The first places that show it, at most five"),
});
const statement = z.object({
  id: z.int().describe("Number of the statement in this archive"),
  words: z
    .string()
    .describe("Words of the archived text, with … where they are interrupted; beyond 1,000 characters cut"),
  lang: z.string().nullable(),
  kind: z
    .enum(["direct", "mixed", "indirect"])
    .describe("direct: the speaker's own words; the others are a text's account of them"),
  act: z.enum(["speech", "writing", "claim", "position", "intent", "question", "no_comment"]),
  polarity: z
    .enum(["affirmed", "negated", "hypothetical"])
    .describe("Whether the words were said, were denied or not said, or are only supposed"),
  speaker: z.string().nullable().describe("As the text names it"),
  actors: z.array(actor).describe("Whom the catalogue knows the speaker as"),
  topics: z.array(z.string()),
  saidAt: date.nullable(),
  documentId: z.int(),
  title: z.string().nullable(),
  url: z.string().describe("Its page, with the words marked"),
});

const event = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.object({
    type: z.literal(type),
    timestamp: z.iso.datetime().describe("When the alert was made"),
    version: z.literal(ALERT_SHAPE_VERSION),
    data,
  });
const rule = z.string().describe("Name of the rule that was met");
const more = z.int().min(0).describe("How many further ones were left out for want of room");

/** The JSON that a webhook gets, one form for each type of event. */
export const alertShape = z
  .discriminatedUnion("type", [
    event("development.new", z.object({ rule, late: z.literal(false), development })),
    event("development.late", z.object({ rule, late: z.literal(true), development })),
    event("statements.new", z.object({ rule, late, statements: z.array(statement), more })),
    event(
      "batch",
      z.object({
        rule,
        developments: z.array(development.extend({ late })),
        statements: z.array(statement),
        more,
      }),
    ),
    event(
      "development.corrected",
      z.object({
        rule,
        development,
        reason: z.enum(["withdrawn", "dismissed", "background", "reattributed"]),
        corrects: z.object({
          deliveryId: z.string().describe("`webhook-id` of the alert that told of it first"),
          at: z.iso.datetime().describe("When that alert was made"),
        }),
      }),
    ),
    event("test", z.object({ endpoint: z.string(), message: z.string() })),
  ])
  .describe(
    "What Parley posts to a webhook, version 1. Within a version fields may be added: ignore those you do not know.",
  );

/** Writes the JSON Schema (2020-12) of the bodies, for docs/. */
export function alertSchema(): string {
  const schema = z.toJSONSchema(alertShape, { target: "draft-2020-12", io: "input" });
  return `${JSON.stringify({ $id: "https://parley.example/schemas/alert-1.json", title: "Parley alert", ...schema }, null, 2)}\n`;
}
