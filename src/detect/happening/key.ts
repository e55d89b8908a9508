import { dayOf, type KnownDate } from "../../domain/known-date.ts";
import { upperTopicOf } from "../../domain/upper-topic.ts";
import { TOPIC_OF_TYPE } from "./families.ts";

/**
 * Writes the key of a happening: type, states in order, topic, date as precise as a day.
 *
 * @example
 * developmentKey("talks.held", ["united-states", "china"], [], date); // "talks.held|china,united-states|process|2026-05-14"
 */
export function developmentKey(
  type: string,
  states: readonly string[],
  topics: readonly string[],
  eventDate: KnownDate | null,
): string {
  const topic = TOPIC_OF_TYPE[type] ?? [...topics].sort()[0];
  const date = eventDate ? (dayOf(eventDate) ?? eventDate.value) : "undated";
  return [type, [...new Set(states)].sort().join(","), topic ? upperTopicOf(topic) : "ai", date].join("|");
}
