import type { Database } from "../../db/client.ts";
import { type PhraseLife, phraseLives, usesOfPhrase } from "../../db/records/phrase-list.ts";
import type { TextClass } from "../../domain/text-class.ts";
import type { Phrase } from "../dictionary/words.ts";
import { Layout } from "../layout.tsx";
import { Instant } from "../parts/instant.tsx";
import { Mark } from "../parts/mark.tsx";
import { countText, nameIn, pageUrl, type View } from "../view.ts";

const USES = 60;
/** Absences in a row, inside one class of text, from which on the page points at them. */
const NOTED_ABSENCES = 3;

const CLASS: Readonly<Record<TextClass, Phrase>> = {
  "leader-readout": "classLeaderReadout",
  "minister-readout": "classMinisterReadout",
  "spokesperson-answer": "classSpokesperson",
  release: "classRelease",
  speech: "classSpeech",
  other: "classOther",
};

/** The stock phrases that were used: by whom, in which class of text, first and last, how often missing since. */
export async function phrasesPage(db: Database, view: View) {
  const lives = await phraseLives(db);
  const ids = [...new Set(lives.map(({ phraseId }) => phraseId))];
  return (
    <Layout view={view} title={view.say("phrases")}>
      <h1>{view.say("phrases")}</h1>
      <p class="aside">{view.say("phrasesLead")}</p>
      {ids.length === 0 ? <p class="empty">{view.say("noPhrases")}</p> : null}
      {ids.map((id) => (
        <section data-entry>
          <h2>
            <a href={pageUrl(view, `/phrases/${id}`)} data-open>
              {phraseName(id)}
            </a>
          </h2>
          <Lives view={view} lives={lives.filter(({ phraseId }) => phraseId === id)} />
        </section>
      ))}
    </Layout>
  );
}

/** One phrase: its life by side and class of text, and the places where it stands. Null where nobody used it. */
export async function phrasePage(db: Database, view: View, id: string) {
  const [lives, uses] = await Promise.all([phraseLives(db, id), usesOfPhrase(db, id, USES)]);
  if (lives.length === 0) return null;
  return (
    <Layout view={view} title={phraseName(id)}>
      <p class="marks">
        <a href={pageUrl(view, "/phrases")}>{view.say("phrases")}</a>
      </p>
      <h1>{phraseName(id)}</h1>
      <Lives view={view} lives={lives} />
      <section>
        <h2>{view.say("phraseUses")}</h2>
        {uses.map((use) => (
          <figure class="quote" data-entry>
            <blockquote class="said" lang={use.lang}>
              {use.words}
            </blockquote>
            <figcaption class="proof">
              {use.actorName ? (
                <span>{nameIn(view, { label: use.actorName, labelZh: use.actorNameZh })} · </span>
              ) : null}
              {view.say(CLASS[use.textClass])}
              {use.usedInstant ? (
                <>
                  {" "}
                  · <Instant view={view} at={use.usedInstant} />
                </>
              ) : null}{" "}
              {use.wording === null ? <Mark view={view} phrase="markChangedWording" /> : null} ·{" "}
              <a
                href={pageUrl(
                  view,
                  use.statementId === null ? `/documents/${use.documentId}` : `/statements/${use.statementId}`,
                )}
                data-open
              >
                {view.say("evidence")}
              </a>
            </figcaption>
          </figure>
        ))}
      </section>
    </Layout>
  );
}

function Lives({ view, lives }: { view: View; lives: readonly PhraseLife[] }) {
  return (
    <div class="wide-table" tabindex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{view.say("bloc")}</th>
            <th scope="col">{view.say("textClass")}</th>
            <th scope="col" class="number">
              {view.say("uses")}
            </th>
            <th scope="col">{view.say("firstUsed")}</th>
            <th scope="col">{view.say("lastUsed")}</th>
            <th scope="col" class="number">
              {view.say("missingSince")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lives.map((life) => (
            <tr>
              <td>
                {life.actorName
                  ? nameIn(view, { label: life.actorName, labelZh: life.actorNameZh })
                  : view.say("speakerUnknown")}
              </td>
              <td>{view.say(CLASS[life.textClass])}</td>
              <td class="number">{countText(view.lang, life.uses)}</td>
              <td>{dayText(life.firstUsed)}</td>
              <td>{dayText(life.lastUsed)}</td>
              <td class="number">
                {life.absentSince >= NOTED_ABSENCES ? <strong>{life.absentSince}</strong> : life.absentSince}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function dayText(at: Date | null): string {
  return at ? at.toISOString().slice(0, 10) : "—";
}

/** The id of a phrase is its name in words. */
function phraseName(id: string): string {
  return id.replaceAll("-", " ");
}
