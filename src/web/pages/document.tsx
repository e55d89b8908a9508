import {
  type DocumentRow,
  documentById,
  type LookRow,
  type VersionRow,
  versionText,
} from "../../db/archive/document-page.ts";
import type { Database } from "../../db/client.ts";
import { type FamilyMember, familyOf } from "../../db/copies/document-family.ts";
import { developmentsOfDocument } from "../../db/developments/development-list.ts";
import { statementsOfVersion } from "../../db/search/statement-search.ts";
import { documentName } from "../../domain/document-name.ts";
import type { Phrase } from "../dictionary/words.ts";
import { Layout } from "../layout.tsx";
import { markText } from "../marked-text.ts";
import { DevelopmentEntry } from "../parts/development-entry.tsx";
import { Instant, SourceDate } from "../parts/instant.tsx";
import { Mark } from "../parts/mark.tsx";
import { MarkedText } from "../parts/marked-text-view.tsx";
import { Outward } from "../parts/outward.tsx";
import { statementCountText } from "../parts/statement-entry.tsx";
import { WordDiffView } from "../parts/word-diff-view.tsx";
import { readId } from "../search.ts";
import { toldOnce } from "../told-once.ts";
import { nameIn, pageUrl, type View } from "../view.ts";

const CAUSE: Readonly<Record<VersionRow["cause"], Phrase>> = {
  first: "causeFirst",
  edited: "causeEdited",
  reread: "causeReread",
};

const LOOK: Readonly<Record<LookRow["outcome"], Phrase>> = {
  changed: "lookChanged",
  gone: "lookGone",
  withdrawn: "markWithdrawn",
  restored: "markRestored",
  failed: "lookFailed",
};

/**
 * A document: its archived text in one version (`v`) with every statement marked, or its changes from version `from`.
 * Null when there is no such document or version.
 */
export async function documentPage(db: Database, view: View, id: number) {
  const document = await documentById(db, id);
  if (!document) return null;
  const shown = chooseVersion(document, view.url.searchParams.get("v"));
  if (shown === "unknown") return null;
  const from = chooseVersion(document, view.url.searchParams.get("from"));
  if (from === "unknown") return null;
  const comparing = view.url.searchParams.get("from") && shown && from ? from : null;
  const [developments, family] = await Promise.all([developmentsOfDocument(db, id), familyOf(db, id)]);
  const current = document.versions.find((version) => version.id === document.currentVersionId);
  const name = documentName({ ...document, title: shown?.title ?? null }) ?? view.say("untitled");
  return (
    <Layout view={view} title={name}>
      <h1 lang={shown?.lang ?? undefined}>{name}</h1>
      <Facts view={view} document={document} version={shown} />
      {shown && current && shown.id !== current.id ? (
        <p class="notice">
          {view.say("olderVersionShown", { shown: shown.number, current: current.number })}{" "}
          <a href={pageUrl(view, `/documents/${id}`)}>
            {view.say("version")} {current.number}
          </a>
        </p>
      ) : null}
      {shown === null ? (
        <p class="empty">{view.say("noVersion")}</p>
      ) : comparing ? (
        <Changes db={db} view={view} from={comparing} to={shown} />
      ) : (
        <ArchivedText db={db} version={shown} developments={developments} />
      )}
      {developments.length > 0 ? (
        <section>
          <h2>{view.say("developments")}</h2>
          {toldOnce(developments).map((told) => (
            <DevelopmentEntry view={view} {...told} />
          ))}
        </section>
      ) : null}
      <Family view={view} family={family} />
      <Versions view={view} document={document} shown={shown} />
      <Looks view={view} document={document} />
    </Layout>
  );
}

function chooseVersion(document: DocumentRow, asked: string | null): VersionRow | null | "unknown" {
  if (asked === null || asked === "") {
    return document.versions.find(({ id }) => id === document.currentVersionId) ?? document.versions[0] ?? null;
  }
  const number = readId(asked);
  return document.versions.find((version) => version.number === number) ?? "unknown";
}

function Facts({ view, document, version }: { view: View; document: DocumentRow; version: VersionRow | null }) {
  const restored = document.withdrawnAt ? null : document.looks.find(({ outcome }) => outcome === "restored");
  return (
    <dl class="facts">
      <dt>{view.say("source")}</dt>
      <dd>
        {document.source ? (
          <a href={pageUrl(view, `/sources#${document.source.id}`)}>
            {nameIn(view, { label: document.source.title, labelZh: document.source.titleZh })}
          </a>
        ) : (
          (document.origin ?? "—")
        )}
      </dd>
      {document.url ? (
        <>
          <dt>{view.say("openOriginal")}</dt>
          <dd class="addresses">
            <Outward href={document.url}>{document.url}</Outward>
          </dd>
        </>
      ) : null}
      <dt>{view.say("published")}</dt>
      <dd>
        <SourceDate view={view} date={version?.publishedAt ?? null} />
      </dd>
      {version?.byline ? (
        <>
          <dt>{view.say("byline")}</dt>
          <dd>{version.byline}</dd>
        </>
      ) : null}
      <dt>{view.say("firstSeen")}</dt>
      <dd>
        <Instant view={view} at={document.firstSeenAt} />
      </dd>
      {document.withdrawnAt ? (
        <>
          <dt>
            <Mark view={view} phrase="markWithdrawn" />
          </dt>
          <dd>
            <Instant view={view} at={document.withdrawnAt} />
          </dd>
        </>
      ) : null}
      {restored ? (
        <>
          <dt>
            <Mark view={view} phrase="markRestored" />
          </dt>
          <dd>
            <Instant view={view} at={restored.checkedAt} />
          </dd>
        </>
      ) : null}
    </dl>
  );
}

async function ArchivedText({
  db,
  version,
  developments,
}: {
  db: Database;
  version: VersionRow;
  developments: Awaited<ReturnType<typeof developmentsOfDocument>>;
}) {
  const [body, statements] = await Promise.all([versionText(db, version.id), statementsOfVersion(db, version.id)]);
  if (!body) return null;
  const evidence = developments
    .flatMap((development) => development.evidence)
    .filter(({ versionId, statementId }) => versionId === version.id && statementId === null);
  const paragraphs = markText(body.text, body.blocks, [
    ...statements.map(({ id, content }) => ({ id: `s${id}`, spans: content })),
    ...evidence.map(({ id, spanStart, spanEnd }) => ({ id: `e${id}`, spans: [{ start: spanStart, end: spanEnd }] })),
  ]);
  return (
    <section class="archived" lang={body.lang ?? undefined}>
      <MarkedText paragraphs={paragraphs} />
    </section>
  );
}

async function Changes({ db, view, from, to }: { db: Database; view: View; from: VersionRow; to: VersionRow }) {
  const [before, after] = await Promise.all([versionText(db, from.id), versionText(db, to.id)]);
  if (!before || !after) return null;
  return (
    <section>
      <h2>{view.say("changesBetween", { from: from.number, to: to.number })}</h2>
      <p class="proof">
        <ins>{view.say("added")}</ins> · <del>{view.say("removed")}</del>
      </p>
      <WordDiffView view={view} before={before.text} after={after.text} />
    </section>
  );
}

function Versions({ view, document, shown }: { view: View; document: DocumentRow; shown: VersionRow | null }) {
  if (document.versions.length === 0) return null;
  return (
    <section>
      <h2>{view.say("versions")}</h2>
      <ol class="versions" reversed>
        {document.versions.map((version, index) => {
          const earlier = document.versions[index + 1];
          return (
            <li value={version.number}>
              <a
                href={pageUrl(view, `/documents/${document.id}`, { v: version.number })}
                aria-current={version.id === shown?.id ? "true" : undefined}
              >
                {view.say("version")} {version.number}
              </a>
              , {view.say(CAUSE[version.cause])}, {statementCountText(view, version.statementCount)}
              {earlier ? (
                <>
                  {" · "}
                  <a href={pageUrl(view, `/documents/${document.id}`, { v: version.number, from: earlier.number })}>
                    {view.say("compare", { number: earlier.number })}
                  </a>
                </>
              ) : null}
              <p class="proof">
                {view.say("fetched")}: <Instant view={view} at={version.capture.fetchedAt} /> · {view.say("reader")}:{" "}
                {view.say("readerNumber", { number: version.readerVersion })}
                <br />
                {view.say("bytesHash")}: <code class="hash">{version.capture.bodySha256}</code>
              </p>
              {version.problems.length > 0 ? (
                <details>
                  <summary>{view.say("readerProblems")}</summary>
                  <ul lang="en">
                    {version.problems.map(({ message }) => (
                      <li>{message}</li>
                    ))}
                  </ul>
                </details>
              ) : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const RELATION: Readonly<Record<NonNullable<FamilyMember["relation"]>, Phrase>> = {
  copy: "familyCopy",
  part: "familyPart",
  rewrite: "familyRewrite",
  translation: "familyTranslation",
};

/** The documents that tell the same: copies, parts, rewrites, the other language. */
function Family({ view, family }: { view: View; family: readonly FamilyMember[] }) {
  if (family.length === 0) return null;
  return (
    <section>
      <h2>{view.say("family")}</h2>
      <ul class="elsewhere">
        {family.map(({ documentId, source, sourceZh, relation, lang, publishedAt, ...member }) => (
          <li>
            <a href={pageUrl(view, `/documents/${documentId}`)} lang={lang ?? undefined}>
              {documentName({ ...member, origin: null }) ?? view.say("untitled")}
            </a>
            <p class="proof">
              <SourceDate view={view} date={publishedAt} />
              {source ? <> · {nameIn(view, { label: source, labelZh: sourceZh })}</> : null} ·{" "}
              {view.say(relation ? RELATION[relation] : "familyFirst")}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** When the document was looked at again, and each time that it was not as before: changed, gone, restored. */
function Looks({ view, document: { lastLookAt, looks } }: { view: View; document: DocumentRow }) {
  if (!lastLookAt) return null;
  return (
    <section>
      <h2>{view.say("looks")}</h2>
      <p class="proof">
        {view.say("lastLook")}: <Instant view={view} at={lastLookAt} />
      </p>
      {looks.length > 0 ? (
        <ul class="looks">
          {looks.map(({ checkedAt, outcome, httpStatus, failureCode }) => (
            <li>
              <Instant view={view} at={checkedAt} />: {view.say(LOOK[outcome])}
              {failureCode ? <code> {failureCode}</code> : null}
              {httpStatus && httpStatus !== 200 ? ` (${view.say("httpStatus")} ${httpStatus})` : null}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
