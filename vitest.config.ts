import { defineConfig } from 'vitest/config'

/**
 * Tests that leave nothing behind in their process, no replaced function and no setting of it, so they share one set of modules:
 * loading those takes longer than most tests. What starts real parts or servers stays by itself.
 */
const SHARED = [
  ...['test/core/**/*.test.ts', 'test/properties/**/*.test.ts', 'test/app/**/*.test.ts'],
  ...['test/adapters/{aws,cache,git,github,memory,registry}/**/*.test.ts', 'test/support/**/*.test.ts'],
]

export default defineConfig({
  test: {
    globalSetup: ['test/support/run-folder.ts'],
    setupFiles: ['test/support/fast-check.ts'],
    // Stories wait for their servers more than they compute; by default one core of two would stay idle.
    maxWorkers: '100%',
    // Some stories start real git processes and servers; the limit is for hangs, not for speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'pure', include: SHARED, isolate: false } },
      { extends: true, test: { name: 'real', include: ['test/**/*.test.ts'], exclude: SHARED } },
    ],
  },
})
