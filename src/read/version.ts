/**
 * Rises when the same bytes may be read differently. It is kept with every version, so that the archive can be read again and
 * nobody takes our better reading for a publisher's edit.
 */
export const READER_VERSION = 6;
