import { expect, test } from 'vitest'
import { commitFile } from '../../support/step.ts'
import { HOME, infrastructure, type Held } from '../../support/infrastructure.ts'
import { multiarch } from '../../support/run-multiarch.ts'

interface Row extends Held {
  readonly name: string
  readonly kind: string
  /** What a step to v2.9.0 changes beside inventories: file → the line before and after. */
  readonly moves: Readonly<Record<string, readonly [before: string, after: string]>>
  /** What names another release, or the Kubernetes of before, and is told. */
  readonly told?: readonly string[]
  readonly named?: string
}

const SUBMODULE =
  '[submodule "kubespray"]\n\tpath = kubespray\n\turl = https://github.com/kubernetes-sigs/kubespray.git\n'

const ROWS: readonly Row[] = [
  {
    name: 'a submodule',
    kind: 'submodule',
    files: { ...HOME, '.gitmodules': SUBMODULE },
    gitlink: 'kubespray',
    moves: {},
  },
  {
    name: 'a submodule with its release branch in step',
    kind: 'submodule',
    files: { ...HOME, '.gitmodules': `${SUBMODULE}\tbranch = release-2.8\n` },
    gitlink: 'kubespray',
    moves: { '.gitmodules': ['\tbranch = release-2.8', '\tbranch = release-2.9'] },
  },
  {
    name: 'a submodule whose branch is stale',
    kind: 'submodule',
    files: { ...HOME, '.gitmodules': `${SUBMODULE}\tbranch = release-2.5\n` },
    gitlink: 'kubespray',
    moves: {},
    told: ['`.gitmodules:4` says `release-2.5`'],
  },
  {
    name: 'a submodule and an image of the same release',
    kind: 'submodule',
    files: {
      ...HOME,
      '.gitmodules': SUBMODULE,
      Dockerfile: 'FROM quay.io/kubespray/kubespray:RELEASE\nRUN true\n',
    },
    gitlink: 'kubespray',
    moves: {
      Dockerfile: ['FROM quay.io/kubespray/kubespray:v2.8.0', 'FROM quay.io/kubespray/kubespray:v2.9.0'],
    },
  },
  {
    name: 'an image in a Makefile',
    kind: 'pin',
    files: {
      ...HOME,
      Makefile: 'VERSION := RELEASE\n\nrun:\n\tdocker run quay.io/kubespray/kubespray:$(VERSION)\n',
    },
    moves: { Makefile: ['VERSION := v2.8.0', 'VERSION := v2.9.0'] },
  },
  {
    name: 'a collection',
    kind: 'pin',
    files: {
      ...HOME,
      'requirements.yml':
        'collections:\n  - name: https://github.com/kubernetes-sigs/kubespray\n    type: git\n    version: RELEASE # ours\n',
    },
    moves: { 'requirements.yml': ['    version: v2.8.0 # ours', '    version: v2.9.0 # ours'] },
  },
  {
    name: 'a clone in a script, and a document that tells it',
    kind: 'pin',
    files: {
      ...HOME,
      'up.sh': 'git clone -b RELEASE https://github.com/kubernetes-sigs/kubespray\n',
      'README.md': 'git clone -b RELEASE https://github.com/kubernetes-sigs/kubespray\nkube 1.12.5\n',
      Jenkinsfile: "setDescription('Kubespray RELEASE')\n",
    },
    told: ['`README.md:1` says `v2.8.0`', '`Jenkinsfile:1` says `v2.8.0`'],
    named: 'README.md:2',
    moves: {
      'up.sh': [
        'git clone -b v2.8.0 https://github.com/kubernetes-sigs/kubespray',
        'git clone -b v2.9.0 https://github.com/kubernetes-sigs/kubespray',
      ],
    },
  },
  {
    name: 'an inventory whose release the settings say',
    kind: 'inventory',
    files: { ...HOME, '.github/multiarch.yml': 'base: RELEASE\n' },
    moves: { '.github/multiarch.yml': ['base: v2.8.0', 'base: v2.9.0'] },
  },
]

test.each(ROWS)('$name: planned, moved, and judged', async ({ kind, moves, told, named, ...held }) => {
  const { world, upstream, commitOf } = await infrastructure(held)
  const plan = await multiarch('plan', world.path, '--upstream', upstream.path, '--json')
  const planned = JSON.parse(plan.out) as {
    layout: { kind: string }
    base: { release: string }
    inventories: { path: string; kubernetes: string }[]
  }
  expect(plan.err).toBe('')
  expect(planned.layout.kind).toBe(kind)
  expect(planned.base.release).toBe('v2.8.0')
  expect(planned.inventories).toMatchObject([{ path: 'inventory/home', kubernetes: 'v1.12.5' }])

  const tree = world.git('ls-tree', '-r', 'main')
  const refs = world.git('for-each-ref')
  await multiarch('upgrade', world.path, '--upstream', upstream.path, '--dry-run')
  expect(world.git('for-each-ref')).toBe(refs)

  const where = ['--upstream', upstream.path, '--onto', 'v2.9.0']
  const { code, out, err } = await multiarch('upgrade', world.path, ...where)
  expect(err).toBe('')
  expect([0, 3]).toContain(code)
  expect(out.match(/`[^`]*` says `[^`]*`/g) ?? []).toEqual(told ?? [])
  expect(/still named in `([^`]*)`/.exec(out)?.[1]).toBe(named)
  const branch = 'multiarch/kubespray-2.9.0'
  expect(world.git('ls-tree', '-r', 'main')).toBe(tree)
  expect(
    changedLines(world.git('diff', '--unified=0', 'main', `${branch}~1`, '--', ':!inventory', ':!kubespray')),
  ).toEqual(
    Object.fromEntries(
      Object.entries(moves).map(([file, [before, after]]) => [file, [`-${before}`, `+${after}`]]),
    ),
  )
  if (held.gitlink !== undefined)
    expect(world.git('rev-parse', `${branch}:${held.gitlink}`)).toBe(commitOf('v2.9.0'))
  // Upstream's history stays out of it, and nothing that the branch needs is missing.
  expect(world.git('rev-list', '--count', `main..${branch}`)).toBe('2')
  world.git('fsck', '--strict', '--connectivity-only')

  // Merged, it is where it was brought to.
  world.git('checkout', '--quiet', '-B', 'main', branch)
  const next = JSON.parse(
    (await multiarch('plan', world.path, '--upstream', upstream.path, '--json')).out,
  ) as {
    base: { release: string }
  }
  expect(next.base.release).toBe('v2.9.0')
  const audit = await multiarch('audit', world.path, '--upstream', upstream.path, '--json')
  expect(audit.err).toBe('')
})

test('a file that names the release and the version of Kubernetes keeps both changes', async () => {
  const { world, upstream } = await infrastructure({
    files: {
      ...HOME,
      Makefile:
        'VERSION := RELEASE\n\nrun:\n\tdocker run quay.io/kubespray/kubespray:$(VERSION) ansible-playbook -i inventory/home/hosts.ini -e kube_version=v1.12.5 cluster.yml\n',
      'ansible.cfg':
        '[defaults]\ninventory = inventory/home/hosts.ini\nforks = 7\nhost_key_checking = False\n',
    },
  })
  await multiarch('upgrade', world.path, '--upstream', upstream.path, '--onto', 'v2.9.0')
  const made = world.git('show', 'multiarch/kubespray-2.9.0:Makefile')
  expect(made).toContain('VERSION := v2.9.0\n')
  expect(made).toMatch(/-e kube_version=v1\.13\.\d+ cluster\.yml/)
  const { out } = await multiarch(
    'upgrade',
    world.path,
    '--upstream',
    upstream.path,
    '--onto',
    'v2.9.0',
    '--json',
    '--dry-run',
  )
  const { findings } = JSON.parse(out) as { findings: { code: string; file?: string }[] }
  // A pin that moved is the step, and what only runs playbooks is nobody's to judge.
  expect(findings.filter(({ file }) => file === 'Makefile' || file === 'ansible.cfg')).toEqual([])
  // A file that has its namesake in every release stays the user's.
  expect(world.git('show', 'multiarch/kubespray-2.9.0:ansible.cfg')).toBe(
    world.git('show', 'main:ansible.cfg'),
  )
})

test('a copy in a folder: its own changes are a series, and stay inside of the folder', async () => {
  const { world, upstream } = await infrastructure({
    files: { ...HOME, 'README.md': 'Ours\n' },
    copy: 'deploy/ks',
  })
  const role = 'deploy/ks/roles/download/defaults/main.yml'
  const before = world.git('show', `main:${role}`)
  world.git('reset', '--quiet', '--hard')
  commitFile(world, role, `${before}\nours_only: true\n`, 'A default of ours')
  const plan = JSON.parse(
    (await multiarch('plan', world.path, '--upstream', upstream.path, '--json')).out,
  ) as {
    layout: object
    base: object
    patches: { title: string; files: string[] }[]
    inventories: object[]
  }
  expect(plan).toMatchObject({
    layout: { kind: 'folder', path: 'deploy/ks' },
    base: { release: 'v2.8.0' },
    patches: [{ title: 'A default of ours', files: [role] }],
    inventories: [{ path: 'inventory/home' }],
  })
  await multiarch('upgrade', world.path, '--upstream', upstream.path, '--onto', 'v2.9.0')
  const branch = 'multiarch/kubespray-2.9.0'
  expect(world.git('show', `${branch}:${role}`)).toContain('ours_only: true')
  expect(world.git('rev-parse', `${branch}:deploy/ks/cluster.yml`)).toBe(
    upstream.git('rev-parse', 'v2.9.0:cluster.yml'),
  )
  expect(world.git('show', `${branch}:README.md`)).toBe('Ours')
  expect(world.git('ls-tree', '--name-only', branch).split('\n')).toEqual([
    'README.md',
    'deploy',
    'inventory',
  ])
  world.git('fsck', '--strict', '--connectivity-only')
  // The branch is read as what it is: the release, with the same patch on it.
  world.git('checkout', '--quiet', '-B', 'main', branch)
  const next = JSON.parse(
    (await multiarch('plan', world.path, '--upstream', upstream.path, '--json')).out,
  ) as typeof plan
  expect(next).toMatchObject({
    base: { release: 'v2.9.0', found: 'trailer' },
    patches: [{ title: 'A default of ours' }],
  })
})

test('a folder that is called after its release is renamed, and who names it still is told', async () => {
  const { world, upstream } = await infrastructure({
    files: {
      ...HOME,
      'up.sh': 'cd kubespray/2.8.0 && ansible-playbook -i ../../inventory/home/hosts.ini cluster.yml\n',
    },
    copy: 'kubespray/2.8.0',
  })
  const { code, out } = await multiarch(
    'upgrade',
    world.path,
    '--upstream',
    upstream.path,
    '--onto',
    'v2.9.0',
    '--json',
  )
  const answer = JSON.parse(out) as {
    branch: string
    findings: { code: string; file?: string; line?: number }[]
  }
  expect(world.git('ls-tree', '--name-only', `${answer.branch}:kubespray`)).toBe('2.9.0')
  expect(answer.findings).toContainEqual(
    expect.objectContaining({ code: 'pin-left', file: 'up.sh', line: 1 }),
  )
  expect(code).toBe(3)
})

test('a workflow that runs the play on a push is said before anybody merges', async () => {
  const { world, upstream } = await infrastructure({
    files: {
      ...HOME,
      '.gitmodules': SUBMODULE,
      '.github/workflows/apply.yml':
        'on:\n  push:\n    branches: [main]\njobs:\n  apply:\n    runs-on: x\n    steps:\n      - run: ansible-playbook -i inventory/home/hosts.ini kubespray/upgrade-cluster.yml\n',
    },
    gitlink: 'kubespray',
  })
  const { out } = await multiarch(
    'upgrade',
    world.path,
    '--upstream',
    upstream.path,
    '--onto',
    'v2.9.0',
    '--json',
  )
  const { body } = JSON.parse(out) as { body: string }
  expect(body).toContain(
    '**Merging this runs `upgrade-cluster.yml` on the cluster (`.github/workflows/apply.yml:8`).**',
  )
  expect(body).toContain('`git submodule update --init kubespray`')
})

/** File → the lines that went and came. */
function changedLines(diff: string): Record<string, readonly string[]> {
  const files: Record<string, string[]> = {}
  let file = ''
  for (const line of diff.split('\n')) {
    const named = /^\+\+\+ b\/(.*)$/.exec(line)?.[1]
    if (named !== undefined) files[(file = named)] = []
    else if (/^[-+](?!--|\+\+)/.test(line)) files[file]?.push(line)
  }
  return files
}
