import { defined } from '../../model/defined.ts'
import { firstVariable } from '../../catalogue/download-entries.ts'
import type { Architecture } from '../../model/architecture.ts'
import { readImageName, type ImageAnswers } from '../../model/image-name.ts'
import type { OpenCluster } from './audit-tree.ts'
import { usedImages } from '../rules/audit-image-answers.ts'

/** An image that its registry does not have for every architecture of a cluster. */
export interface MissingImage {
  readonly component: string
  /** As the release names it. */
  readonly name: string
  /** The variable that names it, without its tag. */
  readonly variable?: string
  readonly lacks: readonly Architecture[]
  /** What to put together instead, by architecture; absent where something would have to be built. */
  readonly parts?: Readonly<Partial<Record<Architecture, string>>>
}

/** The images that lack an architecture, each once. One whose name has the architecture in it is named for each anyway. */
export function missingImages(
  clusters: readonly OpenCluster[],
  answers: ImageAnswers,
): readonly MissingImage[] {
  const missing = clusters.flatMap(({ source, roles }) =>
    usedImages(source, roles).flatMap(({ container, names }): readonly MissingImage[] => {
      const [name, ...others] = new Set(names.values())
      const answer = name === undefined || others.length > 0 ? undefined : answers.get(name)
      if (name === undefined || answer?.kind !== 'found') return []
      const lacks = source.architectures.filter((each) => !answer.architectures.includes(each))
      const variable = firstVariable(container.fields.get('repo'), /_repo$/, source.definitions)
      return lacks.length === 0 ? [] : [{ component: container.name, name, lacks, ...defined({ variable }) }]
    }),
  )
  return [...new Map(missing.map((each) => [each.name, each])).values()]
}

/** The names under which projects put the builds for single architectures, to ask about: `node:v1-arm64`, `node-arm64:v1`. */
export function partsToAsk(images: readonly MissingImage[]): readonly string[] {
  return images.flatMap(({ name, lacks }) => lacks.flatMap((each) => candidates(name, each)))
}

/** The same images with the parts that registries have for every architecture they lack. */
export function withParts(
  images: readonly MissingImage[],
  architectures: readonly Architecture[],
  answers: ImageAnswers,
): readonly MissingImage[] {
  return images.map((image) => {
    const parts = architectures.map(
      (architecture) => [architecture, partOf(image, architecture, answers)] as const,
    )
    return parts.every(([, part]) => part !== undefined)
      ? { ...image, parts: Object.fromEntries(parts) }
      : image
  })
}

function partOf(
  { name, lacks }: MissingImage,
  architecture: Architecture,
  answers: ImageAnswers,
): string | undefined {
  if (!lacks.includes(architecture)) return name
  return candidates(name, architecture).find((each) => {
    const answer = answers.get(each)
    return answer?.kind === 'found' && answer.architectures.includes(architecture)
  })
}

function candidates(name: string, architecture: Architecture): readonly string[] {
  const tag = readImageName(name)?.reference
  const repository = tag === undefined ? undefined : name.slice(0, -tag.length - 1)
  if (repository === undefined || tag?.startsWith('sha256:')) return []
  return [`${repository}:${tag}-${architecture}`, `${repository}-${architecture}:${tag}`]
}
