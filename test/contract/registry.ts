import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImageRegistry } from '../../src/ports/image-registry.ts'
import type { PushedImage } from '../support/docker-registry.ts'

/** A registry with images in it, and the port that asks it. */
interface OpenRegistry {
  readonly registry: ImageRegistry
  /** What stands in front of the names of its images. */
  readonly host: string
  /** The digest of each image, in the order of `IMAGES`. */
  readonly digests: readonly string[]
  close(): Promise<void>
}

/** What has to be in the registry. */
export const IMAGES: readonly PushedImage[] = [
  {
    repository: 'flannel/flannel',
    tag: 'v1',
    platforms: ['linux/amd64', 'linux/arm64', 'linux/arm'],
    form: 'list',
  },
  // What is attested about an image, and what is for another system, stands in the same list.
  {
    repository: 'new',
    tag: 'v2',
    platforms: ['linux/amd64', 'unknown/unknown', 'windows/arm64'],
    form: 'index',
  },
  { repository: 'old', tag: 'v0.1-arm64', platforms: ['linux/arm64'], form: 'single' },
]

/** What every registry does: one suite for all adapters. */
export function describeRegistry(
  { name, missing }: { readonly name: string; readonly missing?: string | undefined },
  open: () => Promise<OpenRegistry>,
): void {
  describe.skipIf(missing !== undefined)(`${name} as a registry${missing ? ` (${missing})` : ''}`, () => {
    let opened: OpenRegistry
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    const ask = async (image: string): Promise<unknown> => (await opened.registry.ask([image])).get(image)

    test('tells the architectures of a list', async () => {
      expect(await ask(`${opened.host}/flannel/flannel:v1`)).toEqual({
        kind: 'found',
        architectures: ['amd64', 'arm64', 'arm'],
      })
    })

    test('tells those of Linux, and nothing that is no image', async () => {
      expect(await ask(`${opened.host}/new:v2`)).toEqual({ kind: 'found', architectures: ['amd64'] })
    })

    test('tells the one of an image without a list', async () => {
      expect(await ask(`${opened.host}/old:v0.1-arm64`)).toEqual({ kind: 'found', architectures: ['arm64'] })
    })

    test('takes a digest in the place of a tag', async () => {
      const image = `${opened.host}/flannel/flannel@${opened.digests[0]}`
      expect(await ask(image)).toEqual({ kind: 'found', architectures: ['amd64', 'arm64', 'arm'] })
    })

    test('says which images it does not have: no such tag, no such repository', async () => {
      const images = [`${opened.host}/old:v9`, `${opened.host}/never/was:v1`]
      expect([...(await opened.registry.ask(images)).values()]).toEqual([
        { kind: 'absent' },
        { kind: 'absent' },
      ])
    })

    test('answers many at once, each under the name it was asked for by', async () => {
      const images = ['new:v2', 'old:v0.1-arm64', 'old:v9', 'new:v2'].map((each) => `${opened.host}/${each}`)
      const answers = await opened.registry.ask(images)
      expect([...answers.keys()]).toEqual([...new Set(images)])
      expect([...answers.values()].map(({ kind }) => kind)).toEqual(['found', 'found', 'absent'])
    })

    test('says of what is no name that nobody can know', async () => {
      expect(await ask('{{ not_rendered }}:v1')).toEqual({
        kind: 'unknown',
        why: '`{{ not_rendered }}:v1` is no name of an image',
      })
    })

    test('has nothing to say when nothing is asked', async () => {
      expect(await opened.registry.ask([])).toEqual(new Map())
    })
  })
}
