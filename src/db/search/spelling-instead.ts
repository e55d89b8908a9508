import { sql } from "drizzle-orm";
import { type QuestionParameters, readQuestion } from "../../domain/query/ask.ts";
import { parseQuery } from "../../domain/query/parse.ts";
import { printQuery } from "../../domain/query/print.ts";
import { countWords, nearestWords, respelt, wordsToSpell } from "../../domain/query/spelling.ts";
import type { Database } from "../client.ts";
import { countStatements } from "./statement-search.ts";

/** A question to ask instead of one that met nothing: words that stand nowhere, spelt as words that do. */
export type SpellingInstead = {
  /** The whole of `q`, spelt anew. */
  readonly q: string;
  /** The words that stand in it for misspelt ones. */
  readonly words: string;
  /** How many statements meet it, and whether there are more, which are not counted. */
  readonly statements: number;
  readonly isMore: boolean;
};

/** Counting stops here: that there are many says enough. */
const COUNTED = 100;
/** Most words of a question that are looked at. */
const MOST_WORDS = 3;
/** Of each word so many spellings are tried; the first that meets something is told. */
const MOST_TRIED = 3;
/** Words are known from the names of the catalogue and from so many of the newest statements: the same work however large the archive is. */
const NEWEST = 500;

/**
 * Finds what may have been meant by a question that met nothing because a word of it is misspelt: `hotlien` for `hotline`. Looks only at words
 * of Latin letters that stand in no statement at all, and knows those of the catalogue's names and of the newest statements; only what meets
 * something is told.
 *
 * @param parameters - The question as it was asked; one that has mistakes gives nothing.
 */
export async function spellingInstead(db: Database, parameters: QuestionParameters): Promise<SpellingInstead | null> {
  const { query, mistakes } = parseQuery(parameters.q ?? "");
  if (mistakes.length > 0) return null;
  const unknown: string[] = [];
  for (const word of wordsToSpell(query).slice(0, MOST_WORDS))
    if ((await countStatements(db, { is: "word", words: word }, 1)) === 0) unknown.push(word);
  if (unknown.length === 0) return null;
  const known = countWords(await knownTexts(db));
  const near = unknown.map((word) => nearestWords(word, known, MOST_TRIED));
  for (let tried = 0; tried < MOST_TRIED; tried += 1) {
    if (near.every((spellings) => spellings[tried] === undefined)) break;
    // One misspelt word has its spellings tried one after the other; a word with none near stays, for beside an OR it does no harm.
    const words = new Map<string, string>();
    unknown.forEach((word, index) => {
      const spelling = near[index]?.[tried] ?? near[index]?.[0];
      if (spelling !== undefined) words.set(word, spelling);
    });
    const q = printQuery(respelt(query, words));
    const found = await countStatements(db, readQuestion({ ...parameters, q }).query, COUNTED + 1);
    const told = { statements: Math.min(found, COUNTED), isMore: found > COUNTED };
    if (found > 0) return { q, words: [...words.values()].join(" "), ...told };
  }
  return null;
}

async function knownTexts(db: Database): Promise<readonly string[]> {
  const rows = await db.execute<{ text: string }>(sql`
    select name as text from actors where retired_at is null
    union all select label from topics where retired_at is null
    union all select s.words from (
      select statement_id from statement_index where terms is not null
      order by said_instant desc nulls last, statement_id desc nulls last limit ${NEWEST}
    ) newest join statements s on s.id = newest.statement_id`);
  return rows.map(({ text }) => text);
}
