import type { Site } from "../domain/site.ts";
import type { Actor, AmbiguityRule } from "./actor.ts";
import type { DevelopmentType } from "./development-type.ts";
import type { KnownEvent } from "./known-event.ts";
import type { Nation } from "./nation.ts";
import type { Phrase } from "./phrase.ts";
import type { Source } from "./source.ts";
import type { Topic } from "./topic.ts";

/** Everything analysts maintain without code: shipped files with the user's overlay laid over them. Plain data, safe to send to a thread. */
export type Catalogue = {
  readonly sources: readonly Source[];
  readonly sites: readonly Site[];
  readonly actors: readonly Actor[];
  readonly ambiguityRules: readonly AmbiguityRule[];
  readonly nations: readonly Nation[];
  readonly topics: readonly Topic[];
  readonly developmentTypes: readonly DevelopmentType[];
  readonly events: readonly KnownEvent[];
  readonly phrases: readonly Phrase[];
};
