import { currentCatalogue, currentConfig } from "./context.ts";
import { chooseFormat, printRows } from "./output.ts";

type ListOptions = { readonly format?: string; readonly find?: string };

/** Lists the sources of the catalogue. */
export async function sourcesCommand(options: ListOptions): Promise<void> {
  const { sources } = currentCatalogue(currentConfig());
  printRows(
    sources.filter((source) =>
      isWanted(options, [source.id, source.title, source.titleZh ?? "", source.actor, source.class]),
    ),
    [
      { name: "id", value: ({ id }) => id, width: 28 },
      { name: "title", value: ({ title }) => title },
      { name: "kind", value: ({ list }) => list?.kind ?? "none", width: 9 },
      { name: "every", value: ({ poll }) => poll.every, width: 7 },
      { name: "confidence", value: ({ confidence }) => confidence, width: 12 },
      { name: "state", value: ({ enabled, disabledBecause }) => (enabled ? "on" : `off: ${disabledBecause ?? ""}`) },
    ],
    chooseFormat(options.format),
  );
}

/** Lists who can speak. */
export async function actorsCommand(options: ListOptions): Promise<void> {
  const { actors } = currentCatalogue(currentConfig());
  printRows(
    actors.filter((actor) =>
      isWanted(options, [actor.id, actor.name, ...actor.aliases, ...actor.abbreviations, ...actor.zh]),
    ),
    [
      { name: "id", value: ({ id }) => id, width: 30 },
      { name: "name", value: ({ name }) => name },
      { name: "中文", value: ({ zh }) => zh[0] ?? "" },
      { name: "type", value: ({ type }) => type, width: 17 },
      { name: "bloc", value: ({ bloc }) => bloc, width: 8 },
      {
        name: "offices",
        value: ({ offices }) =>
          offices.map(({ role, body, from, to }) => `${role}, ${body} ${from ?? "?"}–${to ?? ""}`).join("; "),
      },
    ],
    chooseFormat(options.format),
  );
}

/** Lists the topics and their leaves. */
export async function topicsCommand(options: ListOptions): Promise<void> {
  const { topics } = currentCatalogue(currentConfig());
  printRows(
    topics.flatMap(({ leaves }) => leaves).filter((leaf) => isWanted(options, [leaf.id, leaf.label, leaf.definition])),
    [
      { name: "id", value: ({ id }) => id, width: 34 },
      { name: "label", value: ({ label }) => label, width: 34 },
      { name: "definition", value: ({ definition }) => definition },
    ],
    chooseFormat(options.format),
  );
}

function isWanted({ find }: ListOptions, texts: readonly string[]): boolean {
  return find === undefined || texts.some((text) => text.toLowerCase().includes(find.toLowerCase()));
}
