/** The addresses of pages, as alerts, mails and feeds link them. `publicUrl` has no slash at its end. */
export const linkTo = {
  development: (publicUrl: string, id: number) => `${publicUrl}/developments/${id}`,
  statement: (publicUrl: string, id: number) => `${publicUrl}/statements/${id}`,
  document: (publicUrl: string, id: number) => `${publicUrl}/documents/${id}`,
  sources: (publicUrl: string) => `${publicUrl}/sources`,
  today: (publicUrl: string) => `${publicUrl}/`,
} as const;
