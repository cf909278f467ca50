import { winning } from '../catalogue/definitions.ts'
import { downloadEntries, firstVariable, renderEntry } from '../catalogue/downloads.ts'
import { compareVersions } from '../model/version.ts'
import type { Architecture } from '../model/arch.ts'
import type { PlainMap } from '../yaml/plain-value.ts'
import type { Audited } from './audited.ts'
import { imageOf } from './downloads.ts'
import { listed, type Finding } from './finding.ts'
import { readRolePath } from './role-path.ts'

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

/** Images that cannot run on some nodes, and images named for the first control plane node that other nodes get as well. */
export function auditImages(source: Audited, roles: ReadonlySet<string>): readonly Finding[] {
  const containers = [...downloadEntries(source.definitions)].flatMap(([name, raw]) => {
    if (!(raw instanceof Map) || !(raw as PlainMap).has('repo')) return []
    const { enabled, file } = renderEntry(source.variables, [name, raw], { architecture: 'amd64' })
    return enabled && !file ? [{ name, fields: raw as PlainMap }] : []
  })
  return [
    ...containers.flatMap((container) => ofOneArchitecture(container, source, roles)),
    ...containers.flatMap((container) => ofFirstNode(container, source, roles)),
  ]
}

interface Container {
  readonly name: string
  readonly fields: PlainMap
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
      ...placeOf(container, source),
      subject: container.name,
      architectures: others,
      message: `\`${image ?? ''}\` cannot run on nodes of ${listed(others)}: ${known.why}.`,
      ...(known.fix ? { fix: known.fix } : {}),
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
  return usersOf(container, source, roles).flatMap(({ path, line, text }): readonly Finding[] => {
    const kind = /^kind:\s*(DaemonSet|Deployment|StatefulSet)/m.exec(text)?.[1]
    if (kind === undefined || hasLoop(text)) return []
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

function isUsedPerArchitecture(container: Container, source: Audited, roles: ReadonlySet<string>): boolean {
  const users = usersOf(container, source, roles)
  return users.length > 0 && users.every(({ text, line }) => hasLoop(text) || namesArchitecture(text, line))
}

/** `image: …:{{ flannel_image_tag }}-{{ arch }}` and `…-arm64`. */
function namesArchitecture(text: string, line: number): boolean {
  return /-(?:\{\{ *\w*arch\w* *\}\}|amd64|arm64|arm)\b/.test(text.split('\n')[line - 1] ?? '')
}

function hasLoop(text: string): boolean {
  return /\{%-? *for arch in /.test(text)
}

interface User {
  readonly path: string
  readonly line: number
  readonly text: string
}

/** The manifests of enabled roles that name an image by its variables. */
function usersOf({ fields }: Container, source: Audited, roles: ReadonlySet<string>): readonly User[] {
  const written = fields.get('tag')
  const tag = typeof written === 'string' ? /\b(\w+_image_tag)\b/.exec(written)?.[1] : undefined
  if (tag === undefined) return []
  const pattern = new RegExp(`^\\s*(?:- )?image:.*\\b${tag}\\b`)
  return [...source.tree.keys()].flatMap((path) => {
    const place = path.endsWith('.j2') ? readRolePath(path) : undefined
    const text = place?.part === 'templates' && roles.has(place.role) ? source.text(path) : undefined
    const index = text?.split('\n').findIndex((line) => pattern.test(line)) ?? -1
    return text === undefined || index < 0 ? [] : [{ path, line: index + 1, text }]
  })
}

function placeOf({ name, fields }: Container, { definitions }: Audited): Pick<Finding, 'file' | 'line'> {
  const variable = firstVariable(fields.get('tag'), /_image_tag$/, definitions) ?? `${name}_image_tag`
  const definition = winning(definitions, variable) ?? winning(definitions, 'downloads')
  return { file: definition?.path ?? '', line: definition?.line ?? 1 }
}
