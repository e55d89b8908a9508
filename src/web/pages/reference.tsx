import { Layout } from "../layout.tsx";
import { pageUrl, type View } from "../view.ts";

/** A schema of the API's document, as far as the page shows it. */
export type ShownSchema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly ShownSchema[];
  readonly allOf?: readonly ShownSchema[];
  readonly properties?: Readonly<Record<string, ShownSchema>>;
  readonly required?: readonly string[];
  readonly items?: ShownSchema;
  readonly additionalProperties?: boolean | ShownSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly example?: unknown;
};

type Content = Readonly<Record<string, { readonly schema?: ShownSchema }>>;

/** One operation of the API's document. */
export type ShownOperation = {
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: ShownSchema;
  }[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
};

/** The API's document, as far as the page shows it. */
export type ShownApi = {
  readonly info: { readonly description?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, ShownOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, ShownSchema>> };
};

/** Shows the API: each operation with its parameters and answers, then the shapes that they name. Made from the document itself. */
export function referencePage(view: View, api: ShownApi) {
  const nouns = [...new Set(Object.keys(api.paths).map(nounOf))];
  return (
    <Layout view={view} title={view.say("reference")}>
      <h1>{view.say("reference")}</h1>
      <p>
        <a href="/api/v1/openapi.json">OpenAPI 3.1</a> · <a href={pageUrl(view, "/about")}>{view.say("about")}</a>
      </p>
      <div class="prose" lang="en">
        {(api.info.description ?? "").split("\n\n").map((paragraph) => (
          <p>
            <InCode text={paragraph} />
          </p>
        ))}
      </div>
      <p>
        {nouns.map((noun) => (
          <>
            <a href={`#${noun}`}>{noun}</a>{" "}
          </>
        ))}
      </p>
      {nouns.map((noun) => (
        <section id={noun} lang="en">
          <h2>{noun}</h2>
          {Object.entries(api.paths)
            .filter(([path]) => nounOf(path) === noun)
            .flatMap(([path, methods]) =>
              Object.entries(methods).map(([method, operation]) => (
                <Operation method={method} path={path} operation={operation} />
              )),
            )}
        </section>
      ))}
      <section lang="en">
        <h2>{view.say("referenceShapes")}</h2>
        {Object.entries(api.components.schemas).map(([name, schema]) => (
          <section id={`shape-${name}`}>
            <h3>{name}</h3>
            {schema.description ? <p>{schema.description}</p> : null}
            <Parts schema={schema} />
          </section>
        ))}
      </section>
    </Layout>
  );
}

function nounOf(path: string): string {
  return path.split("/")[1] ?? "";
}

function Operation({ method, path, operation }: { method: string; path: string; operation: ShownOperation }) {
  const scope = operation.security?.[0]?.token?.[0];
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  return (
    <section id={`${method}${path.replaceAll(/[^a-z]+/g, "-")}`} data-entry>
      <h3>
        <code>
          {method.toUpperCase()} /api/v1{path}
        </code>
      </h3>
      <p>
        {operation.summary}
        {scope ? <span class="aside"> scope {scope}</span> : null}
      </p>
      {operation.description ? <p>{operation.description}</p> : null}
      {operation.parameters?.length ? (
        <details>
          <summary>
            {operation.parameters.length === 1 ? "1 parameter" : `${operation.parameters.length} parameters`}
          </summary>
          <dl>
            {operation.parameters.map(({ name, in: place, required, description, schema = {} }) => (
              <>
                <dt>
                  <code>{name}</code>{" "}
                  <span class="aside">
                    {place}
                    {required ? ", required" : ""}: <Kind schema={schema} />
                  </span>
                </dt>
                <dd>
                  <InCode text={description ?? schema.description ?? ""} />
                </dd>
              </>
            ))}
          </dl>
        </details>
      ) : null}
      {body ? (
        <p>
          Body: <Kind schema={body} />
          {body.$ref ? null : <Parts schema={body} />}
        </p>
      ) : null}
      <ul>
        {Object.entries(operation.responses).map(([status, { description, content }]) => (
          <li>
            <strong>{status}</strong> {description}
            {Object.entries(content ?? {}).map(([type, { schema = {} }]) => (
              <>
                {" "}
                <span class="aside">{type}</span> <Kind schema={schema} />
                {schema.$ref || Number(status) >= 400 ? null : <Parts schema={schema} />}
              </>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The parts of an object, and theirs. */
function Parts({ schema }: { schema: ShownSchema }) {
  const whole = schema.properties ? schema : (schema.anyOf?.find(({ properties }) => properties) ?? schema.items);
  if (!whole?.properties) return null;
  return (
    <ul>
      {Object.entries(whole.properties).map(([name, part]) => (
        <li>
          <code>{name}</code>
          {whole.required?.includes(name) ? null : "?"}{" "}
          <span class="aside">
            <Kind schema={part} />
          </span>{" "}
          <InCode text={part.description ?? ""} />
          {isNamed(part) ? null : <Parts schema={part} />}
        </li>
      ))}
    </ul>
  );
}

function isNamed(schema: ShownSchema): boolean {
  return Boolean(schema.$ref ?? schema.items?.$ref ?? schema.anyOf?.some(({ $ref }) => $ref));
}

/** Says in a few words what kind of value a schema takes; named shapes are links. */
function Kind({ schema }: { schema: ShownSchema }) {
  if (schema.$ref) {
    const name = schema.$ref.replace("#/components/schemas/", "");
    return <a href={`#shape-${name}`}>{name}</a>;
  }
  const several = schema.anyOf ?? schema.allOf;
  if (several) {
    return (
      <>
        {several.map((one, index) => (
          <>
            {index > 0 ? " or " : ""}
            <Kind schema={one} />
          </>
        ))}
      </>
    );
  }
  if (schema.items) {
    return (
      <>
        list of <Kind schema={schema.items} />
      </>
    );
  }
  const words = schema.enum
    ? schema.enum.map((one) => JSON.stringify(one)).join(" | ")
    : [schema.type ?? []].flat().join(" or ");
  const range =
    schema.minimum !== undefined && schema.maximum !== undefined ? ` ${schema.minimum} to ${schema.maximum}` : "";
  const usual = schema.default === undefined ? "" : `, default ${JSON.stringify(schema.default)}`;
  const example = schema.example === undefined ? "" : `, such as ${JSON.stringify(schema.example)}`;
  return <>{`${words}${schema.format ? ` (${schema.format})` : ""}${range}${usual}${example}`}</>;
}

/** Shows what stands between backticks as code. */
function InCode({ text }: { text: string }) {
  return <>{text.split("`").map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}
