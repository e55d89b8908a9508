import type { Development } from "../domain/development.ts";
import type { KnownDate } from "../domain/known-date.ts";
import type { Candidate } from "./happening/status.ts";

/** What one sentence tells of, as far as the document alone shows it: whether it is news is judged beside what others told. */
export type Telling = Pick<Development, "severity" | "actorIds" | "hedge" | "evidence"> & {
  readonly candidate: Candidate;
};

/** What a document tells of, in the order of its text; plain data, so that it can be found in one thread and judged in another. */
export type Tellings = {
  readonly list: readonly Telling[];
  /** When the document was published; null where unknown. */
  readonly documentDate: KnownDate | null;
};
