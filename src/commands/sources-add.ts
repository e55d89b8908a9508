import type { Actor } from "../catalogue/actor.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { actorOnHost, draftSource, type FoundList, freeId, idFrom } from "../catalogue/draft-source.ts";
import { sourceSchema } from "../catalogue/source.ts";
import { canonicalUrl } from "../domain/canonical-url.ts";
import { Failure } from "../domain/failure.ts";
import type { FeedReading } from "../domain/feed-reading.ts";
import { parseUrl } from "../domain/parse-url.ts";
import type { Fetcher, FetchResult } from "../net/fetcher.ts";
import { type Candidate, discoverLists } from "../read/feed/discover.ts";
import { readFeed } from "../read/feed/feed.ts";
import { suggestArticlePath } from "../read/feed/suggest-listing.ts";
import { noHints } from "../read/hints.ts";
import { decode } from "../read/text/decode.ts";
import { languageOf } from "../read/text/language.ts";
import { currentConfig } from "./context.ts";
import { openFetcher } from "./inputs.ts";
import { say } from "./output.ts";
import { addToOverlay, catalogueBeforeAdding, entriesYaml } from "./overlay-file.ts";

/** What a user may say of a new source. */
export type AddOptions = {
  readonly id?: string;
  readonly actor?: string;
  readonly class?: string;
  readonly every?: string;
  readonly pick?: string;
  readonly dryRun?: boolean;
};

/** A list that was found and reads. */
type Found = { readonly candidate: Candidate | null; readonly list: FoundList; readonly reading: FeedReading };

/** Candidates beyond this many are not tried: each is a request to the same server. */
const MOST_TRIED = 12;

/**
 * Finds out how the site of an address lists what it publishes (feeds that it declares, WordPress, usual places, news sitemaps, else
 * the page itself as a listing) and adds the best one to the user's catalogue folder. Exit status 1 when nothing was found.
 */
export async function addSourceCommand(address: string, options: AddOptions): Promise<void> {
  const url = parseUrl(address);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Failure("bad-input", `"${address}" is no address: write it with https:// in front.`);
  const config = currentConfig();
  const catalogue = await catalogueBeforeAdding(config);
  const fetcher = openFetcher();
  try {
    const found = await findLists(url.href, fetcher);
    for (const [at, { list, reading, candidate }] of found.entries())
      console.log(
        `${at + 1}. ${list.kind.padEnd(9)} ${list.url}\n   ${list.title} · ${reading.items.length} entries${candidate ? `, ${wordsFor(candidate)}` : ", the page itself as a listing"}`,
      );
    const chosen = found[Number(options.pick ?? "1") - 1];
    if (!chosen) {
      console.log(
        found.length === 0
          ? `Nothing on ${url.href} looks like a list of publications; write the entry by hand (CONTRIBUTING.md, "A source").`
          : `--pick ${options.pick}: there are ${found.length} lists.`,
      );
      process.exitCode = 1;
      return;
    }
    const entries = entriesFor(chosen.list, catalogue, options);
    console.log(`\n${entriesYaml(entries.sources)}`);
    if (entries.actors.length > 0) console.log(entriesYaml(entries.actors));
    if (options.dryRun) return;
    const files = await addToOverlay(config, entries);
    say(
      `Written to ${files.join(" and ")}. Look at class, official and bloc; then: parley sources check ${entries.sources[0]?.id}\nIt is watched from the next parley start on: one that runs has to be started again.`,
    );
  } finally {
    await fetcher.close();
  }
}

/**
 * Makes the entries of a new source: its own, and that of its publisher where nobody in the catalogue is known to publish there.
 *
 * @throws {Failure} `bad-input` when the actor is unknown or the list is watched already.
 */
export function entriesFor(list: FoundList, catalogue: Catalogue, options: AddOptions) {
  const same = catalogue.sources.find(
    (source) => source.list && canonicalUrl(source.list.url) === canonicalUrl(list.url),
  );
  if (same) throw new Failure("bad-input", `${list.url} is watched already, as ${same.id}.`);
  const known = (id: string) => catalogue.actors.find((actor) => actor.id === id) ?? null;
  const named = options.actor ?? actorOnHost(list.url, catalogue.sources);
  const actor = named === null ? newActor(list, catalogue) : known(named);
  if (!actor)
    throw new Failure(
      "bad-input",
      `--actor ${named}: the catalogue has no such actor; parley actors --find WORDS lists them.`,
    );
  const taken = new Set(catalogue.sources.map(({ id }) => id));
  if (options.id && taken.has(options.id)) throw new Failure("bad-input", `--id ${options.id} is taken.`);
  const source = draftSource(list, actor, options, taken);
  return { sources: [source], actors: known(actor.id) ? [] : [leanActor(actor)] };
}

/** Somebody who publishes and is not known yet: press of a third side until a person says otherwise. */
function newActor({ title, url }: FoundList, { actors }: Catalogue): Actor {
  const id = freeId(
    idFrom(title === url ? (parseUrl(url)?.hostname ?? url) : title),
    new Set(actors.map((actor) => actor.id)),
  );
  return {
    ...{ id, type: "media", name: title, aliases: [], abbreviations: [], zh: [], bloc: "third" },
    ...{ parent: null, offices: [], evidence: [] },
  };
}

/** As it stands in a file: what may be left out is. */
function leanActor({ id, type, name, bloc, parent }: Actor) {
  return { id, type, name, bloc, parent };
}

/** Looks at an address and at what its page leads to; the likeliest list first. */
async function findLists(address: string, fetcher: Fetcher): Promise<readonly Found[]> {
  const page = await fetcher.fetch({ url: address, plainHttp: address.startsWith("http:") });
  const direct = await readCandidate(page, { url: page.finalUrl, kind: kindOf(page), title: null, found: "link" });
  if (direct) return [direct];
  const html = decode({ bytes: page.bytes, url: page.finalUrl, headers: page.headers }).text;
  const found: Found[] = [];
  const candidates = discoverLists(html, page.finalUrl);
  const told = candidates.filter((candidate) => candidate.found !== "usual");
  for (const candidate of candidates.slice(0, MOST_TRIED)) {
    // Usual places are only tried where the page says nothing that reads.
    if (candidate.found === "usual" && found.length > 0) break;
    const result = await fetcher
      .fetch({ url: candidate.url, plainHttp: candidate.url.startsWith("http:") })
      .catch((error: unknown) => (error instanceof Failure ? error : Promise.reject(error)));
    if (result instanceof Failure) {
      if (told.includes(candidate)) say(`${candidate.url}: ${result.message}`);
      continue;
    }
    const one = await readCandidate(result, candidate);
    if (one && !found.some(({ list }) => list.url === one.list.url)) found.push(one);
  }
  const listing = await readListing(page, html);
  return listing ? [...found, listing] : found;
}

function kindOf({ finalUrl }: FetchResult): Candidate["kind"] {
  return /\/wp-json\/wp\/v2\//.test(finalUrl) ? "wordpress" : /sitemap/i.test(finalUrl) ? "sitemap" : "feed";
}

async function readCandidate(result: FetchResult, candidate: Candidate): Promise<Found | null> {
  const source = sourceLike({ kind: candidate.kind, url: result.finalUrl });
  const fetched = { bytes: result.bytes, url: result.finalUrl, headers: result.headers };
  const reading = await readFeed(fetched, { ...noHints, source });
  if (reading.format === null || (reading.items.length === 0 && reading.lists.length === 0)) return null;
  return { candidate, reading, list: foundList(candidate.kind, result.finalUrl, reading, candidate.title) };
}

async function readListing(page: FetchResult, html: string): Promise<Found | null> {
  const articlePath = suggestArticlePath(html, page.finalUrl);
  if (articlePath === null) return null;
  const source = sourceLike({ kind: "page", url: page.finalUrl, articlePath });
  const reading = await readFeed(
    { bytes: page.bytes, url: page.finalUrl, headers: page.headers },
    { ...noHints, source },
  );
  const title = /<title[^>]*>([^<]{1,200})/i.exec(html)?.[1]?.replace(/\s+/g, " ").trim() ?? null;
  if (reading.items.length === 0) return null;
  return { candidate: null, reading, list: { ...foundList("page", page.finalUrl, reading, title), articlePath } };
}

function foundList(kind: FoundList["kind"], url: string, reading: FeedReading, called: string | null): FoundList {
  const words = reading.items.map(({ title, summary }) => `${title ?? ""} ${summary ?? ""}`).join(" ");
  const language = languageOf(words);
  return {
    ...{ kind, url, title: reading.feed.title ?? called ?? parseUrl(url)?.hostname ?? url },
    languages: language ? [language] : [],
    evidence: `found by parley sources add on ${new Date().toISOString().slice(0, 10)}: ${reading.items.length} entries`,
  };
}

/** A source of which only the list is known, for reading it. */
function sourceLike(list: object) {
  return sourceSchema.parse({
    ...{ id: "candidate", title: "candidate", actor: "candidate", class: "candidate", official: false, bloc: "third" },
    ...{ languages: ["en"], priority: "C", enabled: true, confidence: "low", evidence: ["candidate"] },
    ...{ poll: { every: "1h" }, list },
  });
}

function wordsFor({ found }: Candidate): string {
  return { declared: "declared by the page", link: "linked on the page", usual: "at a usual place" }[found];
}
