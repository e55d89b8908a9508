import type { Problem } from "../../domain/problem.ts";
import { nestingOf } from "../text/nesting.ts";

/** Takes the entries out of a feed that are nested beyond `limit`, so that one hostile entry does not cost the others. */
export function withoutDeepEntries(xml: string, limit: number, problems: Problem[]): string {
  const opening = /<((?:\w+:)?(?:item|entry))[\s>]/g;
  let kept = "";
  let done = 0;
  let line = 1;
  let counted = 0;
  for (let match = opening.exec(xml); match; match = opening.exec(xml)) {
    const closing = `</${match[1]}>`;
    const at = xml.indexOf(closing, opening.lastIndex);
    if (at < 0) break;
    const end = at + closing.length;
    if (nestingOf(xml.slice(match.index, end), limit, "xml") > limit) {
      kept += xml.slice(done, match.index);
      done = end;
      for (; counted < match.index; counted++) if (xml[counted] === "\n") line++;
      problems.push({
        code: "too-deep",
        message: `An entry has elements nested more than ${limit} deep; it was left out.`,
        line,
      });
    }
    opening.lastIndex = end;
  }
  return kept + xml.slice(done);
}
