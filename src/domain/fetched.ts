/** Bytes as they came from somewhere, with what was said about them. */
export type Fetched = {
  readonly bytes: Uint8Array;
  /** The address they came from after redirects; `file:` addresses for local files. */
  readonly url: string;
  /** Response headers, names in lower case. Empty for local files without a sidecar. */
  readonly headers: Readonly<Record<string, string>>;
};
