/** What a document may be called by. */
export type NameSources = {
  readonly title: string | null;
  readonly origin: string | null;
  readonly url: string | null;
};

/** Names a document for people: by its title, else by where it came from, else by its address; null when nothing is known. */
export function documentName({ title, origin, url }: NameSources): string | null {
  return [title, origin, url].find((name) => name !== null && name.trim() !== "") ?? null;
}
