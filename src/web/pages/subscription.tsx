import type { Subscriber } from "../../db/digests/subscribers.ts";
import { Layout } from "../layout.tsx";
import { pageUrl, type View } from "../view.ts";

/** What stands in the form. */
export type SubscriptionForm = Pick<
  Subscriber,
  "timeZone" | "sendAt" | "lang" | "daily" | "weeklyOn" | "topics" | "watch"
>;

/** The wishes of whoever has said none. */
export const plainWish: SubscriptionForm = {
  ...{ timeZone: "UTC", sendAt: "07:00", lang: "en", daily: true, weeklyOn: null, topics: [], watch: null },
};

const DAYS = ["day1", "day2", "day3", "day4", "day5", "day6", "day7"] as const;

function periodOf({ daily, weeklyOn }: SubscriptionForm) {
  return weeklyOn === null ? "daily" : daily ? "both" : "weekly";
}

/** Asks for digests, or changes what comes; says what is wrong with the form. */
export function subscriptionPage(
  view: View,
  {
    action,
    address,
    wish,
    notice,
    mistakes,
    unsubscribe,
  }: {
    readonly action: string;
    /** Null where the address is still to be given. */
    readonly address: string | null;
    readonly wish: SubscriptionForm;
    readonly notice: string | null;
    readonly mistakes: readonly string[];
    /** Where one unsubscribes; null for who is not subscribed. */
    readonly unsubscribe: string | null;
  },
) {
  const period = periodOf(wish);
  return (
    <Layout view={view} title={view.say("subscription")}>
      <h1>{view.say("subscription")}</h1>
      {notice ? (
        <p role="status">
          <strong>{notice}</strong>
        </p>
      ) : null}
      {mistakes.length > 0 ? (
        <div class="mistakes" role="alert">
          <ul lang="en">
            {mistakes.map((mistake) => (
              <li>{mistake}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <form class="filters" method="post" action={pageUrl(view, action)}>
        {address === null ? (
          <label class="choice">
            <span>{view.say("mailAddress")}</span>
            <input type="email" name="address" required />
          </label>
        ) : (
          <p>{address}</p>
        )}
        <label class="choice">
          <span>{view.say("howOften")}</span>
          <select name="period">
            {(["daily", "weekly", "both"] as const).map((one) => (
              <option value={one} selected={one === period}>
                {view.say(`period_${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label class="choice">
          <span>{view.say("weekday")}</span>
          <select name="weekday">
            {DAYS.map((day, index) => (
              <option value={String(index + 1)} selected={index + 1 === (wish.weeklyOn ?? 1)}>
                {view.say(day)}
              </option>
            ))}
          </select>
        </label>
        <label class="choice">
          <span>{view.say("localTime")}</span>
          <input type="time" name="at" value={wish.sendAt} required />
        </label>
        <label class="choice">
          <span>{view.say("timeZone")}</span>
          <input name="zone" value={wish.timeZone} required />
        </label>
        <label class="choice">
          <span>{view.say("language")}</span>
          <select name="lang">
            <option value="en" selected={wish.lang === "en"}>
              English
            </option>
            <option value="zh" selected={wish.lang === "zh"}>
              中文
            </option>
          </select>
        </label>
        <label class="choice">
          <span>{view.say("watchedTopics")}</span>
          <input name="topics" value={wish.topics.join(" ")} />
        </label>
        <label class="choice">
          <span>{view.say("watchedWords")}</span>
          <input name="watch" value={wish.watch ?? ""} />
        </label>
        <p class="aside">{view.say("watchedHint")}</p>
        <button type="submit">{view.say(address === null ? "askForDigest" : "keepWishes")}</button>
      </form>
      {unsubscribe ? (
        <form method="post" action={pageUrl(view, unsubscribe)}>
          <button type="submit">{view.say("unsubscribe")}</button>
        </form>
      ) : null}
    </Layout>
  );
}

/** What somebody would get, in words, for its owner to see before saying yes: anybody may have asked. */
export function wishInWords(view: View, wish: SubscriptionForm): readonly (readonly [string, string])[] {
  const period = periodOf(wish);
  const day = wish.weeklyOn === null ? null : DAYS[wish.weeklyOn - 1];
  return [
    [view.say("howOften"), [view.say(`period_${period}`), ...(day ? [view.say(day)] : [])].join(", ")],
    [view.say("localTime"), `${wish.sendAt} ${wish.timeZone}`],
    [view.say("language"), wish.lang === "zh" ? "中文" : "English"],
    ...(wish.topics.length > 0 ? [[view.say("watchedTopics"), wish.topics.join(" ")] as const] : []),
    ...(wish.watch === null ? [] : [[view.say("watchedWords"), wish.watch] as const]),
  ];
}

type Question = {
  readonly title: string;
  readonly text: string;
  readonly action: string | null;
  readonly button: string;
  readonly facts?: readonly (readonly [string, string])[];
};

/** Asks one question with one button, because programs that look into mails follow links but press nothing. */
export function oneButtonPage(view: View, { title, text, action, button, facts = [] }: Question) {
  return (
    <Layout view={view} title={title}>
      <h1>{title}</h1>
      <p>{text}</p>
      {facts.length > 0 ? (
        <ul>
          {facts.map(([name, value]) => (
            <li>
              {name}: <strong>{value}</strong>
            </li>
          ))}
        </ul>
      ) : null}
      {action ? (
        <form method="post" action={pageUrl(view, action)}>
          <button type="submit">{button}</button>
        </form>
      ) : null}
    </Layout>
  );
}
