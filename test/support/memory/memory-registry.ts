import { readImageName, type ImageAnswer, type ImageAnswers } from '../../../src/core/model/image-name.ts'
import type { ImageRegistry } from '../../../src/ports/image-registry.ts'

/** Registries that hold what they were given: images by name, each with its architectures. */
export class MemoryRegistry implements ImageRegistry {
  readonly #images = new Map<string, ImageAnswer>()

  constructor(images: Readonly<Record<string, readonly string[]>>) {
    for (const [name, architectures] of Object.entries(images))
      this.#images.set(keyOf(name), { kind: 'found', architectures })
  }

  ask(images: readonly string[]): Promise<ImageAnswers> {
    return Promise.resolve(new Map(images.map((name) => [name, this.#answerFor(name)])))
  }

  #answerFor(name: string): ImageAnswer {
    if (!readImageName(name)) return { kind: 'unknown', why: `\`${name}\` is no name of an image` }
    return this.#images.get(keyOf(name)) ?? { kind: 'absent' }
  }
}

/** `nginx` and `docker.io/library/nginx:latest` are one image. */
function keyOf(name: string): string {
  const image = readImageName(name)
  return image ? `${image.registry}/${image.repository} ${image.reference}` : name
}
