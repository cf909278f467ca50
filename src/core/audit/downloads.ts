import { isChecksum } from '../catalogue/checksums.ts'
import { winning } from '../catalogue/definitions.ts'
import { checksumVariable, downloadEntries, firstVariable, renderEntry } from '../catalogue/downloads.ts'
import type { Architecture } from '../model/arch.ts'
import { enumerated } from '../text/enumerated.ts'
import type { PlainMap, PlainValue } from '../yaml/plain-value.ts'
import { wordsIn } from './architecture-words.ts'
import { renderedOn, type Audited } from './audited.ts'
import { type Finding } from './finding.ts'
import { lineOfEntry } from './lines.ts'

/** What is downloaded, judged for each architecture: its address, its checksum, its image's name. */
export function auditDownloads(source: Audited): readonly Finding[] {
  return [...downloadEntries(source.definitions)].flatMap(([name, raw]) => {
    if (!(raw instanceof Map)) return []
    const download: Download = { name, fields: raw as PlainMap, raw, ...useOf(name, raw, source) }
    return download.isFile ? auditFile(download, source) : auditImage(download, source)
  })
}

interface Download {
  readonly name: string
  readonly fields: PlainMap
  readonly raw: PlainValue
  readonly isFile: boolean
  readonly enabled: boolean
}

/** What can be a file or an image, as etcd is, is judged as a file where it is not even used as one: the way of installing may change. */
function useOf(
  name: string,
  raw: PlainValue,
  source: Audited,
): { readonly isFile: boolean; readonly enabled: boolean } {
  const { enabled, file } = renderEntry(source.variables, [name, raw], { architecture: 'amd64' })
  const fields = raw as PlainMap
  return {
    isFile: fields.has('file') && fields.has('url'),
    enabled: enabled && (file || !fields.has('file')),
  }
}

function auditFile(download: Download, source: Audited): readonly Finding[] {
  const [first, ...others] = source.architectures
  if (first === undefined) return []
  const url = download.fields.get('url')
  const addresses = new Map(
    source.architectures.map((each) => [
      each,
      renderedOn(source, { name: `url ${download.name}`, value: url }, each),
    ]),
  )
  const isOne = others.every((each) => addresses.get(each) === addresses.get(first))
  const written = wordsIn(addresses.get(first) ?? '')
  // An address that names no architecture is for all of them: a manifest, an archive of definitions.
  const isForAll = isOne && written.length === 0 && source.architectures.length > 1
  return [
    ...(isOne || source.architectures.length === 1 ? addressFindings(download, written, source) : []),
    ...(isForAll ? [] : checksumFindings(download, isOne && written.length > 0, source)),
  ]
}

function addressFindings(
  download: Download,
  written: ReturnType<typeof wordsIn>,
  source: Audited,
): readonly Finding[] {
  const [first] = written
  const others = source.architectures.filter((each) =>
    written.every(({ architecture }) => architecture !== each),
  )
  if (!first || others.length === 0) return []
  const variable = firstVariable(download.fields.get('url'), /_url$/, source.definitions)
  const place = placeOf(variable, download, source)
  const what = variable === undefined ? `The address of \`${download.name}\`` : `\`${variable}\``
  return [
    {
      code: 'architecture-in-url',
      severity: download.enabled ? 'error' : 'notice',
      ...place,
      subject: download.name,
      architectures: others,
      message: `${what} has ${first.word} written out, so nodes of ${enumerated(others)} would get the ${first.architecture} build of \`${download.name}\`.${unused(download)} Write \`{{ image_arch }}\` in its place.`,
      fix: 'architecture-in-urls',
    },
  ]
}

function checksumFindings(download: Download, isOneAddress: boolean, source: Audited): readonly Finding[] {
  const variable = checksumVariable([download.name, download.raw], source.definitions)
  if (variable === undefined) return []
  if (isSingle(download, variable, source))
    return singleChecksum(download, { variable, isOneAddress }, source)
  return missingChecksums(download, variable, source)
}

/**
 * Whether every architecture gets the same checksum. What comes out counts, not how the map is laid out: some maps have the
 * operating system on top. What is an image now, as etcd may be, has no checksum to render, so its variable is asked.
 */
function isSingle(download: Download, variable: string, source: Audited): boolean {
  const { variables, definitions } = source
  const asked = [...new Set<Architecture>(['amd64', ...source.architectures])]
  const rendered = asked.map((each) =>
    renderedOn(source, { name: `checksum ${download.name}`, value: checksumOf(download.fields) }, each),
  )
  const isUsed = rendered.some((each) => each !== undefined && !/^(?:|None)$/.test(each))
  const compared = isUsed
    ? rendered
    : asked.map((each) => {
        const value = variables.value(variable, { architecture: each })
        return typeof value === 'string' && !(winning(definitions, variable)?.value instanceof Map)
          ? value
          : undefined
      })
  const [first] = compared
  return first !== undefined && isChecksum(first) && compared.every((each) => each === first)
}

function checksumOf(fields: PlainMap): PlainValue {
  return fields.get('checksum') ?? fields.get('sha256')
}

function singleChecksum(
  download: Download,
  { variable, isOneAddress }: { variable: string; isOneAddress: boolean },
  source: Audited,
): readonly Finding[] {
  const others = source.architectures.filter((each) => each !== 'amd64')
  if (others.length === 0) return []
  const when = isOneAddress ? 'once its address is right, ' : ''
  return [
    {
      code: 'single-checksum',
      severity: download.enabled ? 'error' : 'notice',
      ...placeOf(variable, download, source),
      subject: download.name,
      architectures: others,
      message: `\`${variable}\` makes no difference between architectures: ${when}the download of \`${download.name}\` fails on nodes of ${enumerated(others)}, whose build is another file.${unused(download)} It needs a checksum for each architecture.`,
      fix: 'checksums-per-architecture',
    },
  ]
}

/** What stops the whole play counts even where the component is switched off: `downloads` is rendered in one piece. */
function missingChecksums(download: Download, variable: string, source: Audited): readonly Finding[] {
  const groups = new Map<string, Told & { readonly on: Architecture[] }>()
  const renderedFor = (architecture: Architecture): ReturnType<typeof renderEntry> =>
    renderEntry(source.variables, [download.name, download.raw], { architecture })
  for (const architecture of source.architectures) {
    const told = tellMissing(renderedFor(architecture), { download, variable, architecture })
    if (!told) continue
    const group = groups.get(told.key) ?? { ...told, on: [] }
    group.on.push(architecture)
    groups.set(told.key, group)
  }
  // A version that no architecture has is a version to choose, and no row to add.
  const isForAmd64 = renderedFor('amd64').missing === undefined
  return [...groups.values()].map(({ severity, message, on, isRow }) => ({
    code: 'missing-checksum' as const,
    severity,
    ...placeOf(variable, download, source),
    subject: download.name,
    architectures: on,
    message: message(on),
    ...(isRow && isForAmd64 ? { fix: 'checksums-per-architecture' as const } : {}),
  }))
}

interface Told {
  readonly key: string
  readonly severity: Finding['severity']
  readonly message: (on: readonly Architecture[]) => string
  /** Whether a row of the checksums themselves is missing, and not a version or another map's row. */
  readonly isRow: boolean
}

function tellMissing(
  { missing, zero, enabled }: ReturnType<typeof renderEntry>,
  { download, variable, architecture }: { download: Download; variable: string; architecture: Architecture },
): Told | undefined {
  const { name } = download
  if (missing) {
    const what = missing.what.replace(`['${architecture}']`, '[…]')
    const why = enabled
      ? `\`${name}\` cannot be downloaded there.`
      : `\`${name}\` is switched off, but Ansible renders all downloads in one piece, so this stops the play.`
    return {
      key: `missing ${what}`,
      severity: 'error',
      message: (on) =>
        `There is no \`${on.length > 1 ? what : missing.what}\` for nodes of ${enumerated(on)}: ${why} Choose a version that has one, or add it.`,
      isRow: missing.what.startsWith(`${variable}[`),
    }
  }
  if (!zero || !enabled) return undefined
  const isForEtcd = isOnlyFor(download, 'etcd')
  const fails = isForEtcd ? 'so none of them can run etcd' : 'and the download fails there'
  return {
    key: 'zero',
    isRow: false,
    severity: isForEtcd ? 'warning' : 'error',
    message: (on) =>
      `\`${variable}\` says \`0\` for nodes of ${enumerated(on)}: there is no build of \`${name}\` for them, or nobody knows its checksum, ${fails}.`,
  }
}

/** Whether a download is for the nodes of one group alone; a node of another architecture need not be among them. */
export function isOnlyFor({ fields }: Pick<Download, 'fields'>, group: string): boolean {
  const groups = fields.get('groups')
  return Array.isArray(groups) && groups.length === 1 && groups[0] === group
}

function auditImage(download: Download, source: Audited): readonly Finding[] {
  if (!download.enabled) return []
  const name = imageOf(download, source, 'amd64')
  const [first] = wordsIn(name ?? '')
  if (!first) return []
  const wrong = source.architectures.filter((each) => {
    const words = wordsIn(imageOf(download, source, each) ?? '')
    return words.length > 0 && words.every(({ architecture }) => architecture !== each)
  })
  if (wrong.length === 0) return []
  const variable = firstVariable(download.fields.get('repo'), /_repo$/, source.definitions)
  return [
    {
      code: 'architecture-in-image',
      severity: 'error',
      ...placeOf(variable, download, source),
      subject: download.name,
      architectures: wrong,
      message: `The image of \`${download.name}\` is \`${name ?? ''}\` on every node, so it cannot run on nodes of ${enumerated(wrong)}. Write \`{{ image_arch }}\` for ${first.word}, or take an image with a manifest list.`,
      fix: 'architecture-in-urls',
    },
  ]
}

/** An image's full name as it comes out on nodes of an architecture. */
export function imageOf(
  { name, fields }: Pick<Download, 'name' | 'fields'>,
  source: Audited,
  architecture: Architecture,
): string | undefined {
  const part = (field: string): string | undefined =>
    renderedOn(source, { name: `${field} ${name}`, value: fields.get(field) }, architecture)
  const [repo, tag] = [part('repo'), part('tag')]
  return repo === undefined || tag === undefined ? undefined : `${repo}:${tag}`
}

function placeOf(
  variable: string | undefined,
  { name }: Download,
  source: Audited,
): Pick<Finding, 'file' | 'line'> {
  const definition = variable === undefined ? undefined : winning(source.definitions, variable)
  if (definition) return { file: definition.path, line: definition.line }
  const downloads = winning(source.definitions, 'downloads')
  const file = downloads?.path ?? ''
  return { file, line: lineOfEntry(source.text(file) ?? '', 'downloads', name) ?? downloads?.line ?? 1 }
}

function unused({ enabled, name }: Download): string {
  return enabled
    ? ''
    : ` Nothing uses it with these settings; it counts once \`${name}\` is installed from a file.`
}
