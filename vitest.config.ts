import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
    globalSetup: ["tests/support/build.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
});
