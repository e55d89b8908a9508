/** The addresses of pages, as alerts, mails and feeds link them. `publicUrl` has no slash at its end. */
export const linkTo = {
  development: (publicUrl: string, id: number) => `${publicUrl}/developments/${id}`,
  statement: (publicUrl: string, id: number) => `${publicUrl}/statements/${id}`,
  /** The address that leads to the words whatever reads the document again; that of the number where they have no lasting name. */
  lasting: (publicUrl: string, { id, key }: { readonly id: number; readonly key: string | null }) =>
    key ? `${publicUrl}/s/${key}` : `${publicUrl}/statements/${id}`,
  document: (publicUrl: string, id: number) => `${publicUrl}/documents/${id}`,
  /** The archived text with words marked: `mark` is the fragment, `s12` for a statement, `e34` for evidence. */
  marked: (publicUrl: string, documentId: number, version: number, mark: string) =>
    `${publicUrl}/documents/${documentId}?v=${version}#${mark}`,
  sources: (publicUrl: string) => `${publicUrl}/sources`,
  subscription: (publicUrl: string, word: string) => `${publicUrl}/subscription/${word}`,
  confirm: (publicUrl: string, word: string) => `${publicUrl}/confirm/${word}`,
  unsubscribe: (publicUrl: string, word: string) => `${publicUrl}/unsubscribe/${word}`,
  today: (publicUrl: string) => `${publicUrl}/`,
} as const;
