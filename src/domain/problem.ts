/** Something a reader could not take in; the rest of the input was still read. */
export type Problem = {
  /** A short fixed word for programs, e.g. `no-text`, `bad-date`, `not-a-feed`. */
  readonly code: string;
  /** One sentence for people: what, where, what to do. */
  readonly message: string;
  /** Line in the input, counted from 1, where that is known. */
  readonly line?: number | null;
};

/** Sums problems up by their code, each with the first of its messages, in the order in which they came. */
export function problemsByCode(problems: readonly Problem[]): readonly (Problem & { readonly count: number })[] {
  const byCode = new Map<string, Problem & { readonly count: number }>();
  for (const problem of problems) {
    const known = byCode.get(problem.code);
    byCode.set(problem.code, known ? { ...known, count: known.count + 1 } : { ...problem, count: 1 });
  }
  return [...byCode.values()];
}

/** Of one kind so many problems of one input are kept: ten thousand bad dates say no more than twenty. */
const MOST_OF_A_KIND = 20;

/** Keeps the first problems of each kind; of those beyond, one in their place says how many there were. */
export function fewOfEach(problems: readonly Problem[]): readonly Problem[] {
  const counts = new Map<string, number>();
  const kept: Problem[] = [];
  for (const problem of problems) {
    const before = counts.get(problem.code) ?? 0;
    counts.set(problem.code, before + 1);
    if (before < MOST_OF_A_KIND) kept.push(problem);
  }
  const left = [...counts].filter(([, count]) => count > MOST_OF_A_KIND);
  return [
    ...kept,
    ...left.map(([code, count]) => ({ code, message: `${count - MOST_OF_A_KIND} more of this kind are not listed.` })),
  ];
}
