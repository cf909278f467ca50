import { describe, expect, test } from 'vitest'
import { auditTree } from '../../../src/core/audit/whole/audit-tree.ts'
import type { TreeToAudit } from '../../../src/core/audit/audited.ts'
import type { RecipeName } from '../../../src/core/audit/finding.ts'
import { applyRecipe, RECIPES, withTexts } from '../../../src/core/audit/recipes/apply-recipe.ts'
import { gatherChecksums } from '../../../src/core/audit/recipes/known-checksums.ts'
import { checksumTable } from '../../../src/core/catalogue/checksum-table.ts'
import { definitionsIn } from '../../../src/core/catalogue/definitions.ts'
import { releaseFiles } from '../../../src/core/catalogue/release-files.ts'
import { filesOf, findInventories } from '../../../src/core/inventory/find-inventories.ts'
import { readSettings } from '../../../src/core/inventory/read-settings.ts'
import type { Architecture } from '../../../src/core/model/architecture.ts'
import { SMALL, told, treeToAudit, type Files } from '../../support/audited.ts'

/** As the releases were when every address and every checksum was for amd64. */
const EARLY: Files = {
  ...SMALL,
  'roles/download/defaults/main.yml': `image_arch: "{{ host_architecture | default('amd64') }}"
kube_version: v1.12.3
etcd_version: v3.2.24
kubelet_download_url: "https://example.org/{{ kube_version }}/linux/amd64/kubelet"
etcd_download_url: "https://example.org/etcd-{{ etcd_version }}-linux-amd64.tar.gz"

kubelet_checksums:
  v1.12.3: aa
  v1.12.2: bb
etcd_binary_checksum: cc

kubelet_binary_checksum: "{{ kubelet_checksums[kube_version] }}"
flannel_image_repo: quay.io/coreos/flannel
flannel_image_tag: v0.10.0
flannel_cni_image_repo: quay.io/coreos/flannel-cni
flannel_cni_image_tag: v0.3.0
addon_resizer_image_tag: "1.8.11"

downloads:
  etcd:
    file: true
    enabled: true
    version: "{{ etcd_version }}"
    dest: "/tmp/etcd-{{ etcd_version }}-linux-amd64.tar.gz"
    url: "{{ etcd_download_url }}"
    sha256: "{{ etcd_binary_checksum }}"

  kubelet:
    file: true
    enabled: true
    version: "{{ kube_version }}"
    dest: /tmp/kubelet
    url: "{{ kubelet_download_url }}"
    sha256: "{{ kubelet_binary_checksum }}"

  cni:
    file: false
    enabled: false
    dest: "/tmp/cni-plugins-{{ image_arch }}.tgz"

  flannel:
    enabled: "{{ kube_network_plugin == 'flannel' }}"
    container: true
    repo: "{{ flannel_image_repo }}"
    tag: "{{ flannel_image_tag }}"

  flannel_cni:
    enabled: "{{ kube_network_plugin == 'flannel' }}"
    container: true
    repo: "{{ flannel_cni_image_repo }}"
    tag: "{{ flannel_cni_image_tag }}"

  addon_resizer:
    enabled: true
    container: true
    repo: k8s.gcr.io/addon-resizer
    tag: "{{ addon_resizer_image_tag }}"
`,
  'roles/etcd/templates/metrics.yml.j2': `kind: Deployment
spec:
  template:
    metadata:
      labels: {}
    spec:
      containers:
      - name: metrics-server-nanny
        image: k8s.gcr.io/addon-resizer:{{ addon_resizer_image_tag }}
`,
  'roles/etcd/tasks/main.yml': `- copy:
    src: "{{ local_release_dir }}/etcd-{{ etcd_version }}-linux-amd64/etcd"
    dest: /usr/local/bin
`,
  'roles/network_plugin/flannel/tasks/main.yml': '---\n- debug:\n    msg: flannel\n',
  'roles/network_plugin/flannel/templates/cni-flannel.yml.j2': `---
kind: ConfigMap
metadata:
  name: kube-flannel-cfg
---
apiVersion: extensions/v1beta1
kind: DaemonSet
metadata:
  name: kube-flannel
spec:
  template:
    spec:
      nodeSelector:
        beta.kubernetes.io/os: linux
      containers:
      - name: kube-flannel
        image: {{ flannel_image_repo }}:{{ flannel_image_tag }}
      - name: install-cni
        image: {{ flannel_cni_image_repo }}:{{ flannel_cni_image_tag }}
        command: ["/install-cni.sh"]
      hostNetwork: true
`,
  'inventory/home/hosts.ini': '[all]\nnode1\n',
  'inventory/home/group_vars/all/all.yml': 'kube_network_plugin: flannel\n',
}

/** A later release that knows some checksums of other architectures, and contradicts the early one about one version. */
const LATER = `etcd_version: v3.2.26
etcd_binary_checksums: { amd64: dd, arm64: ee }
kubelet_checksums:
  amd64: { v1.12.3: aa, v1.12.2: other }
  arm64: { v1.12.3: a4, v1.12.2: b4 }
`

const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64', 'arm']
const CHECKSUMS = gatherChecksums([
  checksumTable(definitionsOf({ 'roles/download/defaults/main.yml': LATER })),
])

function definitionsOf(files: Files) {
  const { tree, blobs } = treeToAudit(files)
  const release = releaseFiles(tree, blobs)
  return definitionsIn(release, release.layout.sharedVariables)
}

function clustersOf(files: Files) {
  const texts = new Map(Object.entries(files))
  return findInventories(treeToAudit(files).tree).map((inventory) => ({
    architectures: ARCHITECTURES,
    settings: readSettings(
      inventory,
      new Map(filesOf(inventory).map((path) => [path, texts.get(path) ?? ''])),
    ),
  }))
}

/** All recipes one after another; each must have nothing to do a second time. */
function applyAll(files: Files): {
  tree: TreeToAudit
  done: readonly RecipeName[]
  notes: readonly string[]
} {
  const clusters = clustersOf(files)
  let tree = treeToAudit(files)
  const done: RecipeName[] = []
  const notes: string[] = []
  for (const recipe of RECIPES) {
    const made = applyRecipe(recipe, { tree, clusters, checksums: CHECKSUMS })
    if (made.texts.size > 0) done.push(recipe.name)
    notes.push(...made.notes)
    tree = withTexts(tree, made.texts)
    expect(applyRecipe(recipe, { tree, clusters, checksums: CHECKSUMS }).texts).toEqual(new Map())
  }
  return { tree, done, notes }
}

function textOf({ tree, blobs }: TreeToAudit, path: string): string {
  const entry = tree.get(path)
  return new TextDecoder().decode(entry && blobs.get(entry.oid))
}

describe('all recipes on an early release', () => {
  const { tree, done, notes } = applyAll(EARLY)
  const downloads = textOf(tree, 'roles/download/defaults/main.yml')

  test('have something to do each, and leave nothing that one of them could mend', () => {
    expect(done).toEqual(RECIPES.map(({ name }) => name))
    const left = auditTree({ tree, clusters: clustersOf(EARLY) })
    expect(left.filter(({ fix }) => fix !== undefined)).toEqual([])
    expect(told(left)).toEqual([
      'error missing-checksum kubelet on arm',
      'error missing-checksum etcd on arm64, arm',
    ])
  })
  test('write the architecture of the node into addresses and names of files', () => {
    expect(downloads).toContain('/linux/{{ image_arch }}/kubelet"')
    expect(downloads).toContain('dest: "/tmp/etcd-{{ etcd_version }}-linux-{{ image_arch }}.tar.gz"')
    expect(textOf(tree, 'roles/etcd/tasks/main.yml')).toContain('-linux-{{ image_arch }}/etcd"')
    expect(downloads).toContain("default('amd64')")
  })
  test('write only checksums that a release knows and agrees on, and 0 for the version in use', () => {
    expect(downloads).toContain(`kubelet_checksums:
  amd64:
    v1.12.3: aa
    v1.12.2: bb
  arm64:
    v1.12.3: a4
  arm:
    v1.12.3: 0
etcd_binary_checksums:
  amd64: cc
  arm64: 0
  arm: 0
etcd_binary_checksum: "{{ etcd_binary_checksums[image_arch] }}"

kubelet_binary_checksum: "{{ kubelet_checksums[image_arch][kube_version] }}"
`)
    expect(notes).toHaveLength(3)
    expect(notes[0]).toContain('curl -fsSL https://example.org/v1.12.3/linux/arm/kubelet | sha256sum')
  })
  test('tie the pods of a Deployment to the architecture that has its image', () => {
    // Kubernetes 1.12 knows the label by its early name.
    expect(textOf(tree, 'roles/etcd/templates/metrics.yml.j2')).toContain(`    spec:
      nodeSelector:
        beta.kubernetes.io/arch: amd64
      containers:
`)
  })
  test('give flannel a DaemonSet for each architecture, and its plugins from the download', () => {
    expect(textOf(tree, 'roles/network_plugin/flannel/templates/cni-flannel.yml.j2')).toMatchInlineSnapshot(`
      "---
      kind: ConfigMap
      metadata:
        name: kube-flannel-cfg
      {% for arch in ['amd64', 'arm64', 'arm'] %}
      ---
      apiVersion: extensions/v1beta1
      kind: DaemonSet
      metadata:
        name: kube-flannel{{ '' if arch == 'amd64' else '-ds-' ~ arch }}
      spec:
        template:
          spec:
            nodeSelector:
              beta.kubernetes.io/os: linux
              beta.kubernetes.io/arch: {{ arch }}
            initContainers:
            - name: install-cni
              image: {{ flannel_image_repo }}:{{ flannel_image_tag }}-{{ arch }}
              command: [ "cp", "-f", "/etc/kube-flannel/cni-conf.json", "/etc/cni/net.d/10-flannel.conflist" ]
              volumeMounts:
              - name: cni
                mountPath: /etc/cni/net.d
              - name: flannel-cfg
                mountPath: /etc/kube-flannel/
            containers:
            - name: kube-flannel
              image: {{ flannel_image_repo }}:{{ flannel_image_tag }}-{{ arch }}
            hostNetwork: true
      {% endfor %}
      "
    `)
    expect(textOf(tree, 'roles/network_plugin/flannel/tasks/main.yml')).toContain(
      'src: "/tmp/cni-plugins-{{ image_arch }}.tgz"',
    )
    expect(downloads).toMatch(/flannel_cni:\n {4}enabled: false/)
  })
})

test('a release that does it itself leaves nothing to do', () => {
  expect(applyAll({ ...SMALL, 'inventory/home/hosts.ini': '[all]\nnode1\n' }).done).toEqual([
    'architecture-groups',
  ])
  const mapped = {
    ...SMALL,
    'roles/kubespray-defaults/defaults/main.yaml': `${SMALL['roles/kubespray-defaults/defaults/main.yaml']}  armv7l: arm\n`,
  }
  expect(applyAll(mapped).done).toEqual([])
})

test('two inventories share what is made', () => {
  const files = {
    ...EARLY,
    'inventory/work/hosts.ini': '[all]\nnode2\n',
    'inventory/work/group_vars/all/all.yml': 'etcd_version: v3.2.24\n',
  }
  const { tree } = applyAll(files)
  expect(textOf(tree, 'roles/download/defaults/main.yml').match(/kubelet_checksums:/g)).toHaveLength(1)
})
