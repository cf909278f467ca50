import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    setupFiles: ['test/support/fast-check.ts'],
    include: ['test/**/*.test.ts'],
    // Stories wait for their servers more than they compute; by default one core of two would stay idle.
    maxWorkers: '100%',
    // Some stories start real git processes and servers; the limit is for hangs, not for speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
