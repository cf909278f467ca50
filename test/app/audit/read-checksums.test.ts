import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readChecksums } from '../../../src/app/audit/read-checksums.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { emptyWorld, type World } from '../../support/demo.ts'

const FILE = 'roles/download/defaults/main.yml'

/** Commits one state of the file of downloads and says which commit it is. */
function state(world: World, text: string): Oid {
  mkdirSync(join(world.path, 'roles/download/defaults'), { recursive: true })
  writeFileSync(join(world.path, FILE), text)
  world.git('add', '--all')
  world.git('commit', '--quiet', '--message', 'A state')
  return world.git('rev-parse', 'HEAD') as Oid
}

test('what stood between two releases counts as well, the releases first', async () => {
  const world = emptyWorld()
  const first = state(world, 'etcd_version: v1\nkubelet_checksums:\n  amd64: { v1.12.3: aa }\n')
  state(
    world,
    'etcd_version: v2\netcd_binary_checksums: { amd64: cc, arm64: dd }\nkubelet_checksums:\n  amd64: { v1.12.3: aa }\n  arm: { v1.12.3: ab, v1.13.0: old }\n',
  )
  const last = state(world, 'kubelet_checksums:\n  amd64: { v1.13.0: ba }\n  arm: { v1.13.0: bb }\n')
  const known = await readChecksums(world.reopen(), [first, last])
  const kubelet = { variable: 'kubelet_checksums', architecture: 'arm' } as const
  expect(known.find({ ...kubelet, version: 'v1.12.3', amd64: 'aa' })).toBe('ab')
  expect(known.find({ ...kubelet, version: 'v1.13.0', amd64: undefined })).toBe('bb')
  expect(known.find({ ...kubelet, version: 'v1.12.3', amd64: 'other' })).toBeUndefined()
  expect(
    known.find({ variable: 'etcd_binary_checksum', architecture: 'arm64', version: 'v2', amd64: 'cc' }),
  ).toBe('dd')
})

test('one release has nothing between', async () => {
  const world = emptyWorld()
  const only = state(world, 'kubelet_checksums:\n  arm: { v1.13.0: bb }\n')
  const known = await readChecksums(world.reopen(), [only])
  expect(
    known.find({ variable: 'kubelet_checksums', architecture: 'arm', version: '1.13.0', amd64: undefined }),
  ).toBe('bb')
})
