import { expect, test } from 'vitest'
import { MemoryRegistry } from './memory-registry.ts'
import { describeRegistry, IMAGES } from '../../contract/registry.ts'

const HOST = 'registry.example'
const DIGEST = `sha256:${'a'.repeat(64)}`

describeRegistry({ name: 'memory' }, async () => {
  const images: Record<string, readonly string[]> = {
    [`${HOST}/flannel/flannel@${DIGEST}`]: ['amd64', 'arm64', 'arm'],
  }
  for (const { repository, tag, platforms } of IMAGES)
    images[`${HOST}/${repository}:${tag}`] = platforms
      .filter((each) => each.startsWith('linux/'))
      .map((each) => each.slice('linux/'.length))
  const registry = new MemoryRegistry(images)
  return { registry, host: HOST, digests: [DIGEST], close: () => Promise.resolve() }
})

test('knows an image by each of its names', async () => {
  const registry = new MemoryRegistry({ 'docker.io/library/nginx:1.25': ['amd64'] })
  expect((await registry.ask(['nginx:1.25'])).get('nginx:1.25')?.kind).toBe('found')
})
