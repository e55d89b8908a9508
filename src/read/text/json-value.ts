/** Gives what stands at a dotted path (`results`, `data.items`, `author.0.name`) of a JSON value; undefined where nothing does. */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
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
