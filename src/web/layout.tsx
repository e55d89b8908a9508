import type { Child } from "hono/jsx";
import type { Phrase } from "./dictionary/words.ts";
import { script, stylesheet } from "./http/assets.ts";
import { LanguageKept } from "./parts/language-kept.tsx";
import { pageUrl, samePage, type View } from "./view.ts";

const PLACES: readonly (readonly [path: string, phrase: Phrase])[] = [
  ["/", "today"],
  ["/developments", "developments"],
  ["/threads", "threads"],
  ["/statements", "statements"],
  ["/documents", "documents"],
  ["/actors", "actors"],
  ["/topics", "topics"],
  ["/meetings", "meetings"],
  ["/phrases", "phrases"],
  ["/commitments", "commitments"],
  ["/sources", "sources"],
  ["/deliveries", "deliveries"],
  ["/rules", "rules"],
  ["/about", "about"],
];

/** Frames a page: head, search, places, footer. */
export function Layout({ view, title, children }: { view: View; title: string; children: Child }) {
  const otherLanguage = view.lang === "zh" ? "en" : "zh";
  const other = samePage(view, { lang: otherLanguage === view.preferred ? null : otherLanguage });
  return (
    <html lang={view.lang === "zh" ? "zh-Hans" : "en"}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === "Parley" ? title : `${title} · Parley`}</title>
        <link rel="stylesheet" href={stylesheet.path} />
        <link rel="icon" href="data:," />
        <link rel="alternate" type="application/atom+xml" title="Parley" href="/developments.atom" />
        <script src={script.path} defer></script>
      </head>
      <body>
        <a class="skip" href="#content">
          {view.say("skipToContent")}
        </a>
        <header class="masthead">
          <div class="masthead-line">
            <a class="name" href={pageUrl(view, "/")}>
              Parley
            </a>
            <span class="tagline">{view.say("tagline")}</span>
            <search class="quick">
              <form action="/statements" method="get">
                <LanguageKept view={view} />
                <input
                  type="search"
                  name="q"
                  aria-label={view.say("search")}
                  placeholder={view.say("search")}
                  data-search
                />
              </form>
            </search>
            <a class="other-language" href={other} lang={view.lang === "zh" ? "en" : "zh-Hans"}>
              {view.say("otherLanguage")}
            </a>
          </div>
          <nav aria-label="Parley">
            {PLACES.map(([path, phrase]) => (
              <a href={pageUrl(view, path)} aria-current={isHere(view, path) ? "page" : undefined}>
                {view.say(phrase)}
              </a>
            ))}
          </nav>
        </header>
        <main id="content" tabindex={-1}>
          {children}
        </main>
        <footer>
          <p>{view.say("aboutVersion", { version: view.version })}</p>
        </footer>
      </body>
    </html>
  );
}

function isHere(view: View, path: string): boolean {
  return path === "/" ? view.url.pathname === "/" : `${view.url.pathname}/`.startsWith(`${path}/`);
}
