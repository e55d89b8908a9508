import fc from "fast-check";

/** A schema of an OpenAPI 3.1 document, as far as ours use it. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly example?: unknown;
};

/** Words that have broken parsers, databases and pages before. */
const HOSTILE = [
  ...["", " ", "0", "-1", "1e999", "NaN", "null", "undefined", "[]", "\u0000", "a\u0000b", "\ud800", "%00", "%", "%ff"],
  ...["'", "''; drop table statements; --", '"', "\\", "<script>alert(1)</script>", "../../etc/passwd", "$" + "{7*7}"],
  ...[
    "(",
    ")",
    "((((((((((",
    "-",
    "OR",
    "OR OR",
    'near:"',
    "actor:",
    "since:9999-99-99",
    "since:275760-09-14",
    '"" ""',
  ],
  ...["中", "中国", "，。", "𠀀", "e\u0301", "\u202e", "a".repeat(5_000), "(".repeat(2_000), "9".repeat(400)],
  ...["2026", "2026-05", "2026-05-19", "0001", "999999", "9007199254740993", "msg_", "constructor", "__proto__"],
];

/** Texts that nobody expects. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 30 }),
);

/** Makes values that fit a schema, mostly: lengths and patterns are not looked at, so that some are refused. */
export function arbitraryOf(schema: Schema, resolve: (ref: string) => Schema): fc.Arbitrary<unknown> {
  if (schema.$ref) return arbitraryOf(resolve(schema.$ref), resolve);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => arbitraryOf(one, resolve)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = [schema.type ?? "string"].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, resolve)));
}

function ofType(type: string, schema: Schema, resolve: (ref: string) => Schema): fc.Arbitrary<unknown> {
  const { minimum: min, maximum: max } = schema;
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
    case "number":
      return fc.oneof(fc.integer({ min: min ?? -1_000, max: max ?? 1_000 }), fc.constantFrom(-1, 0, 2 ** 53, 1.5));
    case "array":
      return fc.array(arbitraryOf(schema.items ?? {}, resolve), { maxLength: 4 });
    case "object": {
      const parts = Object.entries(schema.properties ?? {}).map(([name, part]) => [name, arbitraryOf(part, resolve)]);
      return fc.record(Object.fromEntries(parts), { requiredKeys: [...(schema.required ?? [])] as never[] });
    }
    default:
      return schema.example === undefined ? anyText : fc.oneof(fc.constant(schema.example), anyText);
  }
}

/** Makes the plainest value that fits a schema: its example, what must be there and no more. */
export function plainOf(schema: Schema, resolve: (ref: string) => Schema): unknown {
  if (schema.$ref) return plainOf(resolve(schema.$ref), resolve);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return plainOf(schema.anyOf[0], resolve);
  const [type] = [schema.type ?? "string"].flat();
  if (type === "integer" || type === "number") return schema.minimum ?? 1;
  if (type === "array") return [plainOf(schema.items ?? {}, resolve)];
  if (type !== "object") return type === "null" ? null : type === "boolean" ? true : "text";
  const parts = (schema.required ?? []).map((name) => [name, plainOf(schema.properties?.[name] ?? {}, resolve)]);
  return Object.fromEntries(parts);
}
