import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { demoWorld, type World } from '../support/demo.ts'
import { commitFile } from '../support/step.ts'
import { multiarch, refused } from '../support/run-multiarch.ts'

const CLUSTER = 'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml'
const FIX = ['--fix', '--architectures', 'amd64,arm64,arm'] as const

/** Each command that writes a branch, with what makes it have something to write. */
const WRITERS: readonly (readonly [string, readonly string[]])[] = [
  ['upgrade', ['upgrade']],
  ['bump', ['bump']],
  ['addons', ['addons']],
  ['audit --fix', ['audit', ...FIX]],
]

/** Branches that are somebody's, made in a clone whose `main` is the fork's. */
const BRANCHES: readonly (readonly [string, (world: World) => void])[] = [
  ['a backup at the fork’s tip', (world) => world.git('branch', 'theirs', 'main')],
  ['a branch at an old tag', (world) => world.git('branch', 'theirs', 'v2.8.0')],
  ['a branch at the release to come', (world) => world.git('branch', 'theirs', 'v2.9.0')],
  ['a branch at an older commit of the fork', (world) => world.git('branch', 'theirs', 'main~2')],
  [
    'a branch with work of its own',
    (world) => {
      world.git('checkout', '--quiet', '-b', 'theirs')
      commitFile(world, 'notes.md', 'mine\n', 'Notes')
      world.git('checkout', '--quiet', 'main')
    },
  ],
  [
    'a branch whose commit only says that it is ours',
    (world) => {
      world.git('checkout', '--quiet', '-b', 'theirs')
      commitFile(world, 'notes.md', 'mine\n', 'Notes\n\nMultiarch-Step: kubespray v2.8.0 v2.9.0')
      world.git('checkout', '--quiet', 'main')
    },
  ],
]

describe('a branch is ours where our own commits prove it', () => {
  const cases = WRITERS.flatMap(([name, args]) =>
    BRANCHES.map(([what, make]) => [name, what, args, make] as const),
  )
  test.each(cases)('%s does not move %s', async (_, __, [command = '', ...rest], make) => {
    const world = await somethingToDo(command)
    make(world)
    expect(await refused(world, command, world.path, ...rest, '--as', 'theirs')).toMatch(
      /`theirs` exists and/,
    )
  })

  test.each(WRITERS)('%s never writes to the branch that it reads', async (_, [command = '', ...rest]) => {
    const world = await somethingToDo(command)
    const flag = command === 'audit' ? '--rev' : '--branch'
    world.git('checkout', '--quiet', '--detach')
    const said = await refused(world, command, world.path, ...rest, flag, 'main', '--as', 'main')
    expect(said).toContain('is the one that your patches are on')
    world.git('checkout', '--quiet', 'main')
    expect(await refused(world, command, world.path, ...rest, '--as', 'main')).toContain(
      'your patches are on',
    )
  })

  test.each(WRITERS)(
    '%s moves a branch of its own, and keeps one that a person amended',
    async (_, [command = '', ...rest]) => {
      const world = await somethingToDo(command)
      const run = () => multiarch(command, world.path, ...rest, '--as', 'next')
      expect((await run()).code).not.toBe(2)
      const first = world.git('rev-parse', 'next')
      commitFile(world, 'notes.md', 'more\n', 'Notes')
      expect((await run()).code).not.toBe(2)
      expect(world.git('rev-parse', 'next')).not.toBe(first)
      world.git('checkout', '--quiet', 'next')
      world.git('commit', '--quiet', '--amend', '--no-edit', '--allow-empty')
      world.git('checkout', '--quiet', 'main')
      commitFile(world, 'notes.md', 'even more\n', 'Notes')
      expect(await refused(world, command, world.path, ...rest, '--as', 'next')).toMatch(/`next` exists and/)
    },
  )

  test('a name that git cannot keep beside another is refused', async () => {
    const world = await demoWorld()
    world.git('branch', 'a/b', 'main')
    for (const name of ['a', 'a/b/c'])
      expect(await refused(world, 'upgrade', world.path, '--as', name)).toContain('`a/b`')
  })
})

describe('what a person put into a commit of ours is carried on', () => {
  const ROLE = 'roles/download/defaults/main.yml'
  const LINE = 'added_by_hand: "yes"'

  const WAYS: readonly (readonly [string, (world: World, branch: string) => void])[] = [
    ['amended and merged', (world, branch) => world.git('merge', '--quiet', '--no-edit', branch)],
    ['amended and fast-forwarded', (world, branch) => world.git('merge', '--quiet', '--ff-only', branch)],
    [
      'squashed',
      (world, branch) => {
        const message = world.git('log', '--reverse', '--format=%B', `main..${branch}`, '--first-parent')
        world.git('merge', '--quiet', '--squash', branch)
        world.git('commit', '--quiet', '-m', `Kubespray (#7)\n\n${message}`)
      },
    ],
  ]
  const STEPS = [
    ['upgrade', 'multiarch/kubespray-2.9.0'],
    ['bump', 'multiarch/kubernetes-1.12.4'],
  ] as const

  test.each(WAYS)('a step to a release, %s', async (_, merge) => {
    const world = await demoWorld()
    await multiarch('upgrade', world.path)
    amend(world, 'multiarch/kubespray-2.9.0')
    merge(world, 'multiarch/kubespray-2.9.0')
    await expectCarried(world)
  })

  test.each(WAYS)('a step of an inventory, %s', async (_, merge) => {
    const world = await somethingToDo('bump')
    const branch = 'step'
    expect((await multiarch('bump', world.path, '--as', branch)).code).toBe(0)
    amend(world, branch)
    merge(world, branch)
    await expectCarried(world)
  })

  test.each(STEPS)('a commit of a person’s that ends like one of ours (%s)', async (_, branch) => {
    const world = await demoWorld()
    const kind = branch.includes('kubernetes') ? 'kubernetes 1.12.3 1.12.4' : 'inventory'
    const text = world.git('show', `main:${ROLE}`)
    commitFile(world, ROLE, `${text}\n${LINE}\n`, `By hand\n\nMultiarch-Step: ${kind}`)
    await expectCarried(world)
  })

  function amend(world: World, branch: string): void {
    world.git('checkout', '--quiet', branch)
    const file = join(world.path, ROLE)
    writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n${LINE}\n`)
    world.git('add', ROLE)
    world.git('commit', '--quiet', '--amend', '--no-edit')
    world.git('checkout', '--quiet', 'main')
  }

  async function expectCarried(world: World): Promise<void> {
    const { out } = await multiarch('upgrade', world.path, '--json')
    const { branch } = JSON.parse(out) as { branch?: string }
    expect(branch).toBeDefined()
    expect(world.git('show', `${branch}:${ROLE}`)).toContain(LINE)
  }
})

/** The demo's fork as one that a command has something to do on: Kubernetes goes up by itself only where it is older. */
async function somethingToDo(command: string): Promise<World> {
  const world = await demoWorld()
  if (command !== 'bump') return world
  commitFile(world, CLUSTER, 'kube_version: v1.11.5\n', 'An older cluster')
  commitFile(world, '.github/multiarch.yml', 'architectures: [amd64]\n', 'Settings')
  return world
}
