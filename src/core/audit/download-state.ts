import type { FaultKind, SharedChecksum } from '../catalogue/catalogue.ts'
import { isChecksum } from '../catalogue/checksum-maps.ts'
import { winning } from '../catalogue/definitions.ts'
import { checksumVariable, downloadEntries, renderEntry } from '../catalogue/download-entries.ts'
import { faultKindOf } from '../catalogue/faults-of.ts'
import { sharedChecksums } from '../catalogue/shared-checksums.ts'
import { ARCHITECTURES, isArchitecture, type Architecture } from '../model/architecture.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import { wordsIn, type ArchitectureWord } from './words-in.ts'
import { renderedOn, type Audited } from './audited.ts'

/** One entry of the dictionary of downloads. */
export interface Download {
  readonly name: string
  readonly fields: PlainMap
  readonly raw: PlainValue
  /** The map, or the single value, that its checksum comes from. */
  readonly checksums: string | undefined
}

/** What keeps nodes of one architecture from getting a download, whoever else there is in the cluster. */
export type Trouble =
  /** Something that its entry asks for is not there, so that nothing can be downloaded at all. */
  | { readonly kind: 'missing'; readonly fault: FaultKind; readonly what: string }
  /** Its checksum is `0`, or nothing. */
  | { readonly kind: 'zero' }
  /** The checksum is that of the build for amd64, since there is only one. */
  | { readonly kind: 'single'; readonly isOneAddress: boolean }
  /** The checksum stands under another architecture as well, whose build is another file. */
  | { readonly kind: 'shared'; readonly shared: SharedChecksum }
  /** The address, or the image's name, has another architecture written out. */
  | { readonly kind: 'written'; readonly word: ArchitectureWord }

/** What one download is on one architecture. */
export interface DownloadState {
  readonly download: Download
  readonly architecture: Architecture
  readonly isFile: boolean
  /** Whether these settings download it, in the way that is judged here. */
  readonly enabled: boolean
  readonly troubles: readonly Trouble[]
}

export function downloadsOf(source: Audited): readonly Download[] {
  return [...downloadEntries(source.definitions)].flatMap(([name, raw]) =>
    raw instanceof Map
      ? [{ name, raw, fields: raw as PlainMap, checksums: checksumVariable([name, raw], source.definitions) }]
      : [],
  )
}

/**
 * The one judge of a download: table, findings, causes and the draft's state are all made from what it says. It knows of one
 * architecture at a time, so that what an architecture shows alone is what it shows in any mix.
 */
export function stateOn(download: Download, source: Audited, architecture: Architecture): DownloadState {
  const { name, raw, fields } = download
  const { enabled, file, missing, zero } = renderEntry(source.variables, [name, raw], { architecture })
  // What can be a file or an image, as etcd is, is judged as a file where it is not even used as one: the way may change.
  const isFile = fields.has('file') && fields.has('url')
  const state = { download, architecture, isFile, enabled: enabled && (file || !isFile) }
  if (missing)
    return {
      ...state,
      enabled,
      troubles: [{ kind: 'missing', fault: faultKindOf(missing), what: missing.what }],
    }
  if (!isFile) return { ...state, troubles: writtenIn(imageOf(download, source, architecture), architecture) }
  const address = addressOn(download, source, architecture)
  const written = writtenIn(address, architecture)
  return {
    ...state,
    troubles: [...written, ...checksumTroubles(download, source, { architecture, zero, address, written })],
  }
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

function addressOn(
  { name, fields }: Download,
  source: Audited,
  architecture: Architecture,
): string | undefined {
  return renderedOn(source, { name: `url ${name}`, value: fields.get('url') }, architecture)
}

/** A name that writes out architectures, and not this one. */
function writtenIn(name: string | undefined, architecture: Architecture): readonly Trouble[] {
  const words = wordsIn(name ?? '')
  const [word] = words
  return word && words.every((each) => each.architecture !== architecture) ? [{ kind: 'written', word }] : []
}

interface FileOn {
  readonly architecture: Architecture
  readonly zero: boolean
  readonly address: string | undefined
  readonly written: readonly Trouble[]
}

function checksumTroubles(
  download: Download,
  source: Audited,
  { architecture, zero, address, written }: FileOn,
): readonly Trouble[] {
  if (download.checksums === undefined) return []
  if (zero) return [{ kind: 'zero' }]
  // An address that names no architecture and is the same for all of them is one file for all: a manifest, an archive of definitions.
  const isForAll =
    written.length === 0 &&
    wordsIn(address ?? '').length === 0 &&
    ARCHITECTURES.every((each) => addressOn(download, source, each) === address)
  if (isForAll) return []
  const entry = [download.name, download.raw] as const
  const shared = sharedChecksums(entry, source.definitions, source.variables).on({ architecture })
  if (shared) return [{ kind: 'shared', shared }]
  const isSingle = architecture !== 'amd64' && isOneForAll(download, source, architecture)
  const isOneAddress = written.length > 0 && addressOn(download, source, 'amd64') === address
  return isSingle ? [{ kind: 'single', isOneAddress }] : []
}

/**
 * Whether an architecture is given the checksum of amd64. What comes out counts, not how the map is laid out: some maps have the
 * operating system on top. What is an image now, as etcd may be, has no checksum to render, so its variable is asked.
 */
function isOneForAll(download: Download, source: Audited, architecture: Architecture): boolean {
  const { variables, definitions } = source
  const asked = ['amd64', architecture] as const
  const value = download.fields.get('checksum') ?? download.fields.get('sha256')
  const rendered = asked.map((each) => renderedOn(source, { name: `checksum ${download.name}`, value }, each))
  const isUsed = rendered.some((each) => each !== undefined && !/^(?:|None)$/.test(each))
  const name = download.checksums ?? ''
  const [first, second] = isUsed
    ? rendered
    : asked.map((each) => {
        const single = variables.value(name, { architecture: each })
        return typeof single === 'string' && !(winning(definitions, name)?.value instanceof Map)
          ? single
          : undefined
      })
  return (
    first !== undefined && isChecksum(first) && first === second && !hasRowFor(architecture, name, source)
  )
}

/** A map with a row of its own for an architecture makes a difference, whatever stands in it. */
function hasRowFor(architecture: Architecture, variable: string, { definitions }: Audited): boolean {
  const value = winning(definitions, variable)?.value
  if (!(value instanceof Map)) return false
  const linux = (value as PlainMap).get('linux')
  const rows = linux instanceof Map ? (linux as PlainMap) : (value as PlainMap)
  return rows.has(architecture) && [...rows.keys()].some((key) => isArchitecture(key))
}
