import { defineConfig } from 'vitest/config'

/** The tests that Stryker runs for each change: of the core alone, which need no git, no server and no clock. */
export default defineConfig({
  ssr: { resolve: { conditions: ['node'] } },
  test: {
    globalSetup: ['test/support/run-folder.ts'],
    setupFiles: ['test/support/fast-check.ts'],
    include: (process.env['MUTATION_TESTS'] ?? 'test/core/**/*.test.ts').split(','),
    testTimeout: 60_000,
  },
})
