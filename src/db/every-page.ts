import { type Page, type PageKey, readPageKey } from "./page-key.ts";

/**
 * Goes through a list page by page, to its end or until nobody asks for more; each page is brought when it is wanted, and no
 * connection is held in between.
 */
export async function* everyPage<Row>(
  bring: (after: PageKey | null) => Promise<Page<Row>>,
): AsyncGenerator<readonly Row[]> {
  let next: string | null = null;
  do {
    const page: Page<Row> = await bring(next === null ? null : readPageKey(next));
    yield page.rows;
    next = page.next;
  } while (next !== null);
}
