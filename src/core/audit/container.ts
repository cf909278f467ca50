import { winning } from '../catalogue/definitions.ts'
import { downloadEntries, firstVariable, renderEntry } from '../catalogue/download-entries.ts'
import type { PlainMap } from '../yaml/values/plain-value.ts'
import type { Audited } from './audited.ts'
import type { Finding } from './finding.ts'
import { readRolePath } from './read-role-path.ts'

/** A component that these settings run from an image. */
export interface Container {
  readonly name: string
  readonly fields: PlainMap
}

/** The images that these settings use, in the order of the release. */
export function enabledContainers(source: Audited): readonly Container[] {
  return [...downloadEntries(source.definitions)].flatMap(([name, raw]) => {
    if (!(raw instanceof Map) || !(raw as PlainMap).has('repo')) return []
    const { enabled, file } = renderEntry(source.variables, [name, raw], { architecture: 'amd64' })
    return enabled && !file ? [{ name, fields: raw as PlainMap }] : []
  })
}

/** A manifest that names an image. */
export interface ImageUser {
  readonly path: string
  readonly line: number
  readonly text: string
}

/** The manifests of enabled roles that name an image by its variables. */
export function usersOf(
  { fields }: Container,
  source: Audited,
  roles: ReadonlySet<string>,
): readonly ImageUser[] {
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

/** Whether a manifest makes its objects once for each architecture. */
export function hasLoop({ text }: Pick<ImageUser, 'text'>): boolean {
  return /\{%-? *for arch in /.test(text)
}

/** `image: …:{{ flannel_image_tag }}-{{ arch }}` and `…-arm64`. */
function namesArchitecture({ text, line }: ImageUser): boolean {
  return /-(?:\{\{ *(?=\w*arch)\w+ *\}\}|(?:amd64|arm64|arm)\b)/.test(text.split('\n')[line - 1] ?? '')
}

/** Whether every manifest that names an image takes another for each architecture. */
export function isUsedPerArchitecture(
  container: Container,
  source: Audited,
  roles: ReadonlySet<string>,
): boolean {
  const users = usersOf(container, source, roles)
  return users.length > 0 && users.every((user) => hasLoop(user) || namesArchitecture(user))
}

/** Where the version of an image is set. */
export function placeOfImage(
  { name, fields }: Container,
  { definitions }: Audited,
): Pick<Finding, 'file' | 'line'> {
  const variable = firstVariable(fields.get('tag'), /_image_tag$/, definitions) ?? `${name}_image_tag`
  const definition = winning(definitions, variable) ?? winning(definitions, 'downloads')
  return { file: definition?.path ?? '', line: definition?.line ?? 1 }
}
