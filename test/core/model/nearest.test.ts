import { expect, test } from 'vitest'
import { nearest } from '../../../src/core/model/nearest.ts'

test.each([
  ['amr64', ['amd64', 'arm64'], 'arm64'],
  ['arm46', ['amd64', 'arm64'], 'arm64'],
  ['amd46', ['arm64', 'amd64'], 'amd64'],
  ['aarch46', ['aarch64', 'armhf'], 'aarch64'],
  ['v2.9.1', ['v2.9.0', 'v2.10.0'], 'v2.9.0'],
  ['recehck', ['recheck', 'recreate'], 'recheck'],
  ['mainn', ['main', 'master'], 'main'],
  ['banana', ['main', 'master'], undefined],
  ['', ['main'], undefined],
])('of what is known, %s is nearest to %s: %s', (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected)
})
