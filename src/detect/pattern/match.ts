import type { DevelopmentType } from "../../catalogue/development-type.ts";
import type { Span } from "../../domain/span.ts";
import type { SearchInput } from "../input.ts";
import type { Scene, Setting } from "./context.ts";
import type { Pattern } from "./pattern.ts";

/** Words of a sentence that fit a pattern; `place` is where in the sentence's plain words. */
export type Match = {
  readonly pattern: Pattern;
  readonly type: DevelopmentType;
  readonly scene: Scene;
  readonly place: Span;
};

/** What around a sentence decides what it tells: its document, and where in it the sentence stands. */
export type Surroundings = {
  readonly input: SearchInput;
  /** Found when it is first asked for: most documents hold nothing that asks. */
  readonly setting: () => Setting;
  /** Whether any sentence of the document shows both sides with AI; also found when asked for. */
  readonly hasTalks: () => boolean;
  /** Whether the sentence is among the first of the document. */
  readonly inLead: boolean;
};
