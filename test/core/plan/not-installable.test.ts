import { expect, test } from 'vitest'
import type { Catalogue, Fault } from '../../../src/core/catalogue/catalogue.ts'
import type { Stop } from '../../../src/core/plan/step.ts'
import { catalogueWith } from '../../support/catalogue.ts'
import { plan } from '../../support/plan-of-releases.ts'

/** Where the way of a cluster ends whose release, or the next one, has these faults. */
function stopped(faults: readonly Partial<Fault>[], more: Parameters<typeof plan>[2] = {}): Stop | undefined {
  const blocked = catalogueWith({ versions: ['1.33.7'], minimum: '1.31.0', faults })
  return plan('v2.28.1', '1.32.8', { with: { 'v2.29.1': blocked }, ...more }).stopped
}

const OFF = ', and although it is switched off, all downloads are rendered together'
const CANNOT = 'I cannot go on to v2.29.1 with Kubernetes 1.33.7: '

test.each([
  [{ kind: 'no-checksum' }, `it has no checksum of \`crun\` for arm64${OFF}`, 'missing', ''],
  [
    { kind: 'no-checksum', enabledWith: ['containerd'] },
    'it has no checksum of `crun` for arm64',
    'missing',
    '',
  ],
  [
    { kind: 'zero-checksum' },
    'the release says that there is no build of `crun` for arm64',
    '0',
    ' (a checksum of a build that exists, with its version set)',
  ],
  [
    { kind: 'shared-checksum', shared: { with: ['amd64', 'ppc64le'] } },
    'its checksum of `crun` for arm64 is that of amd64, ppc64le as well, though these are different files',
    "another architecture's as well",
    '',
  ],
  [{ kind: 'no-minor' }, '`what` is not there, so `crun` has no version for it', 'missing', ''],
  [{ kind: 'unrenderable' }, `\`crun\` needs \`what\`, which nothing defines${OFF}`, 'missing', ''],
] as const)('%j', (fault, says, is, build) => {
  const found = stopped([{ ...fault, missing: 'what' } as Partial<Fault>])
  expect(found?.message).toBe(`${CANNOT}${says}.`)
  expect(found?.evidence).toEqual([`crun on arm64: what is ${is}`])
  expect(found?.opens).toEqual([
    'No arm64 node in the cluster.',
    `A patch of your fork that gives v2.29.1 \`what\`${build}.`,
  ])
})

test('a build that exists is asked for where one of several is none', () => {
  const found = stopped([{ missing: 'one' }, { missing: 'two', kind: 'zero-checksum' }, { missing: 'one' }])
  expect(found?.opens?.at(-1)).toBe(
    'A patch of your fork that gives v2.29.1 `one`, `two` (a checksum of a build that exists, with its version set).',
  )
})

test('a version that is known is told', () => {
  const own = catalogueWith({ versions: ['1.33.7'], minimum: '1.31.0', faults: [{}] })
  const known = { ...own, components: { crun: { version: '1.14.4' } } } as unknown as Catalogue
  expect(stopped([], { with: { 'v2.29.1': known } })?.message).toContain('no checksum of `crun` 1.14.4 for')
})

test('one component on two architectures is one, and each other one is told once', () => {
  const twice = [{ architecture: 'amd64' }, { architecture: 'arm64' }] as const
  expect(stopped(twice)?.message).toBe(`${CANNOT}it has no checksum of \`crun\` for amd64${OFF}.`)
  const others = [...twice, { component: 'etcd' }, { component: 'etcd' }, { component: 'helm' }]
  expect(stopped(others)?.message).toContain('; the same holds for 2 more (`etcd`, `helm`).')
})

test('where one node is no way out, or the only kind of nodes, none is said to be taken out', () => {
  const both = [{ architecture: 'amd64' }, { architecture: 'arm64' }] as const
  expect(stopped(both)?.opens).toHaveLength(1)
  expect(stopped([{}], { architectures: ['arm64'] })?.opens).toHaveLength(1)
})

test('what is enabled for the cluster’s network plugin comes first', () => {
  const faults = [
    { component: 'flannel', enabledWith: ['containerd'], networkPlugins: ['flannel'] },
    { component: 'calicoctl', enabledWith: ['containerd'], networkPlugins: ['calico'] },
    { component: 'crictl', enabledWith: ['containerd'] },
  ]
  const first = (more: Parameters<typeof plan>[2]) => stopped(faults, more)?.component
  expect(first({})).toBe('calicoctl')
  expect(first({ networkPlugin: 'flannel' })).toBe('flannel')
  expect(first({ networkPlugin: 'cilium' })).toBe('crictl')
  expect(first({ containerManager: 'docker' })).toBe('flannel')
})

test('in the release that runs it is Kubernetes that does not go up', () => {
  const faults = [{ kubernetes: ['1.33.7'] }]
  const blocked = catalogueWith({ versions: ['1.33.7', '1.32.10'], minimum: '1.31.0', faults })
  const route = plan('v2.29.1', '1.32.11', { with: { 'v2.29.1': blocked } })
  expect(route.stopped?.message).toContain('I cannot raise Kubernetes to 1.33.7 in v2.29.1: ')
})

test('the version that runs is no version to go up to', () => {
  const blocked = catalogueWith({ versions: ['1.33.7'], minimum: '1.31.0', faults: [{}] })
  const { message, opens } = plan('v2.29.1', '1.33.7', { with: { 'v2.29.1': blocked } }).stopped ?? {}
  expect(message).toContain('v2.29.1 can install no Kubernetes on this cluster: ')
  expect(opens).toHaveLength(1)
})

test('a precondition is told where it is what is in the way, and not beside a version that nobody can install', () => {
  const preconditions = [{ component: 'etcd', atLeast: '3.6.0', path: 'x.yml' }]
  const asking = (faults: readonly Partial<Fault>[]): Catalogue =>
    catalogueWith({ versions: ['1.33.7', '1.31.14'], minimum: '1.31.0', preconditions, faults })
  const with1 = (faults: readonly Partial<Fault>[]): Stop | undefined =>
    stopped([], { with: { 'v2.29.1': asking(faults) }, pinned: new Map([['etcd', '3.5.9']]) })
  expect(with1([])).toEqual({
    code: 'precondition',
    message: 'v2.29.1 demands that `etcd` 3.6.0 or newer runs already, and `etcd_version` is set to 3.5.9.',
    release: 'v2.29.1',
    component: 'etcd',
    evidence: ['x.yml'],
    opens: ['`etcd` 3.6.0 or newer in the running cluster, before the step to v2.29.1.'],
  })
  expect(with1([{}])).toMatchObject({ code: 'not-installable', component: 'crun' })
})
