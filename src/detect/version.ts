/** Names the rules that made a development; rises when the same texts would give other developments. */
export const DETECTOR_VERSION = 3;
