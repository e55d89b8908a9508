import { archiveHoldings, statementCount } from "../../db/archive/document-page.ts";
import type { Database } from "../../db/client.ts";
import type { Phrase } from "../dictionary/words.ts";
import { freshenTallies } from "../fresh-tallies.ts";
import { Layout } from "../layout.tsx";
import { type MeasuredFigures, measuredFigures } from "../measured-figures.ts";
import { type PlainFigure, plainFigures } from "../plain-figures.ts";
import { countText, pageUrl, type View } from "../view.ts";

/** Whole tables are counted at most so often. */
const COUNTED_EVERY_MS = 60_000;

/** What this archive is, how to trust it, what it holds and how to take it away. */
export async function aboutPage(db: Database, view: View, openSubscription = false) {
  await freshenTallies(db, view);
  const [counts, statements] = await Promise.all([
    view.recall("holdings", () => archiveHoldings(db), COUNTED_EVERY_MS),
    statementCount(db),
  ]);
  const holdings: readonly (readonly [number, Phrase])[] = [
    [counts.documents, "aboutDocuments"],
    [counts.captures, "aboutCaptures"],
    [counts.versions, "aboutVersionsCount"],
    [statements, "aboutStatements"],
  ];
  return (
    <Layout view={view} title={view.say("about")}>
      <h1>{view.say("about")}</h1>
      <p class="lead">{view.say("aboutLead")}</p>
      <h2>{view.say("aboutHow")}</h2>
      <ul class="prose">
        {(["aboutSpan", "aboutNull", "aboutVersions", "aboutSilence"] as const).map((phrase) => (
          <li>{view.say(phrase)}</li>
        ))}
      </ul>
      <Reading view={view} />
      <h2>{view.say("aboutHolds")}</h2>
      <ul class="holdings">
        {holdings.map(([count, phrase]) => (
          <li>
            <strong class="number">{countText(view.lang, count)}</strong> {view.say(phrase)}
          </li>
        ))}
        {counts.readerVersions.length > 0 ? (
          <li>
            {view.say("aboutReaders")}: {counts.readerVersions.join(", ")}
          </li>
        ) : null}
      </ul>
      <h2>{view.say("aboutTake")}</h2>
      <ul class="prose">
        <li>
          <a href={pageUrl(view, "/api")}>{view.say("aboutApi")}</a>
        </li>
        <li>
          <a href="/developments.atom">{view.say("aboutFeed")}</a>
        </li>
        {openSubscription ? (
          <li>
            <a href={pageUrl(view, "/subscribe")}>{view.say("subscription")}</a>
          </li>
        ) : null}
      </ul>
      <p class="aside" id="keys">
        {view.say("aboutKeys")}
      </p>
    </Layout>
  );
}

/** How well this Parley reads, as it was measured: a few figures in plain words, all of them folded; nothing where they were left behind. */
function Reading({ view }: { readonly view: View }) {
  const measured = measuredFigures();
  if (!measured) return null;
  return (
    <>
      <h2 id="reading">{view.say("aboutReads")}</h2>
      <p class="prose">{view.say("aboutReadsHow")}</p>
      <ul class="prose plain-figures">
        {plainFigures(measured.figures).map((figure) => (
          <Plain view={view} figure={figure} />
        ))}
      </ul>
      <details class="all-figures">
        <summary>{view.say("aboutAllFigures")}</summary>
        <AllFigures view={view} measured={measured} />
      </details>
    </>
  );
}

function Plain({ view, figure: { phrase, number, of } }: { readonly view: View; readonly figure: PlainFigure }) {
  const [before, after] = view.say(phrase, { n: "\u0000" }).split("\u0000");
  return (
    <li>
      {before}
      <strong>{number}</strong>
      {after}
      {of ? <span class="aside">{view.say("plainCases", { count: Number(of) })}</span> : null}
    </li>
  );
}

function AllFigures({ view, measured }: { readonly view: View; readonly measured: MeasuredFigures }) {
  const heads = ["aboutFigure", "aboutMeasured", "aboutOf", "aboutOthers", "aboutTarget"] as const;
  return (
    <>
      <p class="aside">{view.say("aboutAllFiguresHow")}</p>
      <p class="aside" lang="en">
        {measured.heading}
      </p>
      <div class="wide-table" tabindex={0}>
        <table class="figures">
          <thead>
            <tr>
              {heads.map((head) => (
                <th scope="col">{view.say(head)}</th>
              ))}
            </tr>
          </thead>
          <tbody lang="en">
            {measured.figures.map(({ name, measured: value, of, others, target }) => (
              <tr>
                <th scope="row">{name}</th>
                <td>{value}</td>
                <td>{of}</td>
                <td>{others}</td>
                <td>{target}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
