import { bothClocks } from "../clocks.ts";
import { Layout } from "../layout.tsx";
import { pageUrl, type View } from "../view.ts";

/** Says that there is nothing at an address, and offers the search. */
export function notFoundPage(view: View) {
  return (
    <Layout view={view} title={view.say("notFoundTitle")}>
      <h1>{view.say("notFoundTitle")}</h1>
      <p>{view.say("notFound")}</p>
      <p>
        <a href={pageUrl(view, "/statements")}>{view.say("search")}</a> ·{" "}
        <a href={pageUrl(view, "/")}>{view.say("today")}</a>
      </p>
    </Layout>
  );
}

/** Why a page could not be made: the database does not answer, it took too long to answer, or something else went wrong. */
export type WhyFailed = "unavailable" | "tooLong" | "error";

/** Says that the database cannot be reached, that a question took too long, or that a page could not be made, and what to do. */
export function failedPage(view: View, why: WhyFailed) {
  const title = view.say(`${why}Title`);
  return (
    <Layout view={view} title={title}>
      <h1>{title}</h1>
      <p>{why === "error" ? view.say("error", { when: bothClocks(view.now, view.lang) }) : view.say(why)}</p>
    </Layout>
  );
}
