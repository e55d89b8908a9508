import { z } from "zod";
import { Failure } from "../domain/failure.ts";
import { parseDemoYaml, readDemoFile } from "./demo-file.ts";
import type { Publication } from "./publication.ts";

const LIST = "invented/pages.yaml";

const pagesSchema = z.array(
  z.strictObject({
    source: z.string().min(1),
    file: z.string().regex(/^[\w-]+\.html$/),
    path: z.string().startsWith("/"),
    title: z.string().min(1),
    publishedAt: z.iso.datetime({ offset: true }),
    summary: z.string().default(""),
  }),
);

/**
 * Reads the invented pages that demo/invented/pages.yaml lists.
 *
 * @param folder - The demo folder.
 * @throws {Failure} `bad-input` when the list is not as it must be, or a page is missing.
 */
export async function inventedPublications(folder: string): Promise<readonly Publication[]> {
  const text = await readDemoFile(folder, LIST);
  const listed = pagesSchema.safeParse(parseDemoYaml(text, `demo/${LIST}`));
  if (!listed.success) throw new Failure("bad-input", `demo/${LIST}: ${z.prettifyError(listed.error)}`);

  return Promise.all(
    listed.data.map(async ({ source, file, path, title, publishedAt, summary }) => ({
      sourceId: source,
      path,
      title,
      publishedAt,
      summary,
      feedContent: null,
      page: { html: await readDemoFile(folder, `invented/${file}`), modifiedAt: publishedAt },
      revised: null,
    })),
  );
}
