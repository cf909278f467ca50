import { expect, test } from 'vitest'
import { catalogueOf } from '../../../src/core/catalogue/catalogue-of.ts'
import { releaseReport } from '../../../src/core/catalogue/release-report.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { LATE } from '../../support/late-era.ts'
import { release } from '../../support/release.ts'

test('a report has the fields that others rely on', () => {
  const report = releaseReport('v2.31.0' as ReleaseTag, '0'.repeat(40) as Oid, catalogueOf(release(LATE)))
  expect(report).toMatchObject({
    schema: 1,
    tag: 'v2.31.0',
    kubernetes: { default: '1.35.4', minimum: '1.34.7', versions: { arm64: ['1.35.4', '1.34.7'] } },
    components: { crun: { version: '1.27', architectures: ['amd64'], enabled: false } },
    addons: { registry_enabled: { default: false } },
    networkPlugins: ['calico', 'none'],
    architectureNames: { x86_64: 'amd64', aarch64: 'arm64' },
    paths: {
      checksums: 'roles/kubespray_defaults/vars/main/checksums.yml',
      downloads: 'roles/kubespray_defaults/defaults/main/download.yml',
    },
    ansible: { min: '2.17.3', maxExclusive: '2.18.0' },
  })
})
