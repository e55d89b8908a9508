import { randomUUID } from "node:crypto";
import { developmentWithEvidence } from "../db/developments.ts";
import { allEndpoints } from "../db/endpoints.ts";
import { rulesMadeBefore, saveAlerts } from "../db/rules.ts";
import { matches, type RuleSubject } from "../domain/rule.ts";
import { alertBody, alertMailBody } from "../present/alert-body.ts";
import type { Run } from "./context.ts";

/** Applies the rules to a development: each rule that it meets makes one alert, and one delivery to each of its endpoints. */
export const match: Run<"match"> = async ({ developmentId }, { db, enqueue, now, publicUrl }) => {
  const development = await developmentWithEvidence(db, developmentId);
  if (!development || development.matchedAt) return { skipped: true };
  const met =
    development.status === "new"
      ? (await rulesMadeBefore(db, development.detectedAt)).filter(({ query }) =>
          matches(query, subjectOf(development)),
        )
      : [];
  const kinds = new Map((met.length > 0 ? await allEndpoints(db) : []).map(({ id, kind }) => [id, kind]));
  const wanted = met.flatMap((rule) =>
    rule.endpointIds.map((endpointId) => {
      const about = { rule: rule.name, development, publicUrl, at: now() };
      const body = kinds.get(endpointId) === "mail" ? alertMailBody(about) : alertBody(about);
      return { id: `msg_${randomUUID().replaceAll("-", "")}`, ruleId: rule.id, endpointId, body };
    }),
  );
  const added = await saveAlerts(
    db,
    developmentId,
    met.map(({ id }) => id),
    wanted,
    now(),
  );
  await enqueue(
    "deliver",
    added.map((deliveryId) => ({ deliveryId })),
  );
  return { rules: met.length, deliveries: added.length };
};

function subjectOf(development: NonNullable<Awaited<ReturnType<typeof developmentWithEvidence>>>): RuleSubject {
  const { type, severity, actors, topics, summary, evidence } = development;
  return {
    ...{ type, severity, topics },
    actorIds: actors.map(({ id }) => id),
    blocs: actors.map(({ bloc }) => bloc),
    text: [summary, ...evidence.map(({ words }) => words)].join("\n"),
  };
}
