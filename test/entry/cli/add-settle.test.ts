import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { demoWorld, type World } from '../../support/demo.ts'
import { gitIn } from '../../support/demo-clone.ts'
import { multiarch, refused } from '../../support/run-multiarch.ts'
import { commitFile } from '../../support/step.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const DASHBOARD = 'roles/kubernetes-apps/ansible/templates/dashboard.yml.j2'
const DEFAULTS = 'roles/kubespray-defaults/defaults/main.yaml'
const START = 'Start it with make, from the bastion only.'
const LAPTOP = 'Start it with make, from the bastion or a laptop.'
const RELEASE = 'Needs Ansible 2.7 and Python on the machine you start from, and SSH to all others.'

interface Settled extends World {
  readonly folder: string
  run(this: void, ...args: readonly string[]): ReturnType<typeof multiarch>
  put(this: void, path: string, text: string): void
  at(this: void, path: string): string
}

/** A step with conflicts, and the way to its settling. */
async function inConflict(): Promise<Settled> {
  const world = await demoWorld()
  world.git('config', 'user.name', 'Ada')
  world.git('config', 'user.email', 'ada@example.org')
  const own = world.git('show', 'v2.8.0:README.md').split('\n').slice(0, -1).join('\n')
  commitFile(world, 'README.md', `${own}\n${START}\n`, 'Say where to start')
  commitFile(world, 'README.md', `${own}\n${LAPTOP}\n`, 'A laptop will do')
  world.git('rm', '--quiet', DASHBOARD)
  world.git('commit', '--quiet', '-m', 'Do without a dashboard')
  const folder = `${world.path}-settle-2.9.0`
  onTestFinished(() => {
    for (const path of [folder, `${folder}.md`]) rmSync(path, { recursive: true, force: true })
  })
  const run: Settled['run'] = (...args) => multiarch('settle', world.path, ...args)
  const { code } = await multiarch('upgrade', world.path, '--onto', 'v2.9.0')
  expect(code).toBe(3)
  return {
    ...world,
    folder,
    run,
    put: (path, text) => writeFileSync(join(folder, path), text),
    at: (path) => readFileSync(join(folder, path), 'utf8'),
  }
}

test('a worktree of its own has all sides of each conflict, and what is known of them beside it', async () => {
  const world = await inConflict()
  const before = [
    world.git('for-each-ref'),
    world.git('status', '--porcelain'),
    world.git('symbolic-ref', 'HEAD'),
  ]
  const { code, out, err } = await world.run()
  expect(err).toBe('')
  expect(code).toBe(3)
  expect(out).toContain('`README.md`, of “Say where to start”, “A laptop will do”')
  expect(out).toContain('--continue')
  expect(world.at('README.md').split('\n').slice(-8, -1)).toEqual([
    '<<<<<<< v2.9.0',
    RELEASE,
    '||||||| v2.8.0, as the patch found it',
    'Run it from a machine that reaches every node over SSH.',
    '=======',
    LAPTOP,
    '>>>>>>> 7. Say where to start; 8. A laptop will do',
  ])
  const notes = readFileSync(`${world.folder}.md`, 'utf8')
  expect(notes).toContain('The patch deletes this file, and the release changed it.')
  expect(gitIn(world.folder, 'status', '--porcelain')).toBe(`UU README.md\nUD ${DASHBOARD}`)
  expect(gitIn(world.folder, 'rev-parse', 'HEAD')).toBe(world.git('rev-parse', BRANCH))
  expect([
    world.git('for-each-ref'),
    world.git('status', '--porcelain'),
    world.git('symbolic-ref', 'HEAD'),
  ]).toEqual(before)
})

test('what was settled goes onto the branch, whose it is, with everything that a person had put there', async () => {
  const world = await inConflict()
  const mine = onTop(world, 'notes.md', 'Mine.\n')
  await world.run()
  world.put('README.md', `${START} ${RELEASE}\n`)
  gitIn(world.folder, 'rm', '--quiet', DASHBOARD)
  const { code, out, err } = await world.run('--continue')
  expect(err).toBe('')
  expect(code).toBe(0)
  expect(out).toContain('git push origin multiarch/kubespray-2.9.0')
  expect(world.git('log', '-1', '--format=%an %cn %s', BRANCH)).toBe(
    'Ada Ada Settle the conflicts with v2.9.0 by hand',
  )
  expect(world.git('rev-parse', `${BRANCH}^`)).toBe(mine)
  expect(world.git('show', `${BRANCH}:README.md`)).toBe(`${START} ${RELEASE}`)
  expect(world.git('ls-tree', '-r', '--name-only', BRANCH)).not.toContain(DASHBOARD)
  expect(world.git('log', '-1', '--format=%B', BRANCH).match(/Multiarch-Settled: hand/g)).toHaveLength(3)
  expect(existsSync(world.folder)).toBe(false)
  expect(existsSync(`${world.folder}.md`)).toBe(false)
  expect(world.git('worktree', 'list').split('\n')).toHaveLength(1)
  expect(await refused(world, 'settle', world.path)).toContain(
    'Nothing on `multiarch/kubespray-2.9.0` is in conflict',
  )
})

test('the release’s side is a settlement too, where it is said to be', async () => {
  const world = await inConflict()
  await world.run()
  world.put('README.md', gitIn(world.folder, 'show', 'HEAD:README.md') + '\n')
  expect(await refused(world, 'settle', world.path, '--continue')).toContain(
    'nobody has said what becomes of it',
  )
  gitIn(world.folder, 'add', DASHBOARD)
  expect((await world.run('--continue')).code).toBe(0)
  expect(world.git('diff', '--name-only', `${BRANCH}^`, BRANCH)).toBe('')
  expect(await refused(world, 'settle', world.path)).toContain('Nothing on')
})

test.each<readonly [string, (world: Settled) => void, string]>([
  [
    'marks are left',
    ({ folder }) => void gitIn(folder, 'add', DASHBOARD),
    'Marks of a conflict are left at `README.md:5`',
  ],
  [
    'a file that git does not know would be lost',
    ({ put, folder }) => {
      decide(folder, put)
      put('notes.txt', 'x')
    },
    '`notes.txt` would be lost',
  ],
  [
    'a file is gone',
    ({ put, folder }) => {
      decide(folder, put)
      rmSync(join(folder, DEFAULTS))
    },
    `\`${DEFAULTS}\` is gone from the worktree`,
  ],
  [
    'the worktree is gone',
    ({ folder }) => rmSync(folder, { recursive: true }),
    'is gone, and what was settled in it with it',
  ],
])('not committed, and nothing lost: %s', async (_, change, said) => {
  const world = await inConflict()
  await world.run()
  change(world)
  const found = existsSync(world.folder) ? gitIn(world.folder, 'status', '--porcelain') : ''
  expect(await refused(world, 'settle', world.path, '--continue')).toContain(said)
  expect(existsSync(world.folder) ? gitIn(world.folder, 'status', '--porcelain') : '').toBe(found)
  expect((await world.run('--abort')).code).toBe(0)
  expect(existsSync(world.folder)).toBe(false)
})

test('a branch that moved meanwhile keeps what is on it; what was settled is brought onto it, as the sentence says', async () => {
  const world = await inConflict()
  await world.run()
  decide(world.folder, world.put)
  const mine = onTop(world, 'notes.md', 'Mine.\n')
  const sentence = await refused(world, 'settle', world.path, '--continue')
  expect(sentence).toContain('has moved since you began')
  expect(world.at('README.md')).toBe('Settled.\n')
  gitIn(world.folder, 'commit', '--quiet', '--all', '-m', 'Settle it')
  const [, , command = ''] = sentence.match(/`(git -C \S+ (rebase [^`]+))`/) ?? []
  gitIn(world.folder, ...command.split(' '))
  expect((await world.run('--continue')).code).toBe(0)
  expect(world.git('log', '-3', '--format=%s', BRANCH).split('\n').slice(1)).toEqual(['Settle it', 'By hand'])
  expect(world.git('rev-parse', `${BRANCH}~2`)).toBe(mine)
  expect(world.git('show', `${BRANCH}:README.md`)).toBe('Settled.')
})

test('given up, it leaves nothing, and names the commits that were made in it', async () => {
  const world = await inConflict()
  const refs = world.git('for-each-ref')
  await world.run()
  decide(world.folder, world.put)
  gitIn(world.folder, 'commit', '--quiet', '--all', '-m', 'Half')
  const head = gitIn(world.folder, 'rev-parse', 'HEAD')
  const { code, out } = await world.run('--abort')
  expect(code).toBe(0)
  expect(out.replace(/\s+/g, ' ')).toContain(`are still there by the id ${head}`)
  expect(world.git('for-each-ref')).toBe(refs)
  expect(existsSync(world.folder)).toBe(false)
  expect(await refused(world, 'settle', world.path, '--abort')).toContain('No settling is under way')
})

test('begun again it is found, and nothing that is there is written over', async () => {
  const world = await inConflict()
  await world.run()
  world.put('README.md', 'Half.\n')
  expect(await refused(world, 'settle', world.path)).toContain('is being settled in')
  expect(world.at('README.md')).toBe('Half.\n')
})

test.each<readonly [string, readonly string[], (world: Settled) => void, string]>([
  ['no such branch', ['--as', 'multiarch/kubespray-9.9.9'], () => undefined, 'is no branch of a step'],
  [
    'a branch of somebody’s',
    ['--as', 'main'],
    () => undefined,
    'and would have to move, which would leave the working tree there behind',
  ],
  ['a folder in the clone', ['--into', 'IN/side'], () => undefined, 'is inside of your repository'],
  [
    'a folder that is there',
    [],
    ({ folder }) => mkdirSync(join(folder, 'x'), { recursive: true }),
    'is there already',
  ],
  ['no folder to put it in', ['--into', '/nowhere/at/all'], () => undefined, 'no such folder'],
  ['both ways to end it', ['--continue', '--abort'], () => undefined, 'two ways to end it'],
  [
    'the branch is checked out',
    [],
    (world) => void world.git('checkout', '--quiet', BRANCH),
    'is checked out',
  ],
])('refused: %s', async (_, args, change, said) => {
  const world = await inConflict()
  change(world)
  const given = args.map((each) => each.replace('IN', world.path))
  expect(await refused(world, 'settle', world.path, ...given)).toContain(said)
})

test('as JSON, also from within a folder of the clone', async () => {
  const world = await inConflict()
  const begun = await multiarch('settle', join(world.path, dirname(DEFAULTS)), '--json')
  expect(JSON.parse(begun.out)).toMatchObject({
    schema: 1,
    branch: BRANCH,
    release: 'v2.9.0',
    folder: world.folder,
    files: [
      {
        path: 'README.md',
        kind: 'text',
        patches: [{ title: 'Say where to start' }, { title: 'A laptop will do' }],
      },
      { path: DASHBOARD, kind: 'whole', patches: [{ title: 'Do without a dashboard' }] },
    ],
  })
  const within = await multiarch('settle', world.folder, '--continue', '--json')
  expect(within.code).toBe(2)
  expect(JSON.parse(within.out)).toMatchObject({ problems: [{ code: 'marks-left' }, { code: 'undecided' }] })
  decide(world.folder, world.put)
  const done = await multiarch('settle', world.folder, '--continue', '--json')
  expect(JSON.parse(done.out)).toMatchObject({ branch: BRANCH, commit: world.git('rev-parse', BRANCH) })
})

test('no program that the clone’s settings name is run', async () => {
  const world = await inConflict()
  const trace = join(world.path, '.git', 'ran')
  world.git('config', 'filter.spy.smudge', `sh -c 'touch ${trace}; cat'`)
  world.git('config', 'filter.spy.clean', `sh -c 'touch ${trace}; cat'`)
  for (const folder of ['info', 'hooks']) mkdirSync(join(world.path, '.git', folder), { recursive: true })
  writeFileSync(join(world.path, '.git/info/attributes'), '* filter=spy\n')
  for (const hook of ['post-checkout', 'pre-commit', 'reference-transaction'])
    writeFileSync(join(world.path, '.git/hooks', hook), `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 })
  await world.run()
  decide(world.folder, (path, text) => writeFileSync(join(world.folder, path), text))
  rmSync(trace, { force: true })
  expect((await world.run('--continue')).code).toBe(0)
  expect(existsSync(trace)).toBe(false)
})

function decide(folder: string, put: Settled['put']): void {
  put('README.md', 'Settled.\n')
  gitIn(folder, 'add', DASHBOARD)
}

/** A commit that a person puts on top of the step’s branch. */
function onTop(world: World, path: string, text: string): string {
  writeFileSync(join(world.path, '.git', 'blob'), text)
  const blob = world.git('hash-object', '-w', join(world.path, '.git', 'blob'))
  const rows = `${world.git('ls-tree', BRANCH)}\n100644 blob ${blob}\t${path}`
  writeFileSync(join(world.path, '.git', 'rows'), `${rows}\n`)
  const tree = world.git('-c', 'alias.made=!f() { git mktree < .git/rows; }; f', 'made')
  const commit = world.git('commit-tree', tree, '-p', BRANCH, '-m', 'By hand')
  world.git('update-ref', `refs/heads/${BRANCH}`, commit)
  return commit
}
