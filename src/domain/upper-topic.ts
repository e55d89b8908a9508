/** Gives the upper topic of a leaf: `process` of `process.envoys`; an upper topic is its own. */
export function upperTopicOf(topicId: string): string {
  return topicId.split(".")[0] ?? topicId;
}
