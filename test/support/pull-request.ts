import { adviseOnAddons } from '../../src/core/advice/addon-advice.ts'
import type { AddonPolicy } from '../../src/core/advice/addon-policy.ts'
import type { CarryFacts, PullRequestFacts } from '../../src/core/explain/pull-request-facts.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import type { FileOutcome, Verdict } from '../../src/core/model/verdict.ts'
import type { ReleaseTag } from '../../src/core/model/release-tag.ts'
import type { Step } from '../../src/core/plan/step.ts'
import type { CarriedPatch } from '../../src/core/series/carried-series.ts'
import type { PatchDiff } from '../../src/core/series/patch-diff.ts'
import { catalogueWith } from './catalogue.ts'
import { inventoryOf } from './inventory.ts'

/** An id that can be told from others: its digit, forty times. */
export function oid(digit: string): Oid {
  return digit.repeat(40) as Oid
}

export function release(tag: string): ReleaseTag {
  return tag as ReleaseTag
}

interface PatchSketch {
  readonly title: string
  readonly verdict: Verdict
  readonly files: readonly (Partial<FileOutcome> & { readonly path: string })[]
  readonly author?: string
  readonly upstream?: readonly Oid[]
}

/** A patch as carrying leaves it; trees stay empty, since texts are made from outcomes. */
export function carriedPatch(id: string, sketch: PatchSketch): CarriedPatch {
  const { title, verdict, files, author = 'Ada Example', upstream = [] } = sketch
  return {
    patch: {
      id,
      kind: 'commit',
      title,
      message: title,
      author: { name: author, email: 'ada@example.org', time: 0, zone: '+0000' },
      commits: [oid(id)],
      changes: [],
      pickedFrom: [],
    },
    verdict,
    before: new Map(),
    after: new Map(),
    upstream,
    files: files.map((file) => ({
      to: file.path,
      verdict,
      reasons: [{ code: 'untouched' }],
      upstream: [],
      ...file,
    })),
  }
}

export function carryFacts(
  patches: readonly CarriedPatch[],
  more: {
    readonly diffs?: readonly (readonly [string, readonly PatchDiff[]])[]
    readonly upstream?: ReadonlyMap<Oid, string>
  } = {},
): CarryFacts {
  return {
    base: { release: release('v2.10.0'), commit: oid('a'), exact: true, found: 'ancestry' },
    series: { patches: patches.map(({ patch }) => patch), ownFiles: new Map(), leftOut: [] },
    carried: { patches, tree: new Map(), start: new Map(), newBlobs: new Map() },
    diffs: new Map(more.diffs ?? []),
    upstream: more.upstream ?? new Map(),
  }
}

export function step(
  kind: Step['kind'],
  from: readonly [string, string],
  to: readonly [string, string],
): Step {
  return {
    kind,
    kubespray: { from: release(from[0]), to: release(to[0]) },
    kubernetes: { from: from[1], to: to[1] },
    reasons: [
      {
        code: 'next-minor-release',
        message: `${to[0]} is the last patch release of the next minor; patch releases may be skipped, minors may not.`,
      },
      {
        code: 'ansible-changes',
        message: `${to[0]} needs Ansible 2.7.8 or newer: install its \`requirements.txt\` again before you apply it; its image has that.`,
      },
    ],
  }
}

/** Advice on the add-ons of a made-up inventory in a release that has these switches. */
/** The controllers that these releases bundle. */
const CONTROLLERS: Readonly<Record<string, string>> = {
  'v2.8.5': '0.21.0',
  'v2.11.0': '0.25.1',
  'v2.20.0': 'v1.3.1',
  'v2.30.0': 'v1.13.3',
}

export function addonAdvice(
  tag: string,
  switches: Readonly<Record<string, string>>,
  inventory: string,
  policies: ReadonlyMap<string, AddonPolicy> = new Map(),
): ReturnType<typeof adviseOnAddons> {
  const files = new Map([
    ['inventory/home/hosts.ini', '[all]\nnode1\n'],
    ['inventory/home/group_vars/k8s_cluster/addons.yml', inventory],
  ])
  const version = 'ingress_nginx_enabled' in switches ? CONTROLLERS[tag] : undefined
  const bundled = version === undefined ? {} : { ingress_nginx_controller_image_tag: version }
  return adviseOnAddons({
    release: release(tag),
    catalogue: { ...catalogueWith({ versions: ['1.30.0'] }), switches, bundled },
    settings: inventoryOf(files).settings,
    architectures: ['amd64', 'arm64'],
    policies,
  })
}

/** A step with something of everything. */
export function fullStep(): PullRequestFacts {
  const bot = oid('9')
  const patches = [
    carriedPatch('1', {
      title: 'Take etcd for the node’s architecture',
      verdict: 'upstreamed',
      upstream: [bot],
      files: [
        {
          path: 'roles/download/defaults/main.yml',
          reasons: [{ code: 'all-there' }],
          upstream: [bot],
        },
      ],
    }),
    carriedPatch('2', {
      title: 'Pin the dashboard to amd64',
      verdict: 'adapted',
      files: [
        {
          path: 'roles/kubernetes-apps/ansible/templates/dashboard.yml.j2',
          reasons: [{ code: 'order-chosen', line: 12 }],
        },
      ],
    }),
    carriedPatch('3', {
      title: 'Flannel for arm',
      verdict: 'conflict',
      files: [
        {
          path: 'roles/network_plugin/flannel/templates/cni-flannel.yml.j2',
          reasons: [{ code: 'same-lines' }],
          upstream: [bot],
          regions: [
            {
              line: 66,
              key: 'spec.image',
              sides: { base: 'image: a\n', upstream: 'image: b\n', patch: 'image: c\n' },
            },
          ],
        },
      ],
    }),
    carriedPatch('4', {
      title: 'Know armv7l',
      verdict: 'clean',
      files: [{ path: 'roles/kubernetes/preinstall/tasks/0040-set_facts.yml' }],
    }),
  ]
  const diff: PatchDiff = {
    path: 'roles/kubernetes/preinstall/tasks/0040-set_facts.yml',
    to: 'roles/kubernetes/preinstall/tasks/0040-set_facts.yml',
    before: ['@@ -5,1 +5,2 @@', '       aarch64: arm64', '+      armv7l: arm'],
    after: ['@@ -5,1 +5,2 @@', '       aarch64: arm64', '+      armv7l: arm'],
    same: true,
  }
  const here = step('kubespray', ['v2.10.0', 'v1.14.3'], ['v2.11.0', 'v1.15.3'])
  return {
    kind: 'kubespray',
    surface: 'pull-request',
    branch: 'main',
    release: release('v2.11.0'),
    step: here,
    route: {
      steps: [here, step('kubespray', ['v2.11.0', 'v1.15.3'], ['v2.12.10', 'v1.16.15'])],
      at: 0,
      stopped: { code: 'not-installable', message: 'No version of `v2.13.4` has a kubelet for arm.' },
    },
    carry: {
      ...carryFacts(patches, {
        diffs: [['4', [diff]]],
        upstream: new Map([[bot, 'Add support for arm (#4261)']]),
      }),
      commits: new Map([
        ['2', oid('b')],
        ['3', oid('c')],
        ['4', oid('d')],
      ]),
    },
    kubernetes: {
      from: 'v1.14.3',
      to: 'v1.15.3',
      architectures: ['amd64', 'arm'],
      told: 'inventory',
    },
    inventories: [
      {
        path: 'inventory/home',
        changed: [
          {
            file: 'inventory/home/group_vars/k8s-cluster/k8s-cluster.yml',
            line: 23,
            key: 'kube_version',
            from: 'v1.14.3',
            to: 'v1.15.3',
          },
        ],
        problems: [],
        addons: addonAdvice(
          'v2.11.0',
          { ingress_nginx_enabled: 'False', dashboard_enabled: 'True' },
          'ingress_nginx_enabled: true\n',
        ),
      },
    ],
    lint: [
      {
        code: 'variable-renamed',
        severity: 'warning',
        message:
          '`nginx_kube_apiserver_port` is gone in v2.11.0, and `loadbalancer_apiserver_port` probably took its place.',
        key: 'nginx_kube_apiserver_port',
        file: 'inventory/home/group_vars/all/all.yml',
        line: 4,
      },
      {
        code: 'component-down',
        severity: 'warning',
        message: '`cni_version` goes down from v0.8.1 (v2.10.0) to v0.6.0 (v2.11.0).',
        key: 'cni_version',
      },
    ],
    notes: [
      {
        release: 'v2.10.0',
        text: 'Every node gets a DNS cache of its own.',
        references: ['#4444'],
        touches: {},
      },
    ],
    findings: [
      {
        code: 'missing-checksum',
        severity: 'error',
        file: 'roles/download/defaults/main.yml',
        line: 90,
        message: '`etcd_binary_checksums` says `0` for nodes of arm: the download fails there.',
        subject: 'etcd',
        architectures: ['arm'],
      },
      {
        code: 'image-of-first-node',
        severity: 'warning',
        file: 'roles/kubernetes-apps/ansible/templates/dns-autoscaler.yml.j2',
        line: 64,
        message:
          'The image of `dnsautoscaler` has the architecture of the first control plane node in its name.',
        subject: 'dnsautoscaler',
        architectures: ['arm'],
      },
    ],
    written: { name: 'multiarch/kubespray-2.11.0' },
  }
}
