import { defineConfig } from 'vitest/config'

/** Tests of pure functions: nothing of theirs outlives a test, so they share one set of modules. */
const PURE = ['test/core/**/*.test.ts', 'test/properties/**/*.test.ts']

export default defineConfig({
  test: {
    setupFiles: ['test/support/fast-check.ts'],
    // Stories wait for their servers more than they compute; by default one core of two would stay idle.
    maxWorkers: '100%',
    // Some stories start real git processes and servers; the limit is for hangs, not for speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      { extends: true, test: { name: 'real', include: ['test/**/*.test.ts'], exclude: PURE } },
    ],
  },
})
