/**
 * Whether tests notice when code is wrong: it is changed in one place after the other, and some test has to fail each time.
 * `npm run mutation -- --mutate src/core/merge/stands-twice.ts` for one file; docs/testing.md has the figures.
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  // Tests of the core alone: stories on real servers would take a day.
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  mutate: ['src/core/**/*.ts', '!src/core/explain/**'],
  // Texts for people are compared by their tests as wholes or not at all; another word is no other decision.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['dist', 'coverage', 'docs', 'deploy', 'bench'],
  ignoreStatic: true,
  tempDirName: 'node_modules/.stryker-tmp',
  cleanTempDir: 'always',
  concurrency: 1,
  timeoutMS: 20_000,
  timeoutFactor: 3,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: 'coverage/mutation.json' },
  thresholds: { high: 95, low: 85, break: null },
}
