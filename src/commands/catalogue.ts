import { stringify } from "yaml";
import { Failure } from "../domain/failure.ts";
import { currentCatalogue, currentConfig } from "./context.ts";
import { chooseFormat, printRows } from "./output.ts";
import { type UnknownOptions, unknownSpeakersCommand } from "./unknown-speakers.ts";

type ActorOptions = UnknownOptions & { readonly unknown?: boolean };
type ListOptions = { readonly format?: string; readonly find?: string };

/**
 * Lists who can speak; with `--unknown` who speaks in the archive and is no actor yet.
 *
 * @throws {Failure} `bad-input` when an option that belongs to `--unknown` is given without it.
 */
export async function actorsCommand(options: ActorOptions): Promise<void> {
  if (options.unknown) return unknownSpeakersCommand(options);
  const alone = options.since ?? options.atLeast ?? options.limit;
  if (alone !== undefined) throw new Failure("bad-input", "--since, --at-least and --limit belong to --unknown.");
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

/**
 * Prints the catalogue's entry of one actor.
 *
 * @throws {Failure} `bad-input` when there is none of this id.
 */
export function showActorCommand(id: string): void {
  const { actors } = currentCatalogue(currentConfig());
  printEntry(
    actors.find((actor) => actor.id === id),
    `${id}: the catalogue has no such actor; parley actors --find WORDS lists them.`,
  );
}

/**
 * Prints the catalogue's entry of one topic: a leaf, or a parent with its leaves.
 *
 * @throws {Failure} `bad-input` when there is none of this id.
 */
export function showTopicCommand(id: string): void {
  const { topics } = currentCatalogue(currentConfig());
  printEntry(
    topics.flatMap((topic) => [topic, ...topic.leaves]).find((topic) => topic.id === id),
    `${id}: the catalogue has no such topic; parley topics --find WORDS lists them.`,
  );
}

/** Writes an entry as it would stand in a file of the catalogue. */
function printEntry(entry: object | undefined, unknown: string): void {
  if (!entry) throw new Failure("bad-input", unknown);
  console.log(stringify([entry], { lineWidth: 120 }).trimEnd());
}

function isWanted({ find }: ListOptions, texts: readonly string[]): boolean {
  return find === undefined || texts.some((text) => text.toLowerCase().includes(find.toLowerCase()));
}
