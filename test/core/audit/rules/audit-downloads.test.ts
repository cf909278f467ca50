import { describe, expect, test } from 'vitest'
import { auditTree } from '../../../../src/core/audit/whole/audit-tree.ts'
import { componentGrid } from '../../../../src/core/audit/whole/component-grid.ts'
import { auditCluster, openCluster } from '../../../../src/core/audit/whole/audit-tree.ts'
import { checksumKey } from '../../../../src/core/catalogue/checksum-table.ts'
import { wordFindings } from '../../../../src/core/explain/found/word-findings.ts'
import type { Architecture } from '../../../../src/core/model/architecture.ts'
import type { ReleaseTag } from '../../../../src/core/model/release-tag.ts'
import { auditOf, SMALL, told, treeToAudit, type Files } from '../../../support/audited.ts'

const DOWNLOADS = 'roles/download/defaults/main.yml'
const BOTH: readonly Architecture[] = ['amd64', 'arm64']

function inventory(text: string): Files {
  return { 'inventory/home/hosts.ini': '[all]\nnode1\n', 'inventory/home/group_vars/all/all.yml': text }
}

function withDownloads(text: string): Files {
  return { ...SMALL, [DOWNLOADS]: `${SMALL[DOWNLOADS] ?? ''}${text}` }
}

describe('what each architecture shows alone is in the mix (#10874)', () => {
  const files = withDownloads(`  kubelet:
    file: true
    enabled: true
    url: "https://example.org/{{ kube_version }}/{{ image_arch }}/kubelet"
    sha256: "{{ kubelet_checksums[image_arch][kube_version] }}"
kubelet_checksums:
  amd64: { v1.28.6: aa }
  arm64: { v1.28.6: bb }
kube_version: v1.28.6
`)
  const pinned = { ...files, ...inventory('kube_version: v1.29.1\n') }
  test.each([[['amd64']], [['arm64']], [BOTH]] as [readonly Architecture[]][])('%j', (architectures) => {
    expect(told(auditOf(pinned, architectures))).toEqual([
      `error missing-checksum kubelet on ${architectures.join(', ')}`,
      // The release was made for a minor below.
      'warning kubernetes-above-release kube_version',
    ])
  })
  test('and it is the setting’s doing, which is said with its place', () => {
    const [finding] = auditOf(pinned, BOTH, files)
    expect(finding?.cause).toEqual({
      ...{ kind: 'setting', name: 'kube_version', line: 1 },
      file: 'inventory/home/group_vars/all/all.yml',
    })
    expect(finding?.message).toContain('`kube_version` (`inventory/home/group_vars/all/all.yml:1`)')
  })
})

describe('one archive for all architectures is nobody’s trouble', () => {
  const crds = withDownloads(`  calico_crds:
    file: true
    enabled: true
    url: "https://example.org/calico/archive/v3.tar.gz"
    sha256: "{{ calico_crds_archive_checksums['no_arch']['v3'] }}"
calico_crds_archive_checksums: { no_arch: { v3: aa } }
`)
  test.each([[['arm64']], [['ppc64le']], [['arm', 's390x']], [BOTH]] as [readonly Architecture[]][])(
    '%j',
    (architectures) => {
      const own = auditOf(crds, architectures).filter(({ subject }) => subject === 'calico_crds')
      expect(own).toEqual([])
    },
  )
})

describe('what nothing defines has a code of its own', () => {
  test('also for an image, and for what is switched off', () => {
    const files = withDownloads(`  metallb_speaker:
    container: true
    enabled: false
    repo: "quay.io/metallb/speaker"
    tag: "{{ metallb_tag_of_nobody }}"
`)
    const [finding] = auditOf(files, BOTH, SMALL)
    expect(told([finding].flatMap((each) => each ?? []))).toEqual([
      'error undefined-variable metallb_speaker on amd64, arm64',
    ])
    expect(finding?.message).toContain('asks for `metallb_tag_of_nobody`')
  })
  test('a version that a map per minor lacks is no checksum either', () => {
    const files = withDownloads(`  etcd2:
    file: true
    enabled: true
    url: "https://example.org/{{ etcd_supported_versions['v1.29'] }}/{{ image_arch }}"
    sha256: "{{ etcd_binary_checksums[image_arch][etcd_version] }}"
etcd_supported_versions: { v1.28: v3.5.0 }
`)
    expect(told(auditOf(files, ['amd64']))).toEqual(['error missing-version etcd2 on amd64'])
  })
})

describe('whose doing it is', () => {
  const arm: readonly Architecture[] = ['arm']
  test('the release’s, where it is so without patches and settings', () => {
    expect(auditOf(SMALL, arm, SMALL)[0]?.cause).toEqual({ kind: 'release' })
  })
  test('a patch’s, where the release with the same settings has it not; findings and grid agree', () => {
    const broken = {
      ...SMALL,
      [DOWNLOADS]: (SMALL[DOWNLOADS] ?? '').replace('{{ etcd_version }}-linux', '{{ etcd_versoin }}-linux'),
    }
    const [finding] = auditOf(broken, BOTH, SMALL)
    expect(finding).toMatchObject({ code: 'undefined-variable', cause: { kind: 'patch' } })
    expect(finding?.message).toContain('your patches')
    const open = openCluster(treeToAudit(broken), { architectures: BOTH })
    expect(componentGrid(open, auditCluster(open, {}))[0]?.cells).toEqual({ amd64: 'fails', arm64: 'fails' })
  })
  test('nobody’s, where the release is not known', () => {
    expect(auditOf(SMALL, arm)[0]?.cause).toBeUndefined()
  })
})

describe('checksums that cannot be right', () => {
  const shared = { ...SMALL, [DOWNLOADS]: (SMALL[DOWNLOADS] ?? '').replace('v3.5.0: bb', 'v3.5.0: aa') }
  const witness = (amd64: string, arm64: string): ReadonlyMap<ReleaseTag, ReadonlyMap<string, string>> =>
    new Map([
      [
        'v2.12.10' as ReleaseTag,
        new Map([
          [checksumKey('etcd_binary_checksums', 'amd64', 'v3.5.0'), amd64],
          [checksumKey('etcd_binary_checksums', 'arm64', 'v3.5.0'), arm64],
        ]),
      ],
    ])
  const audit = (architectures: readonly Architecture[], earlier: ReturnType<typeof witness> = new Map()) =>
    wordFindings(
      auditTree({
        tree: treeToAudit(shared),
        clusters: [{ architectures }],
        witnesses: { earlier, later: new Map() },
      }),
    )

  test('where no release tells whose it is, it is none to rely on for either', () => {
    expect(told(audit(BOTH))).toEqual(['error shared-checksum etcd on amd64, arm64'])
    expect(audit(['arm64'])[0]?.message).toContain('right for one of them at most')
  })
  test('where one contradicts an architecture, that one suffers alone', () => {
    expect(told(audit(BOTH, witness('cc', 'aa')))).toEqual(['error shared-checksum etcd on amd64'])
    expect(audit(BOTH, witness('cc', 'aa'))[0]?.message).toContain('v2.12.10 has another for amd64')
    expect(audit(['arm64'], witness('cc', 'aa'))).toEqual([])
  })
  test('one that a later release has otherwise is a warning while the component is on', () => {
    const on = (type: string, later = witness('aa', 'dd')) =>
      told(
        auditTree({
          tree: treeToAudit({
            ...SMALL,
            'roles/kubespray-defaults/defaults/main.yaml':
              `${SMALL['roles/kubespray-defaults/defaults/main.yaml'] ?? ''}`.replace(
                'etcd_deployment_type: host',
                `etcd_deployment_type: ${type}`,
              ),
          }),
          clusters: [{ architectures: BOTH }],
          witnesses: { earlier: new Map(), later },
        }),
      )
    expect(on('host')).toEqual(['warning corrected-checksum etcd on arm64'])
    expect(on('docker')).toEqual([])
    // v2.13.4 has arm64's checksum of kubelet 1.16.15 under amd64 as well: what v2.12.10 has is not corrected by that.
    expect(on('host', witness('bb', 'bb'))).toEqual([])
  })
})
