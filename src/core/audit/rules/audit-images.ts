import { defined } from '../../model/defined.ts'
import { compareVersions } from '../../model/release-tag.ts'
import type { Architecture } from '../../model/architecture.ts'
import type { ImageAnswers } from '../../model/image-name.ts'
import { enumerated } from '../../text/enumerated.ts'
import type { Audited } from '../audited.ts'
import {
  enabledContainers,
  hasLoop,
  isUsedPerArchitecture,
  placeOfImage,
  usersOf,
  type Container,
} from '../container.ts'
import { imageOf } from '../download-state.ts'
import { type Finding } from '../finding.ts'

/** Images that are known to hold one architecture, with what is known of them. No registry is asked here. */
interface KnownImage {
  readonly repository: RegExp
  readonly architecture: Architecture
  /** The first version with a manifest list; absent where there never was one. */
  readonly until?: string
  readonly why: string
  readonly fix?: Finding['fix']
}

const KNOWN: readonly KnownImage[] = [
  {
    // Kubespray's own loop appends the architecture to these tags since v2.15.0 (0d0cc8cf9, #6166).
    repository: /(?:^|\/)coreos\/flannel$/,
    architecture: 'amd64',
    until: '0.13.0',
    why: 'its plain tag is the amd64 build; the others have the architecture at the end of the tag',
    fix: 'flannel-images',
  },
  {
    // The image left with v2.13.0 (baff4e61c, #5980).
    repository: /(?:^|\/)coreos\/flannel-cni$/,
    architecture: 'amd64',
    why: 'it was only ever built for amd64; what it installs, the CNI plugins, comes as a download for each architecture as well',
    fix: 'flannel-images',
  },
  {
    repository: /(?:^|\/)(?:l23network|mirantis)\/k8s-netchecker-(?:agent|server)$/,
    architecture: 'amd64',
    why: 'the project was given up, and no build for another architecture is known',
  },
]

/**
 * Images that cannot run on some nodes, and images named for the first control plane node that other nodes get as well. Where
 * a registry answered for an image, its answer counts and not what is known here.
 */
export function auditImages(
  source: Audited,
  roles: ReadonlySet<string>,
  answers: ImageAnswers = new Map(),
): readonly Finding[] {
  const containers = enabledContainers(source)
  const isTold = (container: Container): boolean =>
    answers.get(imageOf(container, source, 'amd64') ?? '')?.kind === 'found'
  return [
    ...containers
      .filter((container) => !isTold(container))
      .flatMap((container) => ofOneArchitecture(container, source, roles)),
    ...containers.flatMap((container) => ofFirstNode(container, source, roles)),
  ]
}

function ofOneArchitecture(
  container: Container,
  source: Audited,
  roles: ReadonlySet<string>,
): readonly Finding[] {
  const image = imageOf(container, source, 'amd64')
  const [repository = '', tag = ''] = image?.split(/:(?=[^:/]*$)/) ?? []
  const known = KNOWN.find((each) => each.repository.test(repository))
  const others = known ? source.architectures.filter((each) => each !== known.architecture) : []
  if (!known || others.length === 0 || isNewer(tag, known.until)) return []
  if (isUsedPerArchitecture(container, source, roles)) return []
  return [
    {
      code: 'image-of-one-architecture',
      severity: 'error',
      ...placeOfImage(container, source),
      subject: container.name,
      architectures: others,
      message: `\`${image ?? ''}\` cannot run on nodes of ${enumerated(others)}: ${known.why}.`,
      ...defined({ fix: known.fix }),
    },
  ]
}

function isNewer(tag: string, until: string | undefined): boolean {
  const version = /^v?(\d+\.\d+\.\d+)/.exec(tag)?.[1]
  return until !== undefined && version !== undefined && compareVersions(version, until) >= 0
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
