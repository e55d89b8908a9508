/** A web site under all the names of its hosts, and what in its addresses names a document. */
export type Site = {
  /** The host name that stands for all. */
  readonly id: string;
  /** Other names under which the same pages stand, or stood. */
  readonly aliases: readonly string[];
  /** Regular expression on path and query; its groups (or the whole match) name the document, wherever in the site it stands. */
  readonly document?: string | undefined;
  /** Query parameters that say which page it is, although elsewhere they say how a reader came. */
  readonly keep: readonly string[];
};

/** Finds the site that a host name belongs to; null for hosts of which nothing is known. */
export type SiteTable = (host: string) => Site | null;

/** Makes a table of sites, by all their names with and without `www.` or `m.` in front. */
export function siteTable(sites: readonly Site[]): SiteTable {
  const byHost = new Map<string, Site>();
  for (const site of sites) for (const host of [site.id, ...site.aliases]) byHost.set(bareHost(host), site);
  return (host) => byHost.get(bareHost(host)) ?? null;
}

/** A table without sites. */
export const noSites: SiteTable = () => null;

/**
 * Strips what host names of one site differ in: case, dots at the end, `www.`, `m.`, `mobile.`, `wap.` and `amp.` in front.
 * What is left has a dot in it: `m.cn` is a name of its own.
 */
export function bareHost(host: string): string {
  const name = host.toLowerCase().replace(/\.+$/, "");
  const bare = name.replace(/^(?:(?:www|m|mobile|wap|amp)\.)+(?=[^.]+\.)/, "");
  return bare || name;
}
