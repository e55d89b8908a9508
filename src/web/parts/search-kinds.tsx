import type { Phrase } from "../dictionary/words.ts";
import { pageUrl, type View } from "../view.ts";

const KINDS: readonly (readonly [path: string, phrase: Phrase])[] = [
  ["/statements", "statements"],
  ["/documents", "documents"],
  ["/developments", "developments"],
];

/** What belongs to one list alone: where its page begins, how it is ordered; the language of the interface is kept by every link. */
const OWN = new Set(["cursor", "order", "lang"]);

/** Leads from a search of one kind of thing to the same search of the others. */
export function SearchKinds({ view }: { view: View }) {
  const asked = Object.fromEntries([...view.url.searchParams].filter(([name]) => !OWN.has(name)));
  return (
    <nav class="kinds" aria-label={view.say("sameSearchOf")}>
      {KINDS.map(([path, phrase]) => (
        <a href={pageUrl(view, path, asked)} aria-current={view.url.pathname === path ? "page" : undefined}>
          {view.say(phrase)}
        </a>
      ))}
    </nav>
  );
}
