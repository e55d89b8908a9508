import { eq } from "drizzle-orm";
import { statementsOf } from "../../src/db/archive/statements.ts";
import type { Database } from "../../src/db/client.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { sources } from "../../src/db/schema/catalogue.ts";
import type { Article, Block } from "../../src/domain/article.ts";
import type { Development } from "../../src/domain/development.ts";
import type { Statement } from "../../src/domain/statement.ts";
import { buildActor, buildCatalogue, buildSource, buildTopic, buildType } from "../support/catalogue.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
import { buildArticle, buildDay, buildFinding, buildStatement } from "../support/readings.ts";
import { buildCapture, buildVersion, keepTogether } from "../support/rows.ts";

/** Two invented countries, a ministry, its spokesperson, two sources, two topics. */
const invented = buildCatalogue({
  actors: [
    buildActor({ zh: ["诺兰"], bloc: "North" }),
    buildActor({
      id: "norland-ministry",
      type: "government-body",
      name: "Norland Ministry of Talks",
      zh: ["诺兰会谈部"],
      bloc: "North",
      parent: "norland",
    }),
    buildActor({
      id: "ada-example",
      type: "person",
      name: "Ada Example",
      zh: ["阿达"],
      bloc: "North",
      parent: "norland-ministry",
      offices: [
        { role: "Deputy spokesperson", roleZh: "副发言人", body: "norland-ministry", from: "2020", to: "2024-12" },
        { role: "Spokesperson", roleZh: "发言人", body: "norland-ministry", from: "2025-01", to: null },
      ],
    }),
    buildActor({ id: "southmark", name: "Southmark", zh: ["南标"], bloc: "South" }),
  ],
  sources: [
    buildSource({ titleZh: "诺兰例行记者会" }),
    buildSource({ id: "southmark-news", title: "Southmark, news", actor: "southmark" }),
    buildSource({
      id: "quiet-source",
      title: "Quiet source",
      enabled: false,
      disabledBecause: "Its feed ended in 2024.",
    }),
  ],
  topics: [buildTopic("process", "channel"), buildTopic("frontier", "safety")],
  developmentTypes: [
    buildType("talks.announced", 5),
    buildType("document.silent-edit", 3),
    buildType("statement.first", 4),
  ],
});

/** Fills a database with the invented catalogue: sources polled an hour before noon, one of them failing for two days. */
export async function keepCatalogue(db: Database): Promise<void> {
  await saveCatalogue(db, invented, noon);
  await db
    .update(sources)
    .set({ lastPollAt: hoursOn(-1), lastSuccessAt: hoursOn(-1) })
    .where(eq(sources.id, "norland-briefings"));
  await db
    .update(sources)
    .set({ lastPollAt: hoursOn(-1), lastSuccessAt: hoursOn(-49), failuresInRow: 5 })
    .where(eq(sources.id, "southmark-news"));
}

type DocumentSays = {
  readonly text: string;
  readonly statements?: readonly Statement[];
  readonly article?: Partial<Article>;
  readonly url?: string;
  readonly sourceId?: string | null;
  readonly capture?: { readonly captureId: number; readonly documentId: number };
  readonly cause?: "first" | "edited" | "reread";
};

/** Keeps a document of which each line is a paragraph, with its statements. Gives the ids. */
export async function keepDocument(
  db: Database,
  { text, statements = [], article, sourceId, url, ...says }: DocumentSays,
) {
  const capture =
    says.capture ??
    (await buildCapture(db, { sourceId: sourceId ?? "norland-briefings", ...(url ? { url, identity: url } : {}) }));
  const version = await buildVersion(db, {
    capture,
    cause: says.cause ?? "first",
    article: buildArticle({ text, blocks: linesOf(text), ...article }),
    statements,
  });
  const kept = await statementsOf(db, version.versionId);
  return { ...version, statementIds: kept.map(({ id }) => id) };
}

/** Keeps one statement in a document of its own, said on a day. Gives its ids. */
export async function keepWords(
  db: Database,
  words: string,
  says: Partial<Statement> & { readonly day?: string | null; readonly sourceId?: string } = {},
) {
  const { day = "2026-05-19", sourceId, ...rest } = says;
  const statement = buildStatement(words, words, { saidAt: day === null ? null : buildDay(day), ...rest });
  const { statementIds, ...place } = await keepDocument(db, { text: words, statements: [statement], sourceId });
  return { ...place, id: statementIds[0] ?? Number.NaN };
}

/** Keeps a development that a version shows. Gives its id. */
export async function keepDevelopment(
  db: Database,
  place: { readonly documentId: number; readonly versionId: number; readonly article: Article },
  says: Partial<Development> & { readonly detectedAt?: Date; readonly previousVersionId?: number } = {},
): Promise<number> {
  const { detectedAt = secondsOn(-60), previousVersionId = null, ...rest } = says;
  const [id] = await keepTogether(db, {
    ...{ documentId: place.documentId, versionId: place.versionId, previousVersionId, detectedAt, detectorVersion: 1 },
    ...{ text: place.article.text, statements: await statementsOf(db, place.versionId) },
    found: [buildFinding({ key: `${place.versionId} ${rest.summary ?? ""}`, ...rest })],
  });
  return id ?? Number.NaN;
}

function linesOf(text: string): readonly Block[] {
  return [...text.matchAll(/[^\n]+/g)].map((line) => ({
    kind: "paragraph",
    lang: /\p{Script=Han}/u.test(line[0]) ? "zh" : "en",
    bold: [],
    start: line.index,
    end: line.index + line[0].length,
  }));
}
