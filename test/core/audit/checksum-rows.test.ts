import { describe, expect, test } from 'vitest'
import { checksumRows, withRows } from '../../../src/core/audit/recipes/checksum-rows.ts'
import type { KnownChecksums } from '../../../src/core/audit/recipes/known-checksums.ts'
import { readValues } from '../../../src/core/yaml/values/read-values.ts'
import type { PlainMap } from '../../../src/core/yaml/values/plain-value.ts'

/** Knows every checksum of arm64, as `arm64-<version>`, and none of arm. */
const KNOWN: KnownChecksums = {
  find: ({ architecture, version }) => (architecture === 'arm64' ? `arm64-${version}` : undefined),
}

/** A map with its rows for arm64 and arm added, as text. */
function mended(
  text: string,
  version: string,
): { readonly text: string; readonly unknown: readonly string[] } {
  const value = readValues(text).values.get('x_checksums') as PlainMap
  const added = checksumRows({
    ...{ variable: 'x_checksums', value, version, checksums: KNOWN },
    architectures: ['arm64', 'arm'],
  })
  let lines: readonly string[] = text.split('\n')
  for (const rows of added) lines = withRows(lines, 'x_checksums', rows)
  return {
    text: lines.join('\n'),
    unknown: added.filter((each) => each.isUnknown).map((each) => each.architecture),
  }
}

describe('rows that a map lacks', () => {
  test('of one checksum for each architecture', () => {
    expect(mended('x_checksums:\n  amd64: aa\n\nother: 1\n', 'v1')).toEqual({
      text: 'x_checksums:\n  amd64: aa\n  arm64: arm64-v1\n  arm: 0\n\nother: 1\n',
      unknown: ['arm'],
    })
  })
  test('of versions: all that are known, and 0 for the one in use', () => {
    expect(mended('x_checksums:\n  amd64:\n    v2: bb\n    v1: aa\n# end\n', 'v1')).toEqual({
      text: 'x_checksums:\n  amd64:\n    v2: bb\n    v1: aa\n  arm64:\n    v2: arm64-v2\n    v1: arm64-v1\n  arm:\n    v1: 0\n# end\n',
      unknown: ['arm'],
    })
  })
  test('of one version, in front of those that are there', () => {
    const text = 'x_checksums:\n  arm64:\n    v1: a4\n  arm:\n    v1: a3\n  amd64:\n    v2: bb\n    v1: aa\n'
    expect(mended(text, 'v2').text).toBe(
      'x_checksums:\n  arm64:\n    v2: arm64-v2\n    v1: a4\n  arm:\n    v2: 0\n    v1: a3\n  amd64:\n    v2: bb\n    v1: aa\n',
    )
  })
  test('in the style of the release', () => {
    expect(mended("x_checksums:\n  amd64:\n    '1.10': sha256:aa\n", '1.10').text).toBe(
      "x_checksums:\n  amd64:\n    '1.10': sha256:aa\n  arm64:\n    '1.10': sha256:arm64-1.10\n  arm:\n    '1.10': 0\n",
    )
  })
  test('nowhere, where there is no block to put them into', () => {
    const text = 'x_checksums: { amd64: aa }\n'
    expect(mended(text, 'v1').text).toBe(text)
  })
})
