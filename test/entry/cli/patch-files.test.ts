import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { HOME, infrastructure } from '../../support/infrastructure.ts'
import { applied, asPlainDiff, demoPatches } from '../../support/patch-files.ts'
import { multiarch } from '../../support/run-multiarch.ts'
import type { World } from '../../support/demo.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'

/** The script that clones the release and applies what stands in a folder. */
const script = (folder: string): string =>
  `VERSION=2.8.0\ngit clone -b v$VERSION https://github.com/kubernetes-sigs/kubespray\nfor each in ${folder}/*.patch; do\n  patch -p1 -d kubespray < $each\ndone\n`

interface Form {
  readonly name: string
  /** The demo's six patches as files. */
  readonly write: (patches: readonly string[]) => Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly script?: string
  /** Where the files stand for v2.9.0, in the order in which they are applied; the first patch is upstream's by then. */
  readonly now: readonly string[]
  readonly strip?: number
  /** Of those, what is the same to the byte. */
  readonly kept: number
  /** Whether the files of v2.8.0 stay beside them. */
  readonly stays?: false
}

const NAMES = ['0001-a', '0002-b', '0003-c', '0004-d', '0005-e', '0006-f']
const numbered =
  (path: (name: string) => string, form = (text: string) => text) =>
  (patches: readonly string[]): Readonly<Record<string, string>> =>
    Object.fromEntries(patches.map((text, at) => [path(NAMES[at] ?? ''), form(text)]))
const LEFT = NAMES.slice(1)

const FORMS: readonly Form[] = [
  {
    name: 'a folder named for the release',
    write: numbered((name) => `patches/2.8.0/${name}.patch`),
    now: LEFT.map((name) => `patches/2.9.0/${name}.patch`),
    kept: 4,
  },
  {
    name: 'a folder with a `v`, below others',
    write: numbered((name) => `k8s/kubespray-v2.8.0/patches/${name}.diff`),
    now: LEFT.map((name) => `k8s/kubespray-v2.9.0/patches/${name}.diff`),
    kept: 4,
  },
  {
    name: 'a folder named for the minor',
    write: numbered((name) => `patches/2.8/${name}.patch`),
    now: LEFT.map((name) => `patches/2.9/${name}.patch`),
    kept: 4,
  },
  {
    name: 'names with the release in them',
    write: numbered((name) => `patches/kubespray-2.8.0-${name}.patch`),
    now: LEFT.map((name) => `patches/kubespray-2.9.0-${name}.patch`),
    kept: 4,
  },
  {
    name: 'one folder that a script names',
    write: numbered((name) => `patches/${name}.patch`),
    script: script('patches'),
    now: LEFT.map((name) => `patches/${name}.patch`),
    kept: 4,
    stays: false,
  },
  {
    name: 'line ends of Windows',
    write: numbered(
      (name) => `patches/2.8.0/${name}.patch`,
      (text) => text.replaceAll('\n', '\r\n'),
    ),
    now: LEFT.map((name) => `patches/2.9.0/${name}.patch`),
    kept: 4,
  },
  {
    name: 'plain diffs without heads and prefixes',
    write: numbered((name) => `patches/2.8.0/${name}.patch`, asPlainDiff),
    now: LEFT.map((name) => `patches/2.9.0/${name}.patch`),
    strip: 0,
    kept: 4,
  },
  {
    name: 'one mailbox of them all',
    write: (patches) => ({ 'patches/2.8.0/all.patch': patches.join('') }),
    now: ['patches/2.9.0/all.patch'],
    kept: 0,
  },
]

test.each(FORMS)('$name: carried as commits are, and written as before', async (form) => {
  const { args, now, strip = 1, kept, stays = true } = form
  const patches = form.write(await demoPatches(args))
  const files = { ...HOME, 'up.sh': form.script ?? script('patches/$VERSION'), ...patches }
  const { world, upstream } = await infrastructure({ files })
  const plan = JSON.parse(
    (await multiarch('plan', world.path, '--upstream', upstream.path, '--json')).out,
  ) as {
    layout: { kind: string; patches: string[] }
    patches: unknown[]
  }
  expect(plan.layout.patches).toEqual(Object.keys(patches))
  expect(plan.patches).toHaveLength(6)

  const before = objectsOf(world)
  const dry = await upgraded(world, upstream, '--dry-run')
  expect(objectsOf(world)).toEqual(before)
  expect(dry.patches.map(({ verdict }) => verdict)).toEqual([
    ...['upstreamed', 'clean', 'clean', 'clean', 'clean', 'moved'],
  ])
  const done = await upgraded(world, upstream)
  expect(done.patches.map(({ title }) => title)).toEqual(dry.patches.map(({ title }) => title))

  const held = world
    .git('ls-tree', '-r', '--name-only', BRANCH)
    .split('\n')
    .filter((path) => /\.(?:patch|diff)$/.test(path))
  expect(held).toEqual([...(stays ? Object.keys(patches) : []), ...now].sort())
  const texts = now.map((path) => contentOf(world, path))
  expect(texts.filter((text) => Object.values(patches).includes(text))).toHaveLength(kept)
  // The same files of Kubespray as the demo's fork comes to with its patches as commits.
  const tree = applied(upstream, 'v2.9.0', texts, strip)
  upstream.git('checkout', '--quiet', '--force', 'main')
  const fork = await multiarch('upgrade', upstream.path, '--onto', 'v2.9.0')
  expect(fork.err).toBe('')
  expect(upstream.git('diff', '--stat', tree, `${BRANCH}~2`, '--', 'roles', 'inventory/sample')).toBe('')
  // Nothing of upstream's comes along.
  expect(world.git('ls-tree', '-r', '--name-only', BRANCH)).not.toContain('roles/')
  world.git('fsck', '--strict', '--connectivity-only')
  // A second run finds nothing to do, and once merged the next step goes on from there.
  const tip = world.git('rev-parse', BRANCH)
  await upgraded(world, upstream)
  expect(world.git('rev-parse', BRANCH)).toBe(tip)
  world.git('checkout', '--quiet', '--force', '-B', 'main', BRANCH)
  const next = await multiarch('plan', world.path, '--upstream', upstream.path, '--json')
  expect(next.err).toBe('')
  expect(JSON.parse(next.out)).toMatchObject({ base: { release: 'v2.9.0' }, layout: { patches: now } })
})

interface Upgraded {
  readonly patches: readonly { readonly title: string; readonly verdict: string }[]
}

async function upgraded(world: World, upstream: World, ...more: readonly string[]): Promise<Upgraded> {
  const args = ['upgrade', world.path, '--upstream', upstream.path, '--onto', 'v2.9.0', '--json', ...more]
  const { out, err } = await multiarch(...args)
  expect(err).toBe('')
  return JSON.parse(out) as Upgraded
}

function contentOf(world: World, path: string): string {
  return execFileSync('git', ['-C', world.path, 'cat-file', 'blob', `${BRANCH}:${path}`]).toString()
}

function objectsOf(world: World): string {
  return world.git('count-objects', '-v') + world.git('for-each-ref')
}
