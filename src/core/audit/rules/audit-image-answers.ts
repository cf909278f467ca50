import { addTo } from '../../model/collections/grouped.ts'
import { firstVariable } from '../../catalogue/download-entries.ts'
import type { Architecture } from '../../model/architecture.ts'
import type { ImageAnswer, ImageAnswers } from '../../model/image-name.ts'
import { enumerated } from '../../text/enumerated.ts'
import type { Audited } from '../audited.ts'
import { enabledContainers, isUsedPerArchitecture, placeOfImage, type Container } from '../container.ts'
import { imageOf } from '../download-state.ts'
import { isOnlyFor } from './audit-downloads.ts'
import { type Finding } from '../finding.ts'

/** One component's image as nodes of each architecture take it. */
export interface UsedImage {
  readonly container: Container
  readonly names: ReadonlyMap<Architecture, string>
}

/** The images that a cluster takes, to ask registries about. */
export function usedImages(source: Audited, roles: ReadonlySet<string>): readonly UsedImage[] {
  return enabledContainers(source).map((container) => {
    const isSuffixed = isUsedPerArchitecture(container, source, roles)
    const plain = source.architectures.map((each) => [each, imageOf(container, source, each)] as const)
    const isOne = new Set(plain.map(([, name]) => name)).size === 1
    const names = plain.flatMap(([architecture, name]): readonly (readonly [Architecture, string])[] => {
      if (name === undefined) return []
      // One DaemonSet for each architecture puts it behind the tag by itself.
      return [[architecture, isSuffixed && isOne ? `${name}-${architecture}` : name]]
    })
    return { container, names: new Map(names) }
  })
}

/** What registries say of images that nodes of some architecture could not run, and what nobody could find out. */
export function auditImageAnswers(
  images: readonly UsedImage[],
  source: Audited,
  answers: ImageAnswers,
): readonly Finding[] {
  return [
    ...images.flatMap((image) => lackingFindings(image, source, answers)),
    ...unknownFindings(images, source, answers),
  ]
}

/** What is known of the image that an architecture's nodes take. */
export function answerOn(
  { names }: UsedImage,
  architecture: Architecture,
  answers: ImageAnswers,
): ImageAnswer | undefined {
  return answers.get(names.get(architecture) ?? '')
}

function lackingFindings(image: UsedImage, source: Audited, answers: ImageAnswers): readonly Finding[] {
  const groups = new Map<string, Architecture[]>()
  for (const architecture of source.architectures) {
    const answer = answerOn(image, architecture, answers)
    const isAbsent = answer?.kind === 'absent'
    if (!isAbsent && !(answer?.kind === 'found' && !answer.architectures.includes(architecture))) continue
    const name = image.names.get(architecture) ?? ''
    addTo(groups, name, architecture)
  }
  const { container } = image
  return [...groups].map(([name, on]) => {
    const isForEtcd = isOnlyFor(container, 'etcd')
    const answer = answers.get(name)
    return {
      code: answer?.kind === 'found' ? 'image-without-architecture' : 'image-absent',
      severity: isForEtcd || answer?.kind !== 'found' ? 'warning' : 'error',
      ...placeOfImage(container, source),
      subject: container.name,
      architectures: on,
      message:
        answer?.kind === 'found'
          ? lacking(name, on, { container, source, has: answer.architectures })
          : absent(name),
    }
  })
}

function lacking(
  name: string,
  on: readonly Architecture[],
  { container, source, has }: { container: Container; source: Audited; has: readonly string[] },
): string {
  const variable = firstVariable(container.fields.get('repo'), /_repo$/, source.definitions)
  const where = variable === undefined ? '' : ` and name it with \`${variable}\``
  const exists =
    has.length > 0
      ? `exists for ${enumerated(has)} and not for ${enumerated(on)}`
      : `does not exist for ${enumerated(on)}`
  const whose = isOnlyFor(container, 'etcd') ? 'so none of them can run etcd' : 'so it cannot be pulled there'
  return `By its registry \`${name}\` ${exists}, ${whose}. Take a version with a manifest for each, or build one${where}.`
}

function absent(name: string): string {
  return `Its registry has no \`${name}\` (any more), or does not show it to strangers: no node could pull it.`
}

/** One for each reason, not one for each image: a registry that is away is away for all of them. */
function unknownFindings(
  images: readonly UsedImage[],
  source: Audited,
  answers: ImageAnswers,
): readonly Finding[] {
  const groups = new Map<string, { readonly first: Container; readonly names: Set<string> }>()
  for (const { container, names } of images) {
    for (const name of names.values()) {
      const answer = answers.get(name)
      if (answer?.kind !== 'unknown') continue
      const group = groups.get(answer.why) ?? { first: container, names: new Set() }
      groups.set(answer.why, { ...group, names: group.names.add(name) })
    }
  }
  return [...groups].map(([why, { first, names }]) => ({
    code: 'image-unknown',
    severity: 'notice',
    ...placeOfImage(first, source),
    subject: first.name,
    architectures: [],
    message: `I do not know which architectures ${someOf([...names])} exist${names.size === 1 ? 's' : ''} for: ${why}.`,
  }))
}

/** Enough of them to know which are meant. */
const SHOWN = 5

function someOf(names: readonly string[]): string {
  const quoted = names.map((each) => `\`${each}\``)
  if (names.length <= SHOWN) return enumerated(quoted)
  return `${quoted.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more images`
}
