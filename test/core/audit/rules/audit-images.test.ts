import { describe, expect, test } from 'vitest'
import type { Architecture } from '../../../../src/core/model/architecture.ts'
import { auditOf, SMALL, told, treeToAudit, type Files } from '../../../support/audited.ts'
import { applyRecipe } from '../../../../src/core/audit/recipes/apply-recipe.ts'
import { nodeSelector } from '../../../../src/core/audit/recipes/node-selector.ts'
import { weighFix } from '../../../../src/core/audit/recipes/weigh-fix.ts'
import { gatherChecksums } from '../../../../src/core/audit/recipes/known-checksums.ts'

const BOTH: readonly Architecture[] = ['amd64', 'arm64']
const TEMPLATE = 'roles/etcd/templates/metrics-server-deployment.yaml.j2'

/** Metrics-server with a container beside it whose image is for amd64. */
function metrics(manifest: string, image = 'tag: "{{ addon_resizer_image_tag }}"'): Files {
  return {
    ...SMALL,
    'roles/kubespray-defaults/defaults/main.yaml': `${SMALL['roles/kubespray-defaults/defaults/main.yaml'] ?? ''}metrics_server_resizer: false\nkube_version: v1.21.5\n`,
    'roles/download/defaults/main.yml': `addon_resizer_image_tag: "1.8.11"
downloads:
  addon_resizer: { enabled: true, container: true, repo: k8s.gcr.io/addon-resizer, ${image} }
`,
    [TEMPLATE]: manifest,
  }
}

function manifest(kind: string, { before = '', selector = '', after = '' } = {}): string {
  return `---
apiVersion: apps/v1
kind: ${kind}
spec:
  template:
    spec:
${selector}      containers:
      - name: metrics-server
        image: metrics
${before}      - name: metrics-server-nanny
        image: k8s.gcr.io/addon-resizer:{{ addon_resizer_image_tag }}
${after}`
}

const TOLD = ['error image-of-one-architecture addon_resizer on arm64']

describe('an image that is for fewer architectures than the cluster has (kubespray#8121)', () => {
  const cases: readonly (readonly [string, Files, readonly string[]])[] = [
    ['in a Deployment that runs anywhere', metrics(manifest('Deployment')), TOLD],
    ['in a DaemonSet', metrics(manifest('DaemonSet')), TOLD],
    ['of a version with builds for others', metrics(manifest('Deployment'), 'tag: "2.3"'), []],
    [
      'with the pods tied to the architecture it has',
      metrics(
        manifest('Deployment', { selector: '      nodeSelector:\n        kubernetes.io/arch: amd64\n' }),
      ),
      [],
    ],
    [
      'with the pods tied to another',
      metrics(
        manifest('Deployment', { selector: '      nodeSelector:\n        kubernetes.io/arch: arm64\n' }),
      ),
      TOLD,
    ],
    [
      'under a condition that is off',
      metrics(
        manifest('Deployment', { before: '{% if metrics_server_resizer %}\n', after: '{% endif %}\n' }),
      ),
      [],
    ],
    [
      'under a condition that is on',
      metrics(
        manifest('Deployment', { before: '{% if not metrics_server_resizer %}\n', after: '{% endif %}\n' }),
      ),
      TOLD,
    ],
    [
      'in the other branch of one that is on',
      metrics(
        manifest('Deployment', {
          before: '{% if not metrics_server_resizer %}\n{% else %}\n',
          after: '{% endif %}\n',
        }),
      ),
      [],
    ],
    [
      'under a condition on the architecture',
      metrics(
        manifest('Deployment', {
          before: "{% if host_architecture == 'amd64' %}\n",
          after: '{% endif %}\n',
        }),
      ),
      [],
    ],
  ]
  test.each(cases)('%s', (_, files, expected) => {
    expect(told(auditOf(files, BOTH))).toEqual(expected)
  })

  test('says where that is known from', () => {
    expect(auditOf(metrics(manifest('Deployment')), BOTH)[0]?.message).toBe(
      '`k8s.gcr.io/addon-resizer:1.8.11` cannot run on nodes of arm64: up to 1.8.11 the plain tag is the build for amd64 (kubespray#8121, kubespray#8144, kubernetes/autoscaler#2870).',
    )
  })
})

describe('a node selector', () => {
  const clusters = [{ architectures: BOTH }]
  const made = (files: Files) => {
    const tree = treeToAudit(files)
    const { texts } = applyRecipe(nodeSelector, { tree, clusters, checksums: gatherChecksums([]) })
    return {
      text: texts.get(TEMPLATE),
      weighed: weighFix(nodeSelector, texts, { tree, clusters, whole: true }),
    }
  }

  test('is written where it leaves strictly fewer findings', () => {
    const { text, weighed } = made(metrics(manifest('Deployment')))
    expect(text).toContain(
      '    spec:\n      nodeSelector:\n        kubernetes.io/arch: amd64\n      containers:\n',
    )
    expect(weighed).toEqual({ before: 1, after: 0, isBetter: true })
  })
  test('joins the one that is there', () => {
    const own = '      nodeSelector:\n        kubernetes.io/os: linux\n'
    const { text, weighed } = made(metrics(manifest('Deployment', { selector: own })))
    expect(text).toContain(
      '      nodeSelector:\n        kubernetes.io/arch: amd64\n        kubernetes.io/os: linux\n',
    )
    expect(weighed.isBetter).toBe(true)
  })
  test.each([
    ['a DaemonSet, whose other nodes would go without', manifest('DaemonSet')],
    [
      'a selector that the template makes itself',
      manifest('Deployment', { selector: '      nodeSelector: {{ metrics_selector | to_json }}\n' }),
    ],
  ])('leaves %s', (_, text) => {
    expect(made(metrics(text))).toEqual({
      text: undefined,
      weighed: { before: 1, after: 1, isBetter: false },
    })
  })
  test('has nothing to tie to in a cluster without the architecture', () => {
    const tree = treeToAudit(metrics(manifest('Deployment')))
    const request = {
      tree,
      clusters: [{ architectures: ['arm64' as const] }],
      checksums: gatherChecksums([]),
    }
    expect(applyRecipe(nodeSelector, request).texts).toEqual(new Map())
  })
})
