import type { Actor } from "../catalogue/actor.ts";
import type { DevelopmentType } from "../catalogue/development-type.ts";
import type { KnownEvent } from "../catalogue/known-event.ts";
import type { DocumentKind, Language } from "../domain/article.ts";
import type { DevelopmentStatus } from "../domain/development.ts";
import type { KnownDate } from "../domain/known-date.ts";
import type { Statement } from "../domain/statement.ts";

/** What the detector needs to know of one document; an `Article` is one. */
export type DetectArticle = {
  readonly title: string | null;
  readonly text: string;
  readonly kind: DocumentKind;
  readonly lang: Language | null;
  readonly publishedAt: KnownDate | null;
};

/** A development that is already stored. */
export type PastDevelopment = {
  readonly key: string;
  readonly type: string;
  readonly actorIds: readonly string[];
  readonly topics: readonly string[];
  readonly eventDate: KnownDate | null;
  readonly status: DevelopmentStatus;
  /** The words of its first telling, by which it is told from others like it. */
  readonly summary: string;
  /** ISO 8601 instant at which Parley first saw it. */
  readonly firstSeenAt: string;
};

/** Everything that decides what one document tells of. */
export type SearchInput = {
  readonly article: DetectArticle;
  /** Whether the publisher speaks for a state or international body. */
  readonly official: boolean;
  /** Id of the actor who publishes; null when not known. */
  readonly sourceActorId: string | null;
  readonly statements: readonly Statement[];
  /** Types switched on by the catalogue, with their severities; a type that is missing here is never detected. */
  readonly types: readonly DevelopmentType[];
  readonly actors: readonly Actor[];
};

/** Everything that decides which developments one document shows. */
export type DetectInput = SearchInput & {
  readonly events: readonly KnownEvent[];
  readonly past: readonly PastDevelopment[];
  readonly now: Date;
};
