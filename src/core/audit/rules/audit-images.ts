import { defined } from '../../model/defined.ts'
import type { Architecture } from '../../model/architecture.ts'
import type { ImageAnswers } from '../../model/image-name.ts'
import { pinIn } from '../pin-in.ts'
import type { Audited } from '../audited.ts'
import {
  enabledContainers,
  hasLoop,
  isUsedPerArchitecture,
  placeOfImage,
  usersOf,
  type Container,
  type ImageUser,
} from '../container.ts'
import { documentAround } from '../document-around.ts'
import { imageOf } from '../download-state.ts'
import { type Finding, type Found } from '../finding.ts'
import { isKnownFalse } from '../is-known-false.ts'
import { buildsOf } from '../known/builds-of.ts'
import { conditionsOfLines } from '../conditions-of-lines.ts'

/**
 * Images that cannot run on some nodes, and images named for the first control plane node that other nodes get as well. Where
 * a registry answered for an image, its answer counts and not what is known here.
 */
export function auditImages(
  source: Audited,
  roles: ReadonlySet<string>,
  answers: ImageAnswers = new Map(),
): readonly Found[] {
  const containers = enabledContainers(source)
  const isTold = (container: Container): boolean =>
    answers.get(imageOf(container, source, 'amd64') ?? '')?.kind === 'found'
  return [
    ...containers
      .filter((container) => !isTold(container))
      .flatMap((container) => ofFewArchitectures(container, source, roles)),
    ...containers.flatMap((container) => ofFirstNode(container, source, roles)),
  ]
}

function ofFewArchitectures(
  container: Container,
  source: Audited,
  roles: ReadonlySet<string>,
): readonly Found[] {
  const image = imageOf(container, source, 'amd64')
  const found = image === undefined ? undefined : buildsOf(image)
  if (image === undefined || !found?.builds) return []
  const { known, builds } = found
  // The network is told by its plugin, unless a recipe mends it.
  if (known.plugins && !known.fix) return []
  const lacking = source.architectures.filter((each) => builds.lacks.includes(each))
  if (lacking.length === 0 || isUsedPerArchitecture(container, source, roles)) return []
  const users = usersOf(container, source, roles)
  const open = users.filter((user) => !staysWhereItRuns(user, builds.has, source))
  if (users.length > 0 && open.length === 0) return []
  return [
    {
      code: 'image-of-one-architecture',
      severity: 'error',
      ...placeOfImage(container, source),
      subject: container.name,
      architectures: lacking,
      facts: { kind: 'image-not-built', image, on: lacking, why: builds.why, references: builds.references },
      ...defined({ fix: known.fix ?? selectorFix(open, builds.has, source) }),
    },
  ]
}

/** Whether a manifest runs the image nowhere else than where it can: by its selector, or by a condition of the template. */
export function staysWhereItRuns(
  { text, line }: ImageUser,
  has: readonly Architecture[],
  source: Audited,
): boolean {
  const lines = text.split('\n')
  const pin = pinIn(documentAround(lines, line - 1).lines)
  if (pin && has.includes(pin.architecture)) return true
  const conditions = conditionsOfLines(lines)[line - 1] ?? []
  return conditions.some((each) => DECIDES.test(each) || isKnownFalse(each, source))
}

/** What a condition on the architecture mentions. */
const DECIDES = /architecture|image_arch|host_arch|ansible_machine/

/** Pods that run anywhere can be tied to the one architecture of the cluster that has the image. */
function selectorFix(
  users: readonly ImageUser[],
  has: readonly Architecture[],
  source: Audited,
): Finding['fix'] {
  const own = source.architectures.filter((each) => has.includes(each))
  const isFree = ({ text, line }: ImageUser): boolean =>
    documentAround(text.split('\n'), line - 1).lines.some((each) =>
      /^kind:\s*(?:Deployment|StatefulSet)\b/.test(each),
    )
  return own.length === 1 && users.length > 0 && users.every(isFree) ? 'node-selector' : undefined
}

/**
 * An image's name with the architecture in it comes out as that of the first control plane node, where manifests are
 * rendered; in a mix the pods of other nodes get an image they cannot run (kubespray#4253, #8461).
 */
function ofFirstNode(container: Container, source: Audited, roles: ReadonlySet<string>): readonly Finding[] {
  const names = new Set(source.architectures.map((each) => imageOf(container, source, each)))
  if (source.architectures.length < 2 || names.size < 2) return []
  return usersOf(container, source, roles).flatMap((user): readonly Finding[] => {
    const { path, line, text } = user
    const kind = /^kind:\s*(DaemonSet|Deployment|StatefulSet)/m.exec(text)?.[1]
    if (kind === undefined || hasLoop(user)) return []
    const onAll = kind === 'DaemonSet'
    const pods = onAll ? 'on every node' : 'on whichever node they land on'
    return [
      {
        code: 'image-of-first-node',
        severity: onAll ? 'error' : 'warning',
        file: path,
        line,
        subject: container.name,
        architectures: source.architectures,
        message: `The image of \`${container.name}\` has the architecture of the first control plane node in its name, and the ${kind} uses it ${pods}. Nodes of another architecture cannot run it: take an image with a manifest list, or pin the pods with a \`nodeSelector\`.`,
      },
    ]
  })
}
