import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

/**
 * Tests whose modules remember something from file to file: what Lambda wires once for a process. All others give back what they
 * replace and set, so they share one set of modules: loading it, and compiling GitHub's descriptions, takes longer than most tests.
 */
const ALONE = ['test/entry/lambda*.test.ts']

export default defineConfig({
  // What is shipped is what is tested: some packages have a build with checks of their own for whoever develops with them, twice as slow.
  ssr: { resolve: { conditions: ['node'] } },
  test: {
    globalSetup: ['test/support/run-folder.ts'],
    setupFiles: ['test/support/fast-check.ts'],
    sequence: { sequencer: LongestFirst },
    // Stories wait for servers and for git a third of their time; with a worker for each core, cores would stay idle for as long.
    maxWorkers: availableParallelism() + 1,
    // Some stories start real git processes and servers; the limit is for hangs, not for speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // `npm run coverage` alone measures it: of what decides.
    coverage: {
      provider: 'v8',
      include: ['src/core/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
    },
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE } },
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: ALONE, isolate: false },
      },
    ],
  },
})
