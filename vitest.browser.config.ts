import { defineConfig } from "vitest/config";

/** The browser tests apart: they need a Chromium, which not every machine has. */
export default defineConfig({
  test: {
    include: ["tests/**/*.browser.ts"],
    globalSetup: ["tests/support/build.ts"],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    fileParallelism: false,
  },
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
});
