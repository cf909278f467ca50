import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBranchName } from '../../../src/core/model/is-branch-name.ts'
import { emptyWorld } from '../../support/demo.ts'
import { refused } from '../../support/run-multiarch.ts'

/** What each command is called with; `{repo}` is the clone. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  plan: ['plan', '{repo}'],
  upgrade: ['upgrade', '{repo}'],
  bump: ['bump', '{repo}'],
  addons: ['addons', '{repo}'],
  audit: ['audit', '{repo}'],
  fix: ['audit', '{repo}', '--fix'],
  explain: ['explain', '{repo}', '1'],
  release: ['release', 'v2.9.0', '--upstream', '{repo}'],
  route: ['route', '--from', 'v2.8.0', '--kubernetes', '1.12.3', '--upstream', '{repo}'],
}

/** Options that cannot be done, for the commands that have them, and what is said. */
const TABLE: readonly (readonly [string, readonly string[], readonly string[], RegExp])[] = [
  ...[
    'bad name..',
    '.hidden',
    'a..b',
    'a/',
    '/a',
    'a.lock',
    'a~1',
    'a b',
    '@',
    '-x',
    'HEAD',
    'refs/heads/x',
    'a\\b',
    '',
  ].map(
    (name) =>
      [
        `a branch called ${JSON.stringify(name)}`,
        ['upgrade', 'bump', 'addons', 'fix'],
        [`--as=${name}`],
        /--as/,
      ] as const,
  ),
  [
    'a report into no folder',
    ['plan', 'upgrade', 'bump', 'addons', 'audit', 'fix', 'release', 'route'],
    ['--report', '{repo}/missing/x.html'],
    /could not write .*no such folder/,
  ],
  [
    'a report where a folder is',
    ['plan', 'upgrade', 'bump', 'addons', 'fix'],
    ['--report', '{repo}/is.html'],
    /is a folder/,
  ],
  ['a report below a file', ['upgrade', 'plan'], ['--report', '{repo}/README.md/x.md'], /is a file/],
  ['a report of another kind', ['upgrade', 'plan', 'fix'], ['--report', '{repo}/x.pdf'], /HTML or Markdown/],
  [
    'a workflow into no folder',
    ['audit', 'fix'],
    ['--image-workflow', '{repo}/missing/x.yml'],
    /--image-workflow.*no such folder/,
  ],
  [
    'a workflow where a file is',
    ['audit', 'fix'],
    ['--image-workflow', '{repo}/README.md'],
    /README\.md.*--image-workflow.*is there already/,
  ],
  [
    'a branch to write, and nothing to write',
    ['audit'],
    ['--as', 'x'],
    /`--as` does nothing without `--fix`/,
  ],
  [
    'an empty branch',
    ['plan', 'upgrade', 'bump', 'addons', 'explain'],
    ['--branch', ''],
    /`--branch` is empty/,
  ],
  ['an empty release', ['upgrade', 'explain'], ['--onto', ''], /`--onto` is empty/],
  ['an empty place', ['plan', 'upgrade', 'audit'], ['--upstream', ''], /`--upstream` is empty/],
  ['an empty revision', ['audit', 'fix'], ['--rev', ''], /`--rev` is empty/],
]

describe('what cannot be done is refused before anything is', () => {
  const cases = TABLE.flatMap(([what, commands, options, says]) =>
    commands.map((command) => [what, command, options, says] as const),
  )
  test.each(cases)('%s: %s', async (_, command, options, says) => {
    const world = emptyWorld()
    mkdirSync(join(world.path, 'is.html'))
    writeFileSync(join(world.path, 'README.md'), '')
    const args = [...(COMMANDS[command] ?? []), ...options].map((each) => each.replace('{repo}', world.path))
    expect(await refused(world, ...args)).toMatch(says)
    expect(existsSync(join(world.path, 'missing'))).toBe(false)
  })
})

test('a branch may be called what git lets it be called', () => {
  const piece = fc.constantFrom(
    'a',
    'é',
    '.',
    '..',
    '/',
    '-',
    '@',
    '{',
    '~',
    '^',
    ':',
    ' ',
    '\\',
    '*',
    '[',
    'lock',
    '.lock',
    'HEAD',
  )
  const name = fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(name, (text) => {
      expect([text, isBranchName(text)]).toEqual([text, !text.startsWith('refs/') && takenByGit(text)])
    }),
    { numRuns: 150 },
  )
})

function takenByGit(name: string): boolean {
  try {
    // `@{-1}` and the like would be read as another branch first, and none of them is a name.
    execFileSync('git', ['check-ref-format', `refs/heads/${name}`])
    execFileSync('git', ['check-ref-format', '--branch', name], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}
