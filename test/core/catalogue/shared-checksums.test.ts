import { expect, test } from 'vitest'
import { catalogueOf } from '../../../src/core/catalogue/catalogue-of.ts'
import { checksumKey, type ChecksumTable } from '../../../src/core/catalogue/checksum-table.ts'
import { settleShared } from '../../../src/core/catalogue/shared-checksums.ts'
import { isUsable } from '../../../src/core/catalogue/is-usable.ts'
import type { Architecture } from '../../../src/core/model/architecture.ts'
import { SMALL, treeToAudit } from '../../support/audited.ts'

const BINARIES = ['kubelet', 'kubeadm', 'kubectl'] as const

/** A release in which amd64 has arm64’s checksum of kubelet 1.16.15, and arm64 none but its own. */
const RELEASE = catalogueOf(
  treeToAudit({
    ...SMALL,
    'roles/download/defaults/main.yml': `image_arch: "{{ host_architecture | default('amd64') }}"
kube_version: v1.16.15
${BINARIES.map(mapOf).join('')}downloads:
${BINARIES.map(entryOf).join('')}`,
  }),
)

function mapOf(name: string): string {
  const same = name === 'kubelet' ? 'ab64' : 'aa64'
  return `${name}_checksums:
  amd64: { v1.16.15: ${same}${name}, v1.16.14: cc${name} }
  arm64: { v1.16.15: ab64${name}, v1.16.14: dd${name} }
`
}

function entryOf(name: string): string {
  return `  ${name}:
    enabled: true
    file: true
    url: "https://example.org/{{ kube_version }}/{{ image_arch }}/${name}"
    sha256: "{{ ${name}_checksums[image_arch][kube_version] }}"
`
}

function table(amd64: string, arm64: string): ChecksumTable {
  return new Map([
    [checksumKey('kubelet_checksums', 'amd64', '1.16.15'), amd64],
    [checksumKey('kubelet_checksums', 'arm64', '1.16.15'), arm64],
  ])
}

const usable = (kubernetes: string, architecture: Architecture, tables: readonly ChecksumTable[]): boolean =>
  isUsable(settleShared(RELEASE, tables), { kubernetes, architectures: [architecture] })

test.each([
  ['no release tells whose it is', [], false, false],
  ['a release has another for amd64', [table('ee', 'ab64kubelet')], false, true],
  ['a release has another for arm64', [table('ab64kubelet', 'ee')], true, false],
  ['a release has others for both', [table('ee', 'ff')], false, false],
] as [string, readonly ChecksumTable[], boolean, boolean][])(
  'where %s, the plan counts on it as the audit does',
  (_title, tables, amd64, arm64) => {
    expect(usable('v1.16.15', 'amd64', tables)).toBe(amd64)
    expect(usable('v1.16.15', 'arm64', tables)).toBe(arm64)
    expect(usable('v1.16.14', 'amd64', tables)).toBe(true)
  },
)
