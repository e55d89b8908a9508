import { z } from "@hono/zod-openapi";
import { date, links, name, orNull, span, versionShape } from "./shapes.ts";

const number = z.number().int();
const moment = z.iso.datetime();

const document = z.object({ id: number, version: number }).openapi("VersionPlace", {
  description: "The document and the number of its version: /documents/{id}?v={version} has the text.",
});
const evidence = z.object({ words: z.string(), span, document }).openapi("Evidence");

/** One thread: a course of things with the developments in it. */
export const threadShape = z
  .object({
    id: number,
    key: z.string(),
    course: z.string().openapi({ description: "What can follow what in it.", example: "talks" }),
    state: z.string().nullable().openapi({ description: "Where it stands; null for a course without states." }),
    stateAt: moment.nullable(),
    openedAt: moment,
    updatedAt: moment,
    mergedIntoId: number.nullable().openapi({ description: "The thread an analyst laid it into." }),
    steps: z
      .array(
        z.object({
          developmentId: number,
          type: z.string(),
          severity: number,
          summary: z.string(),
          eventDate: orNull(date),
          detectedAt: moment,
          state: z.string().nullable().openapi({ description: "The state it brings the thread to, if any." }),
          isKnownStep: z.boolean().openapi({ description: "Whether this state may follow the one before." }),
          byAnalyst: z.boolean(),
        }),
      )
      .openapi({ description: "In the order in which things happened; what an analyst dismissed is left out." }),
    links,
  })
  .openapi("Thread");

const account = z.object({ developmentId: number, words: z.string(), document });

/** One thread with the accounts in it that contradict each other. */
export const threadWithConflictsShape = threadShape
  .extend({
    conflicts: z.array(
      z.object({
        about: z.enum(["outcome", "date", "denial"]),
        first: account.openapi({ description: "The account that was here first." }),
        other: account,
        foundAt: moment,
      }),
    ),
  })
  .openapi("ThreadWithConflicts");

const told = z
  .object({
    documentId: number.nullable(),
    span: orNull(span),
    words: z.string(),
    strength: z.enum(["agreed", "consensus", "discussed", "noted"]).nullable(),
  })
  .openapi("AccountOfTopic");

/** One meeting with both sides' accounts of it. */
export const meetingShape = z
  .object({
    id: number,
    key: z.string(),
    kind: z.enum(["leaders", "ministers", "talks"]),
    day: z.string().openapi({ description: "In the zone of the account that was known first.", example: "2026-05-14" }),
    foundAt: moment,
    readouts: z.array(
      z.object({
        side: name,
        document,
        title: z.string().nullable(),
        url: z.string().nullable(),
        lang: z.string().nullable(),
        participants: z.array(z.string()),
        publishedAt: moment.nullable().openapi({ description: "The first instant that its date can mean." }),
      }),
    ),
    points: z
      .array(
        z.object({
          topic: name,
          verdict: z.enum(["both", "only-first", "only-second", "different-strength"]),
          first: told.nullable(),
          second: told.nullable(),
        }),
      )
      .openapi({ description: "What the accounts say of each topic; `first` is the side whose id comes first." }),
    links,
  })
  .openapi("Meeting");

const textClass = z.enum([
  ...["leader-readout", "minister-readout", "spokesperson-answer", "release", "speech", "other"],
] as const);

/** One stock phrase: its life by side and class of text. */
export const phraseShape = z
  .object({
    id: z.string(),
    lives: z.array(
      z.object({
        actor: orNull(name),
        textClass,
        uses: number,
        texts: number.openapi({ description: "Documents that use it." }),
        changed: number.openapi({ description: "Uses in words near the listed ones but not the same." }),
        firstUsedAt: moment.nullable(),
        lastUsedAt: moment.nullable(),
        absentSince: number.openapi({
          description: "Texts of the side and class that speak of AI and came after the last use without it.",
        }),
      }),
    ),
    links,
  })
  .openapi("Phrase");

/** One stock phrase with the places where it stands. */
export const phraseWithUsesShape = phraseShape
  .extend({
    uses: z
      .array(
        z.object({
          actor: orNull(name),
          textClass,
          lang: z.enum(["en", "zh"]),
          wording: z.string().nullable().openapi({ description: "The listed wording; null where it was changed." }),
          usedAt: moment.nullable(),
          statementId: number.nullable(),
          evidence,
        }),
      )
      .openapi({ description: "The latest first, as many as `limit` says." }),
  })
  .openapi("PhraseWithUses");

/** One commitment with what later texts tell of it. */
export const commitmentShape = z
  .object({
    id: number,
    state: z.enum(["open", "met", "missed"]),
    by: z.array(name),
    to: z.array(name).openapi({ description: "Empty where the words name nobody." }),
    action: z.string().openapi({ description: "What is to be done, in the source's words." }),
    madeAt: moment.nullable(),
    due: orNull(date),
    evidence,
    developmentId: number,
    reports: z.array(
      z.object({ report: z.enum(["repeated", "met", "missed"]), reportedAt: moment.nullable(), evidence }),
    ),
    links,
  })
  .openapi("Commitment");

/** One first time: of an actor on a topic, or of a mention in the whole archive. */
export const firstTimeShape = z
  .object({
    id: number,
    kind: z.enum(["topic", "body", "date", "venue"]),
    actor: orNull(name).openapi({ description: "Who spoke; null for mentions by anybody." }),
    subject: z.object({ id: z.string(), label: z.string().nullable(), labelZh: z.string().nullable() }).openapi({
      description: "The topic, the actor mentioned, the day or the venue; a day and a venue have no label.",
    }),
    at: moment.openapi({ description: "The first instant that the date of the words can mean." }),
    evidence,
    statementId: number.nullable(),
    developmentId: number.nullable(),
    searched: number.openapi({ description: "Earlier statements that were searched when it was found." }),
    foundAt: moment,
    links,
  })
  .openapi("FirstTime");

/** One version in the list of a document, with where to go from it. */
export const listedVersionShape = versionShape
  .extend({
    title: z.string().nullable(),
    lang: z.string().nullable(),
    publishedAt: orNull(date),
    updatedAt: orNull(date),
    statements: number,
    links: links.extend({
      body: z.url().openapi({ description: "The bytes it was read from." }),
      diff: z.url().nullable().openapi({ description: "What it changed; null for the first." }),
    }),
  })
  .openapi("ListedVersion");
