import type { RequestMistake } from "../problem.ts";
import type { View } from "../view.ts";

/** Says what cannot be understood in a question, and what is expected. */
export function Mistakes({ view, mistakes }: { view: View; mistakes: readonly RequestMistake[] }) {
  if (mistakes.length === 0) return null;
  return (
    <div class="mistakes" role="alert">
      <p>
        <strong>{view.say("mistakes")}</strong>
      </p>
      <ul lang="en">
        {mistakes.map(({ message }) => (
          <li>{message}</li>
        ))}
      </ul>
    </div>
  );
}
