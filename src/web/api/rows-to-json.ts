import type { z } from "@hono/zod-openapi";
import type { DocumentRow, VersionRow } from "../../db/archive/document-page.ts";
import type { StatementRow } from "../../db/archive/statement-rows.ts";
import type { SourceCoverage } from "../../db/collection/coverage.ts";
import type { DevelopmentRow } from "../../db/developments/development-list.ts";
import { linkTo } from "../../present/links.ts";
import type {
  developmentShape,
  documentShape,
  linkedStatementShape,
  sourceShape,
  statementShape,
  versionShape,
} from "./shapes.ts";

/** Gives a statement the shape that programs get. */
export function statementJson(row: StatementRow, base: string): z.infer<typeof statementShape> {
  const { document } = row;
  return {
    id: row.id,
    key: row.key,
    words: row.words,
    lang: row.lang,
    kind: row.kind,
    act: row.act,
    polarity: row.polarity,
    speaker: {
      text: row.speaker?.text ?? null,
      actorIds: row.actors.map(({ id }) => id),
      actors: row.actors.map(({ id, name, nameZh, bloc, method, confidence, offices }) => ({
        ...{ id, name, nameZh, bloc, method, confidence },
        offices: offices.map((office) => ({ ...office })),
      })),
    },
    addressee: row.addressee,
    relayedBy: row.relayedBy,
    topics: row.topics.map(({ id, label, labelZh, score }) => ({ id, label, labelZh, score })),
    saidAt: row.saidAt,
    content: row.content.map(({ start, end }) => ({ start, end })),
    confidence: row.confidence,
    fidelity: row.fidelity,
    flags: row.flags,
    rule: row.rule,
    document: {
      id: document.id,
      title: document.title,
      url: document.url,
      origin: document.origin,
      version: document.versionNumber,
      current: document.current,
      withdrawnAt: document.withdrawnAt?.toISOString() ?? null,
      publishedAt: document.publishedAt,
      source: document.source,
    },
    links: {
      html: `${base}/statements/${row.id}`,
      lasting: linkTo.lasting(base, row),
      self: `${base}/api/v1/statements/${row.id}`,
      text: `${base}/documents/${document.id}?v=${document.versionNumber}#s${row.id}`,
    },
  };
}

/** Gives a statement the shape that programs get who ask for it alone: with whose words it says again. */
export function linkedStatementJson(row: StatementRow, base: string): z.infer<typeof linkedStatementShape> {
  return { ...statementJson(row, base), repeats: row.repeats && { ...row.repeats } };
}

/** Gives a development the shape that programs get. */
export function developmentJson(row: DevelopmentRow, base: string): z.infer<typeof developmentShape> {
  return {
    id: row.id,
    key: row.key,
    type: row.typeName,
    severity: row.severity,
    status: row.status,
    edited: row.previousVersionId !== null,
    summary: row.summary,
    hedge: row.hedge,
    eventDate: row.eventDate,
    detectedAt: row.detectedAt.toISOString(),
    actors: [...row.actors],
    topics: [...row.topics],
    evidence: row.evidence.map((piece) => ({
      words: piece.words,
      span: { start: piece.spanStart, end: piece.spanEnd },
      statementId: piece.statementId,
      document: {
        id: piece.documentId,
        title: piece.documentTitle,
        url: piece.url,
        version: piece.versionNumber,
        source: piece.source,
      },
    })),
    links: { html: `${base}/developments/${row.id}`, self: `${base}/api/v1/developments/${row.id}` },
  };
}

/** Gives a document the shape that programs get. */
export function documentJson(
  document: DocumentRow,
  shown: { readonly version: VersionRow; readonly text: string; readonly statements: readonly StatementRow[] } | null,
  base: string,
): z.infer<typeof documentShape> {
  return {
    id: document.id,
    identity: document.identity,
    url: document.url,
    origin: document.origin,
    source: document.source,
    firstSeenAt: document.firstSeenAt.toISOString(),
    withdrawnAt: document.withdrawnAt?.toISOString() ?? null,
    lastLookAt: document.lastLookAt?.toISOString() ?? null,
    looks: document.looks.map(({ checkedAt, ...look }) => ({ at: checkedAt.toISOString(), ...look })),
    version: shown && {
      number: shown.version.number,
      title: shown.version.title,
      byline: shown.version.byline,
      publisher: shown.version.publisher,
      kind: shown.version.kind,
      lang: shown.version.lang,
      publishedAt: shown.version.publishedAt,
      updatedAt: shown.version.updatedAt,
      text: shown.text,
      statements: shown.statements.map((statement) => statementJson(statement, base)),
    },
    versions: document.versions.map((version) => versionJson(document, version)),
    links: { html: `${base}/documents/${document.id}`, self: `${base}/api/v1/documents/${document.id}` },
  };
}

/** Gives a version of a document the shape that programs get. */
export function versionJson(document: DocumentRow, version: VersionRow): z.infer<typeof versionShape> {
  return {
    number: version.number,
    current: version.id === document.currentVersionId,
    cause: version.cause,
    readerVersion: version.readerVersion,
    textSha256: version.textSha256,
    createdAt: version.createdAt.toISOString(),
    capture: { ...version.capture, fetchedAt: version.capture.fetchedAt.toISOString() },
  };
}

/** Gives a source the shape that programs get. */
export function sourceJson(source: SourceCoverage): z.infer<typeof sourceShape> {
  const isoOf = (instant: Date | null) => instant?.toISOString() ?? null;
  return {
    ...source,
    lastPollAt: isoOf(source.lastPollAt),
    lastSuccessAt: isoOf(source.lastSuccessAt),
    nextPollAt: isoOf(source.nextPollAt),
    quietSince: isoOf(source.quietSince),
    lastDocumentAt: isoOf(source.lastDocumentAt),
  };
}
