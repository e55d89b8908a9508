import { currentCatalogue, currentConfig } from "./context.ts";
import { chooseFormat, printRows } from "./output.ts";

type ListOptions = { readonly format?: string; readonly find?: string };

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
