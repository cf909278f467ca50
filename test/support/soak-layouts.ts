import { execFileSync } from 'node:child_process'
import { gitText, readRefs } from '../github/git.ts'
import type { Repo } from '../github/world.ts'
import { writeRefs, ZERO } from '../github/write-refs.ts'
import { demoClone } from './demo-clone.ts'
import type { FaultWorld } from './fault-world.ts'
import { holdIn, type HeldFiles } from './hold-in.ts'
import { HOME } from './home-inventory.ts'

const SETTINGS = '.github/multiarch.yml'
const SUBMODULE = (owner: string) =>
  `[submodule "kubespray"]\n\tpath = kubespray\n\turl = https://github.com/${owner}/kubespray.git\n`

/** How Kubespray stands in a repository. */
export const LAYOUTS = [
  ...(['fork', 'copied fork', 'root copy', 'submodule', 'pin', 'collection'] as const),
  ...(['folder copy', 'inventory only', 'patch files', 'submodule of own fork'] as const),
] as const

export type LayoutName = (typeof LAYOUTS)[number]

type World = Pick<FaultWorld, 'github' | 'upstream' | 'releases'>

/** Makes the repositories of one owner, whose settings are merged; the one that its people work in comes first. */
export async function repositoriesOf(
  world: World,
  layout: LayoutName,
  owner: string,
): Promise<readonly Repo[]> {
  if (layout === 'fork' || layout === 'copied fork') return [await forkOf(world, owner, layout)]
  if (layout === 'submodule of own fork') {
    const fork = await forkOf(world, owner, 'fork')
    const at = readRefs(fork.gitDir).get('refs/heads/main') ?? ''
    const held = { files: { '.gitmodules': SUBMODULE(owner) }, links: { kubespray: at } }
    return [await homeOf(world, owner, held), fork]
  }
  return [await homeOf(world, owner, await heldBy(layout, world.releases['v2.8.0'] ?? ''))]
}

async function heldBy(
  layout: Exclude<LayoutName, 'fork' | 'copied fork' | 'submodule of own fork'>,
  release: string,
): Promise<HeldFiles> {
  switch (layout) {
    case 'root copy':
      return { files: {}, copies: { '': release } }
    case 'folder copy':
      return { files: {}, copies: { 'deploy/ks': release } }
    case 'submodule':
      return { files: { '.gitmodules': SUBMODULE('kubernetes-sigs') }, links: { kubespray: release } }
    case 'pin':
      return { files: { Makefile: 'V ?= v2.8.0\nrun:\n\tdocker run quay.io/kubespray/kubespray:$(V)\n' } }
    case 'collection':
      return { files: { 'requirements.yml': COLLECTION } }
    case 'inventory only':
      return { files: { [SETTINGS]: 'base: v2.8.0\n' } }
    case 'patch files':
      return { files: { 'up.sh': UP, ...(await patches()) } }
  }
}

const COLLECTION =
  'collections:\n  - name: https://github.com/kubernetes-sigs/kubespray\n    type: git\n    version: v2.8.0\n'
const UP = [
  'VERSION=2.8.0',
  'git clone -b v$VERSION https://github.com/kubernetes-sigs/kubespray',
  'for each in patches/$VERSION/*.patch; do patch -p1 -d kubespray < $each; done',
  '',
].join('\n')

/** The demo's patches as files. */
async function patches(): Promise<Readonly<Record<string, string>>> {
  const demo = await demoClone()
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', demo, ...args]).toString()
  const commits = git('rev-list', '--reverse', 'v2.8.0..main~1').trim().split('\n')
  return Object.fromEntries(
    commits
      .slice(0, 3)
      .map((commit, index) => [
        `patches/2.8.0/${index + 1}.patch`,
        git('format-patch', '-1', '--stdout', commit),
      ]),
  )
}

async function forkOf(
  { github, upstream }: World,
  owner: string,
  how: 'fork' | 'copied fork',
): Promise<Repo> {
  const forked = how === 'fork' ? { forkOf: upstream } : {}
  const repo = github.createRepo({
    owner,
    name: 'kubespray',
    defaultBranch: 'main',
    hasIssues: true,
    ...forked,
  })
  const from = `${await demoClone()}/.git`
  const head = readRefs(from).get('refs/heads/main') ?? ''
  if (how === 'copied fork')
    gitText(repo.gitDir, ['fetch', '-q', '--no-tags', from, 'refs/heads/main:refs/heads/main'])
  else {
    writeRefs(repo.gitDir, new Map([...readRefs(repo.gitDir).keys()].map((name) => [name, ZERO])))
    writeRefs(repo.gitDir, new Map([['refs/heads/main', head]]))
  }
  await holdIn(repo, { files: { [SETTINGS]: '# all by default\n' }, message: 'Settings' })
  return repo
}

async function homeOf({ github, upstream }: World, owner: string, held: HeldFiles): Promise<Repo> {
  const repo = github.createRepo({ owner, name: 'home', defaultBranch: 'main', hasIssues: true })
  // Its objects alone: the histories have nothing in common.
  if (held.copies)
    gitText(repo.gitDir, [
      'fetch',
      '-q',
      '--no-tags',
      '--no-write-fetch-head',
      upstream.gitDir,
      'refs/tags/v2.8.0',
    ])
  const files = { ...HOME, [SETTINGS]: '# all by default\n', ...held.files }
  await holdIn(repo, { ...held, files })
  return repo
}
