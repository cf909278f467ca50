import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Which numbers of `docs/merge.md` are held by a test: each is moved a little up and a little down, and the tests of merging are
 * run. One that they do not miss lives, and anybody could change it unseen. `npx tsx bench/constants.ts [name …]`; ends with 1
 * where one lives. A quarter of an hour for all of them.
 */
const ROOT = join(import.meta.dirname, '..')
const TESTS = ['test/core/merge', 'test/core/text', 'test/core/yaml/outline']

/** By file: each number and how far it is moved. Bounds on work are moved by a tenth, as nobody could tell one from the next. */
const NUMBERS: Readonly<Record<string, Readonly<Record<string, readonly (number | string)[]>>>> = {
  'core/merge/patch-changes.ts': { RENAME_SIMILARITY: [0.45, 0.55] },
  'core/merge/taken/reviewed-form.ts': { REVIEWED_FORM: [0.45, 0.55], SAME_TITLE: [0.2, 0.3] },
  'core/merge/taken/unit-fates.ts': { REVIEWED_UNIT: [0.4, 0.6], FEW: [2, 4] },
  'core/merge/taken/bears-title.ts': { WORDS: [3, 5] },
  'core/merge/taken/taken.ts': {
    SAME: [0.93, 0.999],
    LOOK_BELOW: [0.85, 0.95],
    MOST: [0.7, 0.8],
    LONG: [7, 9],
    OWN_CHANGE: [0.28, 0.38],
    OWN_HALF: [0.45, 0.55],
  },
  'core/merge/taken/is-at-its-place.ts': { TELLING_LINES: [2, 4] },
  'core/merge/taken/find-candidates.ts': {
    UNDONE: [0.85, 0.95],
    COMPARED_BY_WORDS: [4, 6],
    MOVED_TO: [360, 440],
  },
  'core/merge/whole/with-left-out.ts': { ALIKE: [0.45, 0.55] },
  'core/merge/judge-overrides.ts': { LOOKED_AT: [7, 9] },
  'core/merge/taken/rest-of.ts': { WHOLE: [0.93, 0.999], OWN_CHANGE: [0.28, 0.38] },
  'core/merge/delta-of.ts': { CAME_BACK: [0.85, 0.95] },
  'core/text/line-weight.ts': { TELLING: [5, 7] },
  'core/merge/line-bag.ts': {
    REWORDED: [0.55, 0.65],
    PAIRS: [36_000, 44_000],
    TIMES: [2, 4],
  },
  'core/merge/stepwise/find-block.ts': { MOVED_BLOCK: [0.45, 0.55], SEARCHED: [72, 88] },
  'core/merge/stepwise/follow-blocks.ts': { RENAMED_BLOCK: [0.75, 0.85] },
  'core/merge/renames.ts': { CANDIDATES: [360, 440] },
  'core/merge/file-history.ts': { COMPARED: [54, 66] },
  'core/merge/changed-use.ts': { SEARCHED: [36, 44] },
  'core/merge/bound-of.ts': { MOST_CHARACTERS: [900_000, 1_100_000], LONGEST_LINE: [18_000, 22_000] },
  'core/text/diff-lines.ts': { MOST_EDITS: [1_800, 2_200] },
  'core/text/merge-words.ts': { SAME_LINE: [0.45, 0.55] },
  'core/yaml/outline/match-blocks.ts': { SAME_ITEM: [0.55, 0.65] },
  'core/yaml/outline/renamed-keys.ts': { SIBLINGS: [1, 3] },
  'core/yaml/outline/merge-own-lines.ts': { EDITED: [0.45, 0.55], LONG_VALUE: [4, 6] },
}

const wanted = new Set(process.argv.slice(2))
const moves = Object.entries(NUMBERS).flatMap(([file, names]) =>
  Object.entries(names).flatMap(([name, values]) => values.map((value) => ({ file, name, value }))),
)
const red = failing(TESTS, 'nothing at all')
if (red !== undefined) {
  console.error(`The tests have to pass before anything is moved: ${red}`)
  process.exit(2)
}
let alive = 0
for (const { file, name, value } of moves.filter(({ name }) => wanted.size === 0 || wanted.has(name))) {
  const holds = whoMisses(file, name, String(value))
  if (holds === undefined) alive++
  console.log(
    `${holds === undefined ? 'LIVES' : 'held '} ${file} ${name} = ${value}${holds ? `: ${holds}` : ''}`,
  )
}
console.log(alive === 0 ? 'None lives.' : `${alive} live.`)
process.exitCode = alive === 0 ? 0 : 1

/** The test that fails with the number moved: those of its own path are asked first. */
function whoMisses(file: string, name: string, value: string): string | undefined {
  const source = readFileSync(join(ROOT, 'src', file), 'utf8')
  if (!new RegExp(`const ${name}\\b[^=\\n]* = `).test(source)) throw new Error(`${file} holds no ${name}`)
  const own = `test/${file.replace(/\.ts$/, '.test.ts')}`
  return failing([own], `src/${file} ${name} ${value}`) ?? failing(TESTS, `src/${file} ${name} ${value}`)
}

function failing(tests: readonly string[], moved: string): string | undefined {
  const args = ['vitest', 'run', '--config', 'bench/constants.config.ts', '--bail', '1', '--passWithNoTests']
  const { stdout, status } = spawnSync('npx', [...args, '--reporter', 'json', ...tests], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, MOVED: moved },
    maxBuffer: 1 << 28,
  })
  if (status === 0) return undefined
  const said = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    readonly testResults: readonly {
      readonly name: string
      readonly message: string
      readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
    }[]
  }
  for (const { name, assertionResults, message } of said.testResults) {
    const failed = assertionResults.find((each) => each.status === 'failed')
    if (failed) return `${name.slice(ROOT.length + 1)}: ${failed.fullName}`
    if (message) throw new Error(message)
  }
  throw new Error(`vitest ended with ${status} and no failure:\n${stdout.slice(0, 2000)}`)
}
