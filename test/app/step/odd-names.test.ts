import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { demoWorld, type World } from '../../support/demo.ts'
import { step } from '../../support/step.ts'

test('two own files whose names differ in one byte that is no UTF-8 both come along, under the same bytes', async () => {
  const world = await demoWorld()
  const names = ['inventory/homelab/caf\xe8', 'inventory/homelab/caf\xe9'].map((name) =>
    Buffer.from(name, 'latin1'),
  )
  const blobs = ['grave\n', 'acute\n'].map((text) =>
    run(world, ['hash-object', '-w', '--stdin'], Buffer.from(text)).toString().trim(),
  )
  const rows = names.map((name, at) =>
    Buffer.concat([Buffer.from(`100644 ${blobs[at]}\t`), name, Buffer.of(0)]),
  )
  run(world, ['update-index', '-z', '--index-info'], Buffer.concat(rows))
  world.git('commit', '--quiet', '-m', 'Two cafés')
  const { written } = await step(world.reopen())
  const listed = run(world, ['ls-tree', '-r', '-z', written?.tip ?? '', 'inventory/homelab'], Buffer.of())
  for (const [at, name] of names.entries()) {
    const row = Buffer.concat([Buffer.from(`100644 blob ${blobs[at]}\t`), name, Buffer.of(0)])
    expect(listed.includes(row)).toBe(true)
  }
})

function run({ path }: World, args: readonly string[], input: Buffer): Buffer {
  return execFileSync('git', ['-C', path, ...args], { input })
}
