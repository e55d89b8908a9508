import { allEndpoints, type Endpoint } from "../../db/alerts/endpoints.ts";
import { pastOfRule } from "../../db/alerts/rule-past.ts";
import { allRules } from "../../db/alerts/rules.ts";
import type { Database } from "../../db/client.ts";
import { catalogueNames } from "../../db/search/query-names.ts";
import { AT_ONCE } from "../../domain/alert-manner.ts";
import { playBack } from "../../domain/backtest.ts";
import type { QueryMistake } from "../../domain/query/mistake.ts";
import { mistakesInRule } from "../../domain/rule.ts";
import { backtestInWords } from "../../present/backtest-text.ts";
import { mannerInWords } from "../../present/manner-text.ts";
import { Layout } from "../layout.tsx";
import { LanguageKept } from "../parts/language-kept.tsx";
import { HiddenManner, MannerFields } from "../parts/manner-fields.tsx";
import { type MannerTexts, mannerTexts, type RuleForm, readManner } from "../routes/rule-form.ts";
import { pageUrl, type View } from "../view.ts";

const PAST_DAYS = 90;
/** How long one try looks at the past, in ms; what it has seen by then is what it tells of. */
const LONGEST_TRY_MS = 5_000;

/** Lists the rules, and tries a new one, or a change of one, on the past before it can be kept. */
export async function rulesPage(db: Database, view: View, form: RuleForm, refused: string | null) {
  const [rules, endpoints] = await Promise.all([allRules(db), allEndpoints(db)]);
  const rule = rules.find(({ name }) => name === form.name) ?? null;
  // A rule of this name keeps its manner and its endpoints, unless the form says otherwise.
  const texts = form.manner ?? mannerTexts(rule?.manner ?? AT_ONCE);
  const { manner, mistakes: wrongManner } = readManner(texts);
  const mistakes = form.tried ? mistakesInRule(form.q, form.about, await catalogueNames(db)) : [];
  const since = new Date(view.now.getTime() - PAST_DAYS * 86_400_000);
  const test =
    form.tried && mistakes.length === 0 && wrongManner.length === 0
      ? playBack(
          await pastOfRule(
            db,
            { query: form.q, about: form.about },
            { since, until: view.now },
            AbortSignal.timeout(LONGEST_TRY_MS),
          ),
          manner,
        )
      : null;
  const chosen = (endpoint: Endpoint) =>
    form.to === null ? (rule?.endpoints.includes(endpoint.name) ?? false) : form.to.includes(endpoint.id);
  return (
    <Layout view={view} title={view.say("rules")}>
      <h1>{view.say("rules")}</h1>
      <p>
        <a href={pageUrl(view, "/endpoints")}>{view.say("endpoints")}</a> ·{" "}
        <a href={pageUrl(view, "/deliveries")}>{view.say("deliveries")}</a>
      </p>
      {refused ? (
        <p class="mistakes" role="alert" lang="en">
          {refused}
        </p>
      ) : null}
      {rules.length === 0 ? <p class="empty">{view.say("noRules")}</p> : <RuleTable view={view} rules={rules} />}
      <section id="try">
        <h2>{rule ? view.say("ruleChange", { name: rule.name }) : view.say("ruleNew")}</h2>
        <TryForm view={view} form={form} texts={texts} />
        <Understood mistakes={mistakes} question={form.q} />
        <Wrong sentences={wrongManner} />
        {test ? (
          <>
            <h3>{view.say("ruleWould")}</h3>
            <pre class="mail">{backtestInWords(test, view.lang)}</pre>
            <KeepForm view={view} form={form} texts={texts} endpoints={endpoints} chosen={chosen} />
          </>
        ) : null}
      </section>
    </Layout>
  );
}

type FormProps = { readonly view: View; readonly form: RuleForm; readonly texts: MannerTexts };

function TryForm({ view, form, texts }: FormProps) {
  return (
    <form class="filters" method="get" action="/rules#try">
      <LanguageKept view={view} />
      {form.name === "" ? null : <input type="hidden" name="name" value={form.name} />}
      <label class="choice wide">
        <span>{view.say("ruleQuestion")}</span>
        <input name="q" value={form.q} />
      </label>
      <label class="choice">
        <span>{view.say("ruleAbout")}</span>
        <select name="about">
          {(["developments", "statements"] as const).map((about) => (
            <option value={about} selected={about === form.about}>
              {view.say(about)}
            </option>
          ))}
        </select>
      </label>
      <MannerFields view={view} texts={texts} />
      <button type="submit">{view.say("tryRule")}</button>
    </form>
  );
}

function KeepForm({
  view,
  form,
  texts,
  endpoints,
  chosen,
}: FormProps & { readonly endpoints: readonly Endpoint[]; readonly chosen: (endpoint: Endpoint) => boolean }) {
  if (endpoints.length === 0)
    return (
      <p class="empty">
        {view.say("noEndpoints")} <a href={pageUrl(view, "/endpoints")}>{view.say("endpoints")}</a>
      </p>
    );
  return (
    <form class="filters" method="post" action={pageUrl(view, "/rules")}>
      <input type="hidden" name="q" value={form.q} />
      <input type="hidden" name="about" value={form.about} />
      <HiddenManner texts={texts} />
      <label class="choice">
        <span>{view.say("endpointName")}</span>
        <input name="name" value={form.name} required maxlength={80} />
      </label>
      <fieldset class="ticks">
        <legend>{view.say("reportsTo")}</legend>
        {endpoints.map((endpoint) => (
          <label>
            <input type="checkbox" name="to" value={String(endpoint.id)} checked={chosen(endpoint)} /> {endpoint.name}
          </label>
        ))}
      </fieldset>
      <button type="submit">{view.say("keepRule")}</button>
    </form>
  );
}

function Wrong({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div class="mistakes" role="alert">
      <ul lang="en">
        {sentences.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

/** Shows each mistake with the part of the question that it stands in. */
function Understood({ mistakes, question }: { mistakes: readonly QueryMistake[]; question: string }) {
  if (mistakes.length === 0) return null;
  return (
    <div class="mistakes" role="alert">
      <ul lang="en">
        {mistakes.map(({ start, end, message }) => (
          <li>
            <code>
              {question.slice(0, start)}
              <mark>{question.slice(start, end) || "…"}</mark>
              {question.slice(end)}
            </code>{" "}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function RuleTable({ view, rules }: { view: View; rules: Awaited<ReturnType<typeof allRules>> }) {
  return (
    <div class="wide-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{view.say("ruleName")}</th>
            <th scope="col">{view.say("ruleQuestion")}</th>
            <th scope="col">{view.say("ruleManner")}</th>
            <th scope="col">{view.say("reportsTo")}</th>
            <th scope="col">{view.say("feeds")}</th>
            <th scope="col">{view.say("status")}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr data-entry>
              <td>{rule.name}</td>
              <td>
                <a href={pageUrl(view, "/rules#try", { q: rule.query, about: rule.about, name: rule.name })} data-open>
                  <code>{rule.query || "*"}</code>
                </a>{" "}
                <span class="aside">{view.say(rule.about)}</span>
              </td>
              <td>{mannerInWords(rule.manner, view.lang)}</td>
              <td>{rule.endpoints.join(", ")}</td>
              <td>
                <a href={`/rules/${rule.id}/feed.atom`}>Atom</a> · <a href={`/rules/${rule.id}/feed.json`}>JSON</a>
              </td>
              <td>
                {view.say(rule.enabled ? "stateOn" : "stateOff")}
                <form method="post" action={pageUrl(view, `/rules/${rule.id}/${rule.enabled ? "off" : "on"}`)}>
                  <button type="submit">{view.say(rule.enabled ? "switchOff" : "switchOn")}</button>
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
