import { expect, test } from 'vitest'
import { matchPatch } from '../../../src/core/commands/match-patch.ts'

const CALICO = { ids: ['9f8e7d6c5b4a', '1234abcd5678'], title: 'Use image_arch in the calico URL' }
const ETCD = { ids: ['deadbeef0000'], title: 'etcd: run on arm64' }
const TWIN = { ids: ['9f8e7d6c0000'], title: 'etcd: run on arm64 with TLS' }
const PATCHES = [CALICO, ETCD, TWIN]

test.each([
  ['1', CALICO],
  ['#2', ETCD],
  ['9f8e7d6c5', CALICO],
  ['1234ABCD', CALICO],
  ['etcd: run on arm64', ETCD],
  ['TLS', TWIN],
  ['calico image_arch', CALICO],
])('%s names one patch', (said, patch) => {
  expect(matchPatch(PATCHES, said)).toEqual({ kind: 'one', patch })
})

test.each([
  ['9f8e', [CALICO, TWIN]],
  ['etcd', [ETCD, TWIN]],
])('%s could be several', (said, patches) => {
  expect(matchPatch(PATCHES, said)).toEqual({ kind: 'several', patches })
})

test.each([
  ['4', undefined],
  ['9f8', undefined],
  ['', undefined],
  ['etcd: run on amd64', ETCD],
])('%s names none', (said, near) => {
  expect(matchPatch(PATCHES, said)).toEqual(near ? { kind: 'none', nearest: near } : { kind: 'none' })
})
