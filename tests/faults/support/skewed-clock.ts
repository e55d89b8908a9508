/** Settings by which a Node process, and all its threads, take the clock of their machine to be off by so much (fast where above zero). */
export function skewedClock(aheadMs: number): Readonly<Record<string, string>> {
  if (aheadMs === 0) return {};
  const code = `
    const Real = Date;
    globalThis.Date = class Date extends Real {
      constructor(...given) {
        if (given.length === 0) super(Real.now() + ${aheadMs});
        else super(...given);
      }
      static now() {
        return Real.now() + ${aheadMs};
      }
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}
