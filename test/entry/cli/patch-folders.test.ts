import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { World } from '../../support/demo.ts'
import { HOME, infrastructure } from '../../support/infrastructure.ts'
import { collidingPatch, demoPatches } from '../../support/patch-files.ts'
import { multiarch } from '../../support/run-multiarch.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const UP = 'VERSION=2.8.0\ngit clone -b v$VERSION https://github.com/kubernetes-sigs/kubespray\n'
const APPLY = `${UP}for each in patches/$VERSION/*.patch; do patch -p1 -d kubespray < $each; done\n`

test('`series` says what is applied, and in which order', async () => {
  const [first = '', second = '', third = ''] = await demoPatches()
  const files = {
    ...HOME,
    'up.sh': APPLY,
    'patches/2.8.0/z.patch': first,
    'patches/2.8.0/b.patch': second,
    'patches/2.8.0/not-listed.patch': third,
    'patches/2.8.0/series': '# ours\nz.patch -p1 # theirs by now\nb.patch\n',
    'patches/2.8.0/README.md': 'Why.\n',
  }
  const { world, upstream } = await infrastructure({ files })
  const { patches, patchFiles } = await upgraded(world, upstream)
  expect(patches.map(({ file, verdict }) => [file, verdict])).toEqual([
    ['patches/2.8.0/z.patch', 'upstreamed'],
    ['patches/2.8.0/b.patch', 'clean'],
  ])
  expect(patchFiles.map(({ to, became }) => [to, became])).toEqual([
    ['patches/2.9.0/z.patch', 'left-out'],
    ['patches/2.9.0/b.patch', 'kept'],
  ])
  expect(filesIn(world, 'patches/2.9.0')).toEqual(['README.md', 'b.patch', 'not-listed.patch', 'series'])
  expect(world.git('show', `${BRANCH}:patches/2.9.0/series`)).toBe('# ours\nb.patch')
})

test('who renames the folder with each release has it renamed', async () => {
  const [, second = ''] = await demoPatches()
  const { world, upstream } = await infrastructure({
    files: { ...HOME, 'up.sh': APPLY, 'patches/2.7.0/b.patch': second },
  })
  world.git('mv', 'patches/2.7.0', 'patches/2.8.0')
  world.git('commit', '--quiet', '--message', 'To 2.8.0')
  await upgraded(world, upstream)
  expect(filesIn(world, 'patches')).toEqual(['2.9.0/b.patch'])
})

test('who keeps the folders of earlier releases keeps them', async () => {
  const [, second = ''] = await demoPatches()
  const { world, upstream } = await infrastructure({
    files: { ...HOME, 'up.sh': APPLY, 'patches/2.7.0/b.patch': second },
  })
  write(world, { 'patches/2.8.0/b.patch': second })
  await upgraded(world, upstream)
  expect(filesIn(world, 'patches')).toEqual(['2.7.0/b.patch', '2.8.0/b.patch', '2.9.0/b.patch'])
})

test('a folder that people made for the release already is theirs', async () => {
  const [, second = ''] = await demoPatches()
  const files = {
    ...HOME,
    'up.sh': APPLY,
    'patches/2.8.0/b.patch': second,
    'patches/2.9.0/own.patch': second,
  }
  const { world, upstream } = await infrastructure({ files })
  const { findings } = await upgraded(world, upstream)
  expect(filesIn(world, 'patches/2.9.0')).toEqual(['own.patch'])
  expect(findings.map(({ code }) => code)).toContain('patches-there')
})

test('a script that names the folder with its version is left, and told', async () => {
  const [, second = ''] = await demoPatches()
  const files = {
    ...HOME,
    'up.sh': `${UP}patch -p1 -d kubespray < patches/2.8.0/b.patch\n`,
    'patches/2.8.0/b.patch': second,
  }
  const { world, upstream } = await infrastructure({ files })
  const { findings } = await upgraded(world, upstream)
  expect(findings).toContainEqual(expect.objectContaining({ code: 'pin-left', file: 'up.sh', line: 3 }))
})

test('a patch that collides stays as it is, open, and both sides are told', async () => {
  const { world, upstream } = await infrastructure({ files: { ...HOME, 'up.sh': APPLY } })
  const patch = collidingPatch()
  const [, second = ''] = await demoPatches()
  write(world, { 'patches/2.8.0/0001.patch': patch, 'patches/2.8.0/0002.patch': second })
  const args = ['upgrade', world.path, '--upstream', upstream.path, '--onto', 'v2.9.0']
  const { code, out } = await multiarch(...args)
  expect(code).toBe(3)
  expect(out.replace(/\s+/g, ' ')).toContain('1 in conflict')
  expect(world.git('show', `${BRANCH}:patches/2.9.0/0001.patch`)).toBe(patch.trimEnd())
  const log = world.git('log', '--format=%B', BRANCH)
  expect(log).toContain('Open patches/2.9.0/0001.patch for v2.9.0')
  expect(log).toContain('Multiarch-Open: README.md')
  // Merged as it is, it does not go on, and that is said before anything else is done.
  world.git('checkout', '--quiet', '--force', '-B', 'main', BRANCH)
  const next = await multiarch('plan', world.path, '--upstream', upstream.path)
  expect([next.code, next.err]).toEqual([
    2,
    expect.stringMatching(/`patches\/2\.9\.0\/0001\.patch:5` does not go onto/),
  ])
})

test.each([
  [
    'another’s version',
    {
      'charts/2.8.0/fix.patch': '--- a/own/x.yml\n+++ b/own/x.yml\n@@ -1 +1 @@\n-a\n+b\n',
      'own/x.yml': 'a\n',
    },
  ],
  [
    'no version, and nothing of Kubespray’s',
    { 'fixes/x.patch': '--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-mine\n+b\n' },
  ],
] as const)('patches of something else are left alone: %s', async (_, patches) => {
  const files = { ...HOME, 'up.sh': `${UP}patch < fixes/x.patch\n`, ...patches }
  const { world, upstream } = await infrastructure({ files })
  const { out, err } = await multiarch('plan', world.path, '--upstream', upstream.path, '--json')
  expect(err).toBe('')
  expect((JSON.parse(out) as { patches: unknown[] }).patches).toEqual([])
})

test.each([
  ['GIT binary patch\nliteral 0\n', /binary patch/],
  ['--- a/roles/none.yml\n+++ b/roles/none.yml\n@@ -1 +1 @@\n-a\n+b\n', /has no such file/],
  ['--- a/../x\n+++ b/../x\n@@ -0,0 +1 @@\n+b\n', /no path inside/],
] as const)('one that cannot be carried is refused, and nothing is written', async (text, words) => {
  const patch = text.startsWith('GIT') ? `diff --git a/x b/x\nindex 1111111..2222222 100644\n${text}` : text
  const { world, upstream } = await infrastructure({
    files: { ...HOME, 'up.sh': APPLY, 'patches/2.8.0/a.patch': patch },
  })
  const { code, err } = await multiarch('upgrade', world.path, '--upstream', upstream.path)
  expect(code).toBe(2)
  expect(err).toMatch(words)
  expect(world.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
})

interface Upgraded {
  readonly patches: readonly { readonly file: string; readonly verdict: string }[]
  readonly patchFiles: readonly { readonly to: string; readonly became: string }[]
  readonly findings: readonly { readonly code: string }[]
}

async function upgraded(world: World, upstream: World): Promise<Upgraded> {
  const { out, err } = await multiarch(
    'upgrade',
    world.path,
    '--upstream',
    upstream.path,
    '--onto',
    'v2.9.0',
    '--json',
  )
  expect(err).toBe('')
  return JSON.parse(out) as Upgraded
}

function filesIn(world: World, folder: string): readonly string[] {
  const paths = world.git('ls-tree', '-r', '--name-only', BRANCH, `${folder}/`).split('\n')
  return paths.map((path) => path.slice(folder.length + 1))
}

function write(world: World, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    rmSync(join(world.path, path), { force: true })
    mkdirSync(dirname(join(world.path, path)), { recursive: true })
    writeFileSync(join(world.path, path), text)
  }
  world.git('add', '--all')
  world.git('commit', '--quiet', '--message', 'more')
}
