import { and, desc, eq, gte, inArray, lt } from "drizzle-orm";
import type { PastHit, PastOfRule } from "../../domain/backtest.ts";
import { isLate } from "../../domain/lateness.ts";
import { mayBeNews } from "../../domain/news.ts";
import { readySubject } from "../../domain/query/match.ts";
import { compileRule, type RuleAbout } from "../../domain/rule.ts";
import type { Database } from "../client.ts";
import { documents, versions } from "../schema/archive.ts";
import { developments } from "../schema/developments.ts";
import { statements } from "../schema/statements.ts";
import { filterInSlices } from "./filter-in-slices.ts";
import { developmentSubjects, type RuleSubject, statementSubjects } from "./rule-subjects.ts";

/** Rows that one try looks at, at most, and at a time. */
const MOST = { developments: 5_000, statements: 20_000 } as const;
const AT_A_TIME = 1_000;

/**
 * Asks a rule of the past: of the developments or statements that came in during a period, the newest first where they are many.
 *
 * @param enough - When to look at no more of them; what was not looked at is `cut`.
 */
export async function pastOfRule(
  db: Database,
  rule: { readonly query: string; readonly about: RuleAbout },
  period: { readonly since: Date; readonly until: Date },
  enough?: AbortSignal,
): Promise<PastOfRule> {
  const meets = compileRule(rule.query);
  const most = MOST[rule.about];
  const ids = await (rule.about === "developments" ? developmentsIn : statementsIn)(db, period, most + 1);
  const hits: PastHit[] = [];
  let looked = 0;
  while (looked < Math.min(ids.length, most) && !enough?.aborted) {
    const part = ids.slice(looked, Math.min(looked + AT_A_TIME, most));
    const seen = await (rule.about === "developments" ? developmentSubjects : statementSubjects)(db, part);
    const met = await filterInSlices(seen, ({ subject }) => meets(readySubject(subject)));
    hits.push(...(rule.about === "developments" ? met.map(developmentHit) : await statementHits(db, met)));
    looked += part.length;
  }
  return { about: rule.about, ...period, looked, cut: ids.length > looked, hits };
}

type Period = { readonly since: Date; readonly until: Date };

async function developmentsIn(db: Database, { since, until }: Period, most: number): Promise<readonly number[]> {
  const rows = await db
    .select({ id: developments.id })
    .from(developments)
    .where(and(gte(developments.detectedAt, since), lt(developments.detectedAt, until)))
    .orderBy(desc(developments.detectedAt), desc(developments.id))
    .limit(most);
  return rows.map(({ id }) => id);
}

async function statementsIn(db: Database, { since, until }: Period, most: number): Promise<readonly number[]> {
  const rows = await db
    .select({ id: statements.id })
    .from(statements)
    .innerJoin(versions, eq(versions.id, statements.versionId))
    .innerJoin(documents, eq(documents.currentVersionId, versions.id))
    .where(and(gte(documents.firstSeenAt, since), lt(documents.firstSeenAt, until)))
    .orderBy(desc(statements.id))
    .limit(most);
  return rows.map(({ id }) => id);
}

function developmentHit({ id, subject, threadId, publishedAt }: RuleSubject): PastHit {
  const { at, severity, status } = subject;
  const [line = ""] = subject.text.split("\n");
  return {
    ...{ id, matter: id, at, severity, threadId, line },
    late: isLate(publishedAt, at),
    isNews: status === "new",
  };
}

async function statementHits(db: Database, met: readonly RuleSubject[]): Promise<readonly PastHit[]> {
  if (met.length === 0) return [];
  const rows = await db
    .select({
      ...{ id: statements.id, versionId: statements.versionId, cause: versions.cause },
      ...{ at: documents.firstSeenAt, origin: documents.origin },
    })
    .from(statements)
    .innerJoin(versions, eq(versions.id, statements.versionId))
    .innerJoin(documents, eq(documents.id, versions.documentId))
    .where(
      inArray(
        statements.id,
        met.map(({ id }) => id),
      ),
    );
  const places = new Map(rows.map((row) => [row.id, row]));
  return met.flatMap(({ id, subject, publishedAt }) => {
    const place = places.get(id);
    if (!place) return [];
    const isNews = mayBeNews({ cause: place.cause, detectedBy: null, origin: place.origin });
    const line = `${subject.actors[1] ?? "unknown speaker"}: ${subject.text}`;
    return [
      {
        ...{ id, matter: place.versionId, at: place.at, severity: null, threadId: null, line, isNews },
        late: isLate(publishedAt, place.at),
      },
    ];
  });
}
