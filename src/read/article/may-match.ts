import { isTraversal, parse, type Selector } from "css-what";
import type { ElementNode } from "../text/dom.ts";

/** What some elements are called, as in selectors: `.class`, `#id`, `[attribute]` and the name of the element. */
export type Callings = ReadonlySet<string>;

/** Gathers what elements are called. */
export function callingsOf(elements: readonly ElementNode[]): Callings {
  const callings = new Set<string>();
  for (const { name, attribs } of elements) {
    callings.add(name);
    for (const attribute of Object.keys(attribs)) callings.add(`[${attribute}]`);
    for (const word of attribs.class?.split(/\s+/) ?? []) callings.add(`.${word}`);
    if (attribs.id !== undefined) callings.add(`#${attribs.id}`);
  }
  return callings;
}

/** What an element must be called to be matched, for each selector and each of its alternatives; selectors of ours are few and known. */
const needs = new Map<string, readonly (readonly string[])[]>();

/**
 * Tells whether a selector of ours may match one of the elements that are called so. Where it says no, nobody need look at them one
 * by one: most of the places where some page prints its date are on no other page.
 */
export function mayMatch(selector: string, callings: Callings): boolean {
  const known = needs.get(selector) ?? parse(selector).map(needsOf);
  needs.set(selector, known);
  return known.some((alternative) => alternative.every((calling) => callings.has(calling)));
}

/** Only the element itself counts: those above it may be called by nothing that was gathered. */
function needsOf(alternative: readonly Selector[]): readonly string[] {
  const own = alternative.slice(alternative.findLastIndex(isTraversal) + 1);
  return own.flatMap((part) => {
    if (part.type === "tag") return [part.name.toLowerCase()];
    if (part.type !== "attribute" || part.action === "not") return [];
    const isExact = part.ignoreCase === false || part.ignoreCase === "quirks";
    if (part.name === "class" && part.action === "element" && isExact) return [`.${part.value}`];
    if (part.name === "id" && part.action === "equals" && isExact) return [`#${part.value}`];
    return [`[${part.name.toLowerCase()}]`];
  });
}
