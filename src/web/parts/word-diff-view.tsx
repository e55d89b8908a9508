import { wordDiff } from "../../detect/edit/word-diff.ts";
import type { View } from "../view.ts";

/** Words of an unchanged stretch shown on either side of a change. */
const AROUND = 40;

/** Shows two texts as one, added words marked as `ins` and removed ones as `del`; long unchanged stretches are folded. */
export function WordDiffView({ view, before, after }: { view: View; before: string; after: string }) {
  const pieces = wordDiff(before, after);
  if (pieces.every(({ kind }) => kind === "same")) return <p class="empty">{view.say("noChanges")}</p>;
  return (
    <div class="diff said">
      {pieces.map(({ kind, text }, index) => {
        if (kind === "added") return <ins>{text}</ins>;
        if (kind === "removed") return <del>{text}</del>;
        const { head, folded, tail } = fold(text, index === 0, index === pieces.length - 1);
        return (
          <>
            {head}
            {folded > 0 ? <span class="folded"> [{view.say("wordsUnchanged", { count: folded })}] </span> : null}
            {tail}
          </>
        );
      })}
    </div>
  );
}

/** Cuts the middle out of an unchanged stretch; at the ends of the text only the side towards the change is kept. */
export function fold(text: string, atStart: boolean, atEnd: boolean) {
  const words = [...text.matchAll(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu)];
  const kept = (atStart ? 0 : AROUND) + (atEnd ? 0 : AROUND);
  if (words.length <= kept + AROUND) return { head: text, folded: 0, tail: "" };
  const headEnd = atStart ? 0 : endOf(words[AROUND - 1]);
  const tailStart = atEnd ? text.length : (words[words.length - AROUND]?.index ?? 0);
  return { head: text.slice(0, headEnd), folded: words.length - kept, tail: text.slice(tailStart) };
}

function endOf(match: RegExpMatchArray | undefined): number {
  return match?.index === undefined ? 0 : match.index + match[0].length;
}
