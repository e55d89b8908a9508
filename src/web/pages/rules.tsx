import type { Database } from "../../db/client.ts";
import { allEndpoints } from "../../db/endpoints.ts";
import { catalogueNames } from "../../db/query-names.ts";
import { pastOfRule } from "../../db/rule-past.ts";
import { allRules } from "../../db/rules.ts";
import { AT_ONCE } from "../../domain/alert-manner.ts";
import { playBack } from "../../domain/backtest.ts";
import type { QueryMistake } from "../../domain/query/mistake.ts";
import { mistakesInRule, type RuleAbout } from "../../domain/rule.ts";
import { backtestInWords } from "../../present/backtest-text.ts";
import { mannerInWords } from "../../present/manner-text.ts";
import { Layout } from "../layout.tsx";
import { pageUrl, type View } from "../view.ts";

const PAST_DAYS = 90;

/** What stands in the form: the address of the page says it, so that a trial can be sent to a colleague. */
export type RuleForm = {
  readonly q: string;
  readonly about: RuleAbout;
  readonly name: string;
  readonly tried: boolean;
};

/** Reads the form from the address of the page. */
export function ruleFormOf(url: URL): RuleForm {
  const about = url.searchParams.get("about") === "statements" ? "statements" : "developments";
  const name = url.searchParams.get("name") ?? "";
  return { q: (url.searchParams.get("q") ?? "").trim(), about, name, tried: url.searchParams.has("q") };
}

/** Lists the rules, and tries a new one on the past before it can be kept. */
export async function rulesPage(db: Database, view: View, form: RuleForm, refused: string | null) {
  const [rules, endpoints] = await Promise.all([allRules(db), allEndpoints(db)]);
  const mistakes = form.tried ? mistakesInRule(form.q, form.about, await catalogueNames(db)) : [];
  const since = new Date(view.now.getTime() - PAST_DAYS * 86_400_000);
  const rule = { query: form.q, about: form.about };
  // A rule of this name keeps its quiet hours: its new question is tried as it would be asked.
  const manner = rules.find(({ name }) => name === form.name)?.manner ?? AT_ONCE;
  const test =
    form.tried && mistakes.length === 0
      ? playBack(await pastOfRule(db, rule, { since, until: view.now }), manner)
      : null;
  return (
    <Layout view={view} title={view.say("rules")}>
      <h1>{view.say("rules")}</h1>
      {refused ? (
        <p class="mistakes" role="alert" lang="en">
          {refused}
        </p>
      ) : null}
      {rules.length === 0 ? <p class="empty">{view.say("noRules")}</p> : <RuleTable view={view} rules={rules} />}
      <section>
        <h2>{view.say("ruleNew")}</h2>
        <form class="filters" method="get" action="/rules">
          {view.lang === view.preferred ? null : <input type="hidden" name="lang" value={view.lang} />}
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
          <button type="submit">{view.say("tryRule")}</button>
        </form>
        <Understood mistakes={mistakes} question={form.q} />
        {test ? (
          <>
            <h3>{view.say("ruleWould")}</h3>
            <pre class="mail" lang="en">
              {backtestInWords(test)}
            </pre>
            <form class="filters" method="post" action={pageUrl(view, "/rules")}>
              <input type="hidden" name="q" value={form.q} />
              <input type="hidden" name="about" value={form.about} />
              <label class="choice">
                <span>{view.say("ruleName")}</span>
                <input name="name" value={form.name} required maxlength={80} />
              </label>
              <label class="choice">
                <span>{view.say("reportsTo")}</span>
                <select name="to" multiple required>
                  {endpoints.map(({ id, name }) => (
                    <option value={String(id)}>{name}</option>
                  ))}
                </select>
              </label>
              <button type="submit">{view.say("keepRule")}</button>
            </form>
          </>
        ) : null}
      </section>
    </Layout>
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
                <a href={pageUrl(view, "/rules", { q: rule.query, about: rule.about, name: rule.name })} data-open>
                  <code>{rule.query || "*"}</code>
                </a>{" "}
                <span class="aside">{view.say(rule.about)}</span>
              </td>
              <td lang="en">{mannerInWords(rule.manner)}</td>
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
