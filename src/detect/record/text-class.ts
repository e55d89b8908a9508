import type { MeetingKind } from "../../domain/readout.ts";
import type { TextClass } from "../../domain/text-class.ts";
import type { DetectArticle } from "../input.ts";

const SPEECH = /\b(?:remarks|speech|address|keynote)\b|讲话|致辞|演讲|发言稿/i;

/**
 * Finds the class of a text, inside which alone stock phrases are compared: what is missing from a spokesperson's answer says nothing
 * of a leader's readout.
 *
 * @param meeting - The kind of meeting that the text is an account of; null for any other text.
 */
export function textClassOf(article: DetectArticle, official: boolean, meeting: MeetingKind | null): TextClass {
  if (!official) return "other";
  if (meeting === "leaders") return "leader-readout";
  if (meeting !== null) return "minister-readout";
  if (article.kind === "transcript") return "spokesperson-answer";
  return SPEECH.test(article.title ?? "") ? "speech" : "release";
}
