/** Finds the command that has what a stage put aside tried again; null where it stays aside. */
export function triedAgainBy(stage: string): string | null {
  return stage === "read" || stage === "detect" ? `parley replay ${stage}` : null;
}
