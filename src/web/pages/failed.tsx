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

/** Says that the database cannot be reached, or that a page could not be made, and what to do. */
export function failedPage(view: View, unreachable: boolean) {
  const title = view.say(unreachable ? "unavailableTitle" : "errorTitle");
  return (
    <Layout view={view} title={title}>
      <h1>{title}</h1>
      <p>{unreachable ? view.say("unavailable") : view.say("error", { when: bothClocks(view.now, view.lang) })}</p>
    </Layout>
  );
}
