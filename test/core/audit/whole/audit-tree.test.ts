import { describe, expect, test } from 'vitest'
import type { Architecture } from '../../../../src/core/model/architecture.ts'
import { auditOf, SMALL, told, type Files } from '../../../support/audited.ts'

const BOTH: readonly Architecture[] = ['amd64', 'arm64']
const DOWNLOADS = 'roles/download/defaults/main.yml'

function inventory(text: string): Files {
  return { 'inventory/home/hosts.ini': '[all]\nnode1\n', 'inventory/home/group_vars/all/all.yml': text }
}

function downloads(text: string): Files {
  return { ...SMALL, [DOWNLOADS]: text }
}

test('a release that has everything for both architectures has no finding', () => {
  expect(auditOf(SMALL, BOTH)).toEqual([])
})

describe('downloads', () => {
  const cases: readonly (readonly [string, string, readonly Architecture[], readonly string[]])[] = [
    [
      'an address for one architecture, and one checksum',
      `etcd_download_url: "https://example.org/etcd-linux-amd64.tar.gz"
etcd_binary_checksum: aa
downloads:
  etcd: { file: true, enabled: true, url: "{{ etcd_download_url }}", sha256: "{{ etcd_binary_checksum }}" }
`,
      BOTH,
      ['error single-checksum etcd on arm64', 'error architecture-in-url etcd on arm64'],
    ],
    [
      'the same for a component that is not downloaded as a file',
      `etcd_download_url: "https://example.org/etcd-linux-amd64.tar.gz"
etcd_binary_checksum: aa
downloads:
  etcd: { file: false, container: true, enabled: true, url: "{{ etcd_download_url }}", repo: x, tag: y, sha256: "{{ etcd_binary_checksum if false else '' }}" }
`,
      BOTH,
      ['notice single-checksum etcd on arm64', 'notice architecture-in-url etcd on arm64'],
    ],
    [
      'one address of amd64 in a cluster of amd64',
      `etcd_download_url: "https://example.org/etcd-linux-amd64.tar.gz"
etcd_binary_checksum: aa
downloads:
  etcd: { file: true, enabled: true, url: "{{ etcd_download_url }}", sha256: "{{ etcd_binary_checksum }}" }
`,
      ['amd64'],
      [],
    ],
    [
      'a file that is for all architectures',
      `crds_checksum: aa
downloads:
  crds: { file: true, enabled: true, url: "https://example.org/crds.tar.gz", sha256: "{{ crds_checksum }}" }
`,
      BOTH,
      [],
    ],
    [
      'a checksum per version, for an address per architecture',
      `image_arch: "{{ host_architecture }}"
etcd_version: v3
etcd_checksums: { v3: aa }
downloads:
  etcd: { file: true, enabled: true, url: "https://example.org/etcd-{{ image_arch }}", sha256: "{{ etcd_checksums[etcd_version] }}" }
`,
      BOTH,
      ['error single-checksum etcd on arm64'],
    ],
    [
      'a map with the operating system on top',
      `image_arch: "{{ host_architecture }}"
krew_checksums: { linux: { amd64: aa, arm64: bb } }
downloads:
  krew: { file: true, enabled: true, url: "https://example.org/krew-{{ image_arch }}", sha256: "{{ krew_checksums['linux'][image_arch] }}" }
`,
      BOTH,
      [],
    ],
    [
      'no checksum, in a component that is switched off: all downloads are rendered together',
      `image_arch: "{{ host_architecture }}"
crun_checksums: { amd64: { "1": aa } }
downloads:
  crun: { file: true, enabled: false, url: "https://example.org/crun-{{ image_arch }}", sha256: "{{ crun_checksums[image_arch]['1'] }}" }
`,
      BOTH,
      ['error missing-checksum crun on arm64'],
    ],
    [
      'a zero for a checksum, where it is downloaded',
      `image_arch: "{{ host_architecture }}"
runc_checksums: { amd64: { "1": aa }, arm64: { "1": 0 } }
downloads:
  runc: { file: true, enabled: true, url: "https://example.org/runc-{{ image_arch }}", sha256: "{{ runc_checksums[image_arch]['1'] }}" }
  crun: { file: true, enabled: false, url: "https://example.org/crun-{{ image_arch }}", sha256: "{{ runc_checksums[image_arch]['1'] }}" }
`,
      BOTH,
      ['error missing-checksum runc on arm64'],
    ],
    [
      'a zero for what only nodes of etcd download',
      `image_arch: "{{ host_architecture }}"
etcd_checksums: { amd64: { "1": aa }, arm64: { "1": 0 } }
downloads:
  etcd: { file: true, enabled: true, groups: [etcd], url: "https://example.org/etcd-{{ image_arch }}", sha256: "{{ etcd_checksums[image_arch]['1'] }}" }
`,
      BOTH,
      ['warning missing-checksum etcd on arm64'],
    ],
    [
      'an image named for amd64',
      `metrics_image_repo: "k8s.example/metrics-server-amd64"
downloads:
  metrics: { container: true, enabled: true, repo: "{{ metrics_image_repo }}", tag: v1 }
`,
      BOTH,
      ['error architecture-in-image metrics on arm64'],
    ],
    [
      'flannel with its plain tag, before and after it got a manifest list',
      `downloads:
  flannel: { container: true, enabled: true, repo: quay.io/coreos/flannel, tag: v0.10.0 }
  newer: { container: true, enabled: true, repo: quay.io/coreos/flannel, tag: v0.15.1 }
`,
      BOTH,
      ['error image-of-one-architecture flannel on arm64'],
    ],
  ]
  test.each(cases)('%s', (_, text, architectures, expected) => {
    expect(told(auditOf(downloads(text), architectures))).toEqual(expected)
  })

  test('the place is the variable to change', () => {
    const [, url] = auditOf(downloads(cases[0]?.[1] ?? ''), BOTH)
    expect(url).toMatchObject({ file: DOWNLOADS, line: 1, fix: 'architecture-in-urls' })
    expect(url?.message).toContain('nodes of arm64 would get the amd64 build')
  })

  test('what an inventory sets is what is judged', () => {
    const set = { ...SMALL, ...inventory('etcd_version: v3.4.0\n') }
    expect(told(auditOf(set, BOTH))).toEqual(['error missing-checksum etcd on amd64, arm64'])
  })
})

describe('names written out in roles', () => {
  const task = '- copy: src=/tmp/etcd-linux-amd64/etcd dest=/bin\n'
  const cases: readonly (readonly [string, Files, readonly string[]])[] = [
    [
      'on an enabled path',
      { 'roles/etcd/tasks/main.yml': task },
      ['warning architecture-in-file etcd on arm64'],
    ],
    ['in a role that a condition leaves out', { 'roles/addons/tasks/main.yml': task }, []],
    ['in a role that nothing leads to', { 'roles/old/tasks/main.yml': task }, []],
    [
      'under a condition on the architecture',
      {
        'roles/etcd/tasks/main.yml': `- copy: src=/tmp/etcd-linux-amd64/etcd\n  when:\n    - host_architecture == 'amd64'\n`,
      },
      [],
    ],
    [
      'in a role that a loop over its name leads to, where the item is on',
      {
        'roles/etcd/tasks/main.yml':
          "- include_role:\n    name: 'runtimes/{{ item.role }}'\n  loop:\n    - { role: kata, enabled: true }\n    - { role: youki, enabled: '{{ addon_enabled }}' }\n  when: item.enabled\n",
        'roles/runtimes/kata/tasks/main.yml': task,
        'roles/runtimes/youki/tasks/main.yml': task,
      },
      ['warning architecture-in-file runtimes/kata on arm64'],
    ],
    [
      'in a role that a variable of the task names',
      {
        'roles/etcd/tasks/main.yml':
          "- vars:\n    plugins: { calico: felix }\n  include_role:\n    name: 'net/{{ plugins[kube_network_plugin] }}'\n",
        'roles/net/felix/tasks/main.yml': task,
        'roles/net/other/tasks/main.yml': task,
      },
      ['warning architecture-in-file net/felix on arm64'],
    ],
    ['in a comment', { 'roles/etcd/tasks/main.yml': '# see etcd-linux-amd64.tar.gz\n- debug: msg=x\n' }, []],
    [
      'as a word of a map',
      { 'roles/etcd/vars/main.yml': 'names:\n  amd64: 64-bit/amd64-linux\n  arm64: x\n' },
      [],
    ],
    [
      'in a template, inside a block for it',
      {
        'roles/etcd/templates/x.j2':
          "{% if host_architecture == 'amd64' %}\n/opt/linux-amd64\n{% endif %}\n/opt/linux-amd64/bin\n",
      },
      ['warning architecture-in-file etcd on arm64'],
    ],
  ]
  test.each(cases)('%s', (_, files, expected) => {
    expect(told(auditOf({ ...SMALL, ...files }, BOTH))).toEqual(expected)
  })
})

describe('the map from machines to architectures', () => {
  test('lacks an architecture of the cluster', () => {
    const [finding] = auditOf(SMALL, ['amd64', 'arm'])
    expect(told(auditOf(SMALL, ['amd64', 'arm']))).toContain(
      'error architecture-not-mapped _host_architecture_groups on arm',
    )
    expect(finding?.severity).toBe('error')
  })
  test('needs no entry for what is called the same', () => {
    expect(told(auditOf(SMALL, ['amd64', 'ppc64le'])).filter((each) => each.includes('not-mapped'))).toEqual(
      [],
    )
  })
})

describe('the network', () => {
  const daemonSet = (arch: string): string =>
    `apiVersion: apps/v1\nkind: DaemonSet\nspec:\n  nodeSelector:\n    kubernetes.io/arch: ${arch}\n`
  const flannel = inventory('kube_network_plugin: flannel\n')
  test('a plugin that is not built for an architecture', () => {
    const own = { ...SMALL, ...inventory('kube_network_plugin: calico\n') }
    expect(told(auditOf(own, ['amd64', 'arm']))).toContain('error network-plugin-architecture calico on arm')
    expect(told(auditOf(SMALL, ['amd64', 'arm']))).toContain(
      'warning network-plugin-architecture calico on arm',
    )
  })
  test('a DaemonSet for one architecture leaves the nodes of others out', () => {
    const files = {
      ...SMALL,
      ...flannel,
      'roles/network_plugin/flannel/templates/a.yml.j2': daemonSet('amd64'),
    }
    expect(told(auditOf(files, BOTH))).toEqual(['error nodes-left-out network_plugin/flannel on arm64'])
    const mended = { ...files, 'roles/network_plugin/flannel/templates/b.yml.j2': daemonSet('arm64') }
    expect(auditOf(mended, BOTH)).toEqual([])
  })
  test("upstream's own table says no, and the tree says otherwise", () => {
    const table =
      '| kube_network_plugin | amd64 | arm64 | both |\n| --- | --- | --- | --- |\n| Flannel | Y | N | N |\n'
    const files = { ...SMALL, ...flannel, 'docs/arch.md': table }
    expect(told(auditOf(files, BOTH))).toEqual(['warning network-plugin-architecture flannel on arm64'])
    const loop = "{% for arch in ['amd64', 'arm64'] %}\nkind: DaemonSet\n{% endfor %}\n"
    const proved = { ...files, 'roles/network_plugin/flannel/templates/a.yml.j2': loop }
    expect(told(auditOf(proved, BOTH))).toEqual(['notice network-plugin-architecture flannel on arm64'])
  })
  test('downloading once for all does not go with a mix', () => {
    const files = {
      ...SMALL,
      ...inventory('download_run_once: true\n'),
      'roles/download/tasks/main.yml': '- debug: msg="{{ download_run_once }}"\n',
    }
    expect(told(auditOf(files, BOTH))).toEqual(['error download-cache-mix download_run_once on arm64'])
    expect(auditOf(files, ['amd64'])).toEqual([])
  })
})

test('an image that is named for the first node is wrong on the others', () => {
  const files = {
    ...downloads(
      'image_arch: "{{ host_architecture }}"\ncalico_image_tag: "v3-{{ image_arch }}"\ndownloads:\n  calico: { container: true, enabled: true, repo: calico/node, tag: "{{ calico_image_tag }}" }\n',
    ),
    'roles/network_plugin/calico/templates/node.yml.j2':
      'kind: DaemonSet\nspec:\n  image: "{{ repo }}:{{ calico_image_tag }}"\n',
  }
  expect(told(auditOf(files, BOTH))).toEqual(['error image-of-first-node calico on amd64, arm64'])
  expect(auditOf(files, ['arm64'])).toEqual([])
})

describe('checks that a patch switches off', () => {
  const open = SMALL[DOWNLOADS]?.replace(/^ {4}sha256/m, '#    sha256') ?? ''
  test('are a risk, and said to be needless where the release has a checksum for each architecture', () => {
    const [finding, ...others] = auditOf(downloads(open), BOTH, SMALL)
    expect(others).toEqual([])
    expect(finding).toMatchObject({ code: 'verification-off', severity: 'warning', line: 10 })
    expect(finding?.message).toContain('It is no longer needed')
  })
  test('are not reported where the release does not check either', () => {
    expect(auditOf(downloads(open), BOTH, downloads(open))).toEqual([])
  })
})
