/** Gives what stands at a dotted path (`results`, `data.items`, `author.0.name`) of a JSON value; undefined where nothing does. */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/**
 * Gives the entries that a path of the catalogue leads to: `$` is the whole, `data.list[].item` goes through each value of a list
 * on the way. Null where the path leads to no list.
 */
export function entriesAt(json: unknown, path: string): readonly unknown[] | null {
  let found: readonly unknown[] = [json];
  for (const step of path === "$" ? [] : path.split(".")) {
    const isList = step.endsWith("[]");
    const values = found.map((value) => valueAt(value, isList ? step.slice(0, -2) : step));
    const lists = values.filter((value) => Array.isArray(value));
    if (isList && lists.length === 0) return null;
    found = isList ? lists.flat() : values.filter((value) => value !== undefined && value !== null);
  }
  if (path.includes("[]")) return found.flat();
  return Array.isArray(found[0]) ? found[0] : null;
}

/** Gives a string or number as text; null for anything else and for blank text. */
export function textAt(json: unknown, path: string): string | null {
  const value = valueAt(json, path);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value.trim() ? value : null;
}

/** Parses JSON; undefined where the text is none. A byte order mark is forgiven. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, "").trim());
  } catch {
    return undefined;
  }
}
