import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { demoWorld, type World } from '../support/demo.ts'
import { gitIn } from '../support/demo-clone.ts'
import { removeFolder } from '../support/remove-folder.ts'
import { multiarch, refused } from '../support/run-multiarch.ts'
import { commitFile } from '../support/step.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'

/** A place for a folder beside the clone. */
function besidePlace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-beside-'))
  onTestFinished(() => removeFolder(folder))
  return join(folder, 'other')
}

/** A step that has to move, since its fork has gone on, and a working tree of its own in which a person has its branch checked out. */
async function checkedOutElsewhere(): Promise<{ readonly world: World; readonly at: string }> {
  const world = await demoWorld()
  world.git('config', 'user.name', 'Ada')
  world.git('config', 'user.email', 'ada@example.org')
  // What is in conflict can be settled.
  const own = world.git('show', 'v2.8.0:README.md').split('\n').slice(0, -1).join('\n')
  commitFile(world, 'README.md', `${own}\nStart it with make, from the bastion only.\n`, 'Say where to start')
  expect((await multiarch('upgrade', world.path)).code).toBe(3)
  commitFile(world, 'inventory/homelab/notes.md', 'Two boards.\n', 'Note the boards')
  const at = besidePlace()
  world.git('worktree', 'add', '--quiet', at, BRANCH)
  return { world, at }
}

const COMMANDS: readonly (readonly [string, (paths: { clone: string; at: string }) => readonly string[]])[] =
  [
    ['upgrade, from the clone', ({ clone }) => ['upgrade', clone]],
    ['upgrade, from that working tree', ({ at }) => ['upgrade', at]],
    ['settle, from the clone', ({ clone }) => ['settle', clone]],
    ['settle, from that working tree', ({ at }) => ['settle', at]],
    ['forget', ({ clone }) => ['forget', clone, '1', '--as', BRANCH]],
  ]

test.each(COMMANDS)(
  'a branch that is checked out in another working tree is not moved, and the sentence says where: %s',
  async (_, args) => {
    const { world, at } = await checkedOutElsewhere()
    expect(await refused(world, ...args({ clone: world.path, at }))).toContain(`is checked out in \`${at}\``)
    expect(gitIn(at, 'status', '--porcelain')).toBe('')
    expect(world.git('count-objects', '-v')).toContain('garbage: 0')
  },
)

test('checked out in another working tree since the settling began: nothing is written, and what was settled stays', async () => {
  const { world, at } = await checkedOutElsewhere()
  world.git('worktree', 'remove', at)
  const folder = besidePlace()
  expect((await multiarch('settle', world.path, '--into', folder)).code).toBe(3)
  writeFileSync(join(folder, 'README.md'), 'Settled.\n')
  world.git('worktree', 'add', '--quiet', at, BRANCH)
  expect(await refused(world, 'settle', world.path, '--continue')).toContain(`is checked out in \`${at}\``)
  world.git('worktree', 'remove', at)
  // In the settling's own worktree it is no matter.
  gitIn(folder, 'symbolic-ref', 'HEAD', `refs/heads/${BRANCH}`)
  expect((await multiarch('settle', world.path, '--continue')).code).toBe(0)
  expect(world.git('show', `${BRANCH}:README.md`)).toBe('Settled.')
})

test('from inside of a linked worktree a step is what it is from the clone', async () => {
  const world = await demoWorld()
  const at = besidePlace()
  world.git('worktree', 'add', '--quiet', '-b', 'elsewhere', at, 'main')
  expect((await multiarch('upgrade', world.path, '--as', 'multiarch/one')).code).toBe(0)
  expect((await multiarch('upgrade', at, '--branch', 'main', '--as', 'multiarch/two')).code).toBe(0)
  expect(world.git('rev-parse', 'multiarch/two')).toBe(world.git('rev-parse', 'multiarch/one'))
  expect(
    [world, at].map((each) => gitIn(typeof each === 'string' ? each : each.path, 'status', '-s')),
  ).toEqual(['', ''])
})

test('a clone that borrows objects: the step is the same, and nothing goes to the lender', async () => {
  const lender = await demoWorld('whole')
  const path = besidePlace()
  execFileSync('git', ['clone', '--quiet', '--shared', lender.path, path])
  const listing = (): readonly string[] =>
    readdirSync(join(lender.path, '.git'), { recursive: true, encoding: 'utf8' }).sort()
  const before = [listing(), lender.git('for-each-ref')]
  expect((await multiarch('plan', path)).code).toBe(0)
  expect((await multiarch('upgrade', path)).code).toBe(0)
  expect([listing(), lender.git('for-each-ref')]).toEqual(before)
  // Whole with the lender, and what is new is the borrower's own.
  expect(gitIn(path, 'fsck', '--connectivity-only', '--no-dangling')).toBe('')
  expect((await multiarch('upgrade', lender.path)).code).toBe(0)
  expect(gitIn(path, 'rev-parse', BRANCH)).toBe(lender.git('rev-parse', BRANCH))
  rmSync(join(path, '.git/objects/info/alternates'))
  expect(gitIn(path, 'cat-file', '-t', BRANCH)).toBe('commit')
})
