import { auditTree } from '../../src/core/audit/whole/audit-tree.ts'
import type { TreeToAudit } from '../../src/core/audit/audited.ts'
import type { Finding, Found } from '../../src/core/audit/finding.ts'
import { wordFindings } from '../../src/core/explain/found/word-findings.ts'
import type { Architecture } from '../../src/core/model/architecture.ts'
import type { ImageAnswers } from '../../src/core/model/image-name.ts'
import { blobOid, type Oid } from '../../src/core/model/oid.ts'
import type { Entry } from '../../src/core/model/tree.ts'
import { filesOf, findInventories } from '../../src/core/inventory/find-inventories.ts'
import { readSettings } from '../../src/core/inventory/read-settings.ts'

export type Files = Readonly<Record<string, string>>

/** Files as a tree with all its blobs. */
export function treeToAudit(files: Files): TreeToAudit {
  const tree = new Map<string, Entry>()
  const blobs = new Map<Oid, Uint8Array>()
  for (const [path, text] of Object.entries(files)) {
    const bytes = new TextEncoder().encode(text)
    const oid = blobOid(bytes)
    tree.set(path, { mode: '100644', oid })
    blobs.set(oid, bytes)
  }
  return { tree, blobs }
}

/** Audits files for architectures, with the inventory that stands among them. */
export function auditOf(
  files: Files,
  architectures: readonly Architecture[],
  release?: Files,
  images?: ImageAnswers,
): readonly Finding[] {
  const tree = treeToAudit(files)
  const inventories = findInventories(tree.tree)
  const texts = new Map(Object.entries(files))
  const clusters = inventories.map((inventory) => ({
    architectures,
    settings: readSettings(
      inventory,
      new Map(filesOf(inventory).map((path) => [path, texts.get(path) ?? ''])),
    ),
  }))
  return wordFindings(
    auditTree({
      tree,
      clusters: clusters.length > 0 ? clusters : [{ architectures }],
      ...(release && { release: treeToAudit(release) }),
      ...(images && { images }),
    }),
  )
}

/** Findings as one line each, for tables. */
export function told(findings: readonly Found[]): readonly string[] {
  return findings.map(
    ({ severity, code, subject, architectures }) =>
      `${severity} ${code} ${subject}${architectures.length > 0 ? ` on ${architectures.join(', ')}` : ''}`,
  )
}

/** A small release of our own making whose plays lead to a few roles; parts are replaced by tests. */
export const SMALL: Files = {
  'cluster.yml': `- hosts: all
  roles:
    - { role: kubespray-defaults }
    - { role: download, when: "not skip_downloads" }
    - { role: etcd, when: etcd_deployment_type == 'host' }
    - { role: network_plugin }
    - role: addons
      when: addon_enabled
`,
  'roles/network_plugin/meta/main.yml': `dependencies:
  - role: network_plugin/flannel
    when: kube_network_plugin == 'flannel'
  - role: network_plugin/calico
    when: kube_network_plugin == 'calico'
`,
  'roles/kubespray-defaults/defaults/main.yaml': `skip_downloads: false
etcd_deployment_type: host
kube_network_plugin: calico
addon_enabled: false
_host_architecture_groups:
  x86_64: amd64
  aarch64: arm64
`,
  'roles/kubespray-defaults/tasks/main.yml': '- debug: msg="{{ skip_downloads }}"\n',
  'roles/download/defaults/main.yml': `image_arch: "{{ host_architecture | default('amd64') }}"
etcd_version: v3.5.0
etcd_download_url: "https://example.org/etcd-{{ etcd_version }}-linux-{{ image_arch }}.tar.gz"
etcd_binary_checksums:
  amd64:
    v3.5.0: aa
  arm64:
    v3.5.0: bb
downloads:
  etcd:
    file: "{{ etcd_deployment_type == 'host' }}"
    enabled: true
    url: "{{ etcd_download_url }}"
    sha256: "{{ etcd_binary_checksums[image_arch][etcd_version] }}"
`,
}
