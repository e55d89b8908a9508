import { setFlagsFromString } from "node:v8";

/**
 * Keeps the heaps of this process, its threads' included, near what is in use. Left to itself, V8 lets a heap grow to three or four
 * times that before it looks for garbage, as far as the machine has memory; a monitor that runs for months beside other programs had
 * better look sooner. It takes no measurable processor time (docs/benchmarks.md), and sets no limit.
 *
 * The flag is V8's `heap_growing_percent` (src/flags/flag-definitions.h).
 */
export function growHeapSlowly(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`);
}

/** How far beyond what was in use a heap grows before garbage is looked for. */
const GROWING_PERCENT = 35;
