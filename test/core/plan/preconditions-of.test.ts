import { expect, test } from 'vitest'
import type { Catalogue } from '../../../src/core/catalogue/catalogue.ts'
import type { ClusterNeeds } from '../../../src/core/catalogue/is-usable.ts'
import { defined } from '../../../src/core/model/defined.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { preconditionsOf, type State } from '../../../src/core/plan/preconditions-of.ts'
import { catalogueWith } from '../../support/catalogue.ts'

const PATH = 'roles/etcd/tasks/clean_v2_store.yml'

interface Row {
  readonly component?: string
  readonly whenTargetAtLeast?: string
  /** The versions before and after the step. */
  readonly etcd?: readonly [string, string]
  readonly more?: Partial<Catalogue>
  readonly needs?: Partial<ClusterNeeds>
}

/** What a release that wants 3.5.26 asks of what runs. */
function asked({ component = 'etcd', whenTargetAtLeast, etcd = ['3.5.25', '3.6.5'], more, needs }: Row) {
  const preconditions = [{ component, atLeast: '3.5.26', path: PATH, ...defined({ whenTargetAtLeast }) }]
  const state = (kubernetes: string, catalogue: Catalogue): State => ({
    release: {
      tag: 'v2.29.1' as ReleaseTag,
      catalogue: { ...catalogue, ...more },
      usable: [],
      usableOf: new Map(),
      lowestLive: undefined,
    },
    kubernetes,
  })
  const [before, after] = etcd
  return preconditionsOf(
    state('1.32.8', catalogueWith({ versions: [], etcd: { '1.32': before } })),
    state('1.33.7', catalogueWith({ versions: [], etcd: { 'v1.33': after }, preconditions })),
    { architectures: ['amd64'], ...needs },
  ).map(({ live, target, met, isPinned }) => ({ live, target, met, isPinned }))
}

const UNMET = { live: '3.5.25', target: '3.6.5', met: false, isPinned: false }

test.each<[string, Row, readonly unknown[]]>([
  ['what runs is too old', {}, [UNMET]],
  ['what runs is as asked', { etcd: ['v3.5.26', '3.6.5'] }, [{ ...UNMET, live: '3.5.26', met: true }]],
  ['the version that comes is the one it is about', { whenTargetAtLeast: '3.6.5' }, [UNMET]],
  ['the version that comes is below it: nothing is asked', { whenTargetAtLeast: '3.6.6' }, []],
  [
    'what runs is the one it is about: that is past',
    { etcd: ['3.6.0', '3.6.5'], whenTargetAtLeast: '3.6.0' },
    [],
  ],
  ['what comes is not known', { etcd: ['3.5.25', ''], whenTargetAtLeast: '3.6.0' }, []],
  ['what runs is not known: nothing is said of it', { etcd: ['', '3.6.5'] }, []],
  [
    'the cluster sets it: that runs before and after',
    { needs: { pinned: new Map([['etcd', 'v3.5.9']]) } },
    [{ live: '3.5.9', target: '3.5.9', met: false, isPinned: true }],
  ],
  ['what the cluster sets is no version', { needs: { pinned: new Map([['etcd', '{{ mine }}']]) } }, [UNMET]],
  [
    'one version for every Kubernetes',
    { component: 'calico', more: { bundled: { calico_version: 'v3.5.1' } } },
    [{ live: '3.5.1', target: '3.5.1', met: false, isPinned: false }],
  ],
  [
    'a network plugin that the cluster does not use',
    {
      component: 'calico',
      more: { bundled: { calico_version: 'v3.5.1' } },
      needs: { networkPlugin: 'cilium' },
    },
    [],
  ],
  [
    'a network plugin that the release has no role for, and allows',
    {
      component: 'weave',
      more: {
        bundled: { weave_version: '2.8.1' },
        networkPlugins: { ...catalogueWith({ versions: [] }).networkPlugins, allowed: ['weave'], roles: [] },
      },
    },
    [],
  ],
  [
    'a version by the minor of Kubernetes, where the release has them so',
    {
      component: 'crio',
      more: {
        components: { crio: { perKubernetes: { '1.32': '3.1.0', '1.33': '3.2.0' } } },
        bundled: { crio_version: '1.0.0' },
      } as unknown as Partial<Catalogue>,
    },
    [{ live: '3.1.0', target: '3.2.0', met: false, isPinned: false }],
  ],
])('%s', (_title, row, expected) => {
  expect(asked(row)).toEqual(expected)
})
