import type { RequestMistake } from "../http/problem.ts";
import { samePage, type View } from "../view.ts";

/** Says what cannot be understood in a question, and what is expected. */
export function Mistakes({ view, mistakes }: { view: View; mistakes: readonly RequestMistake[] }) {
  if (mistakes.length === 0) return null;
  return (
    <div class="mistakes" role="alert">
      <p>
        <strong>{view.say("mistakes")}</strong>
      </p>
      <ul lang="en">
        {mistakes.map((mistake) => (
          <li>
            {mistake.message} <Instead view={view} mistake={mistake} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Links to the same question with what may have been meant in the place of the mistake; nothing where that is not known. */
function Instead({ view, mistake }: { view: View; mistake: RequestMistake }) {
  const { parameter, start, end, suggestion } = mistake;
  const given = view.url.searchParams.getAll(parameter);
  const [asked] = given;
  if (!suggestion || start === undefined || end === undefined || asked === undefined || given.length > 1) return null;
  const meant = asked.slice(0, start) + suggestion + asked.slice(end);
  return (
    <a href={samePage(view, { [parameter]: meant, cursor: null })}>
      {view.say("askInstead")} <code>{meant}</code>
    </a>
  );
}
