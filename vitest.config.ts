import { configDefaults, defineConfig } from "vitest/config";

/** The fault tests kill servers and workers for minutes: they run by `npm run test:faults` and, at full length, by `npm run soak`. */
const FAULTS = "tests/faults/**";

export default defineConfig(({ mode }) => ({
  test: {
    include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
    exclude: mode === "faults" || mode === "soak" ? configDefaults.exclude : [...configDefaults.exclude, FAULTS],
    // Faults are judged by the clock too, and a shared machine is sometimes busy.
    retry: mode === "faults" ? 2 : 0,
    globalSetup: ["tests/support/build.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
}));
