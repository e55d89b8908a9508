import { isTraversal, parse, type Selector } from "css-what";

/** Pseudo-classes that the page reader's matcher knows and that make sense for finding a part of a page. */
const KNOWN = new Set(
  (
    "not is has where matches any-link checked contains icontains disabled empty enabled eq even first first-child " +
    "first-of-type gt header last last-child last-of-type link lt nth-child nth-last-child nth-last-of-type nth-of-type " +
    "odd only-child only-of-type parent root"
  ).split(" "),
);

/** Finds out why a CSS selector from the catalogue cannot be used; null when it can. */
export function whyBadSelector(selector: string): string | null {
  if (selector.trim() === "") return "is empty";
  if (selector.length > 300) return "is longer than 300 characters";
  try {
    return whyUnknown(parse(selector));
  } catch (error) {
    return `is no CSS selector (${error instanceof Error ? error.message : "unreadable"})`;
  }
}

function whyUnknown(alternatives: readonly (readonly Selector[])[]): string | null {
  for (const parts of alternatives) {
    const last = parts.at(-1);
    if (!last || isTraversal(last)) return "ends without naming an element";
    for (const part of parts) {
      if (part.type === "pseudo-element") return `asks for ::${part.name}, which is no element`;
      if (part.type !== "pseudo") continue;
      if (!KNOWN.has(part.name)) return `uses :${part.name}, which the page reader does not know`;
      const why = Array.isArray(part.data) ? whyUnknown(part.data) : null;
      if (why) return why;
    }
  }
  return null;
}
