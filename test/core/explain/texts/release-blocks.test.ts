import { expect, test } from 'vitest'
import { terminal } from '../../../../src/core/explain/blocks/terminal.ts'
import { releaseBlocks } from '../../../../src/core/explain/texts/release-blocks.ts'
import { releaseReport } from '../../../../src/core/catalogue/release-report.ts'
import { catalogueWith } from '../../../support/catalogue.ts'
import { oid, release } from '../../../support/pull-request.ts'

test('a release that lists no versions says so, and has no table without rows', () => {
  const empty = catalogueWith({ versions: [] })
  const catalogue = { ...empty, kubernetes: { ...empty.kubernetes, default: 'v1.10.4' } }
  const text = terminal(releaseBlocks(releaseReport(release('v2.6.0'), oid('1'), catalogue)))
  expect(text).toContain('v1.10.4 by default; it lists no versions')
  expect(text).not.toContain('newest of each minor')
})
