import { expect, test } from 'vitest'
import { inSettings } from '../../../src/core/explain/in-settings.ts'

test.each([
  [
    'If your patches are on another branch, name it with `--branch`.',
    'If your patches are on another branch, name it with `branch` in the settings.',
  ],
  [
    '`kube_version` written out in the inventory, or `--kubernetes` with the version that runs.',
    '`kube_version` written out in the inventory.',
  ],
  ['There is no branch `arm` in this clone.', 'There is no branch `arm` in this repository.'],
  [
    'first comes Kubernetes 1.33.5 on v2.29.1 (`multiarch bump`).',
    'first comes Kubernetes 1.33.5 on v2.29.1.',
  ],
  ['A sentence that says nothing of it.', 'A sentence that says nothing of it.'],
])('%s', (said, expected) => {
  expect(inSettings(said)).toBe(expected)
})
