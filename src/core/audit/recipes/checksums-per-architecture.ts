import { winning } from '../../catalogue/definitions.ts'
import { checksumVariable, downloadEntries } from '../../catalogue/downloads.ts'
import { printed } from '../../catalogue/jinja/value.ts'
import type { Architecture } from '../../model/arch.ts'
import { bareVersion } from '../../model/version.ts'
import type { PlainMap, PlainValue } from '../../yaml/plain-value.ts'
import { renderedOn, type Audited } from '../audited.ts'
import type { KnownChecksums } from './known-checksums.ts'
import { Draft, type Cooked, type Recipe, type RecipeJob } from './recipe.ts'

/**
 * Turns one checksum for all architectures into a map from architectures, in upstream's own form, so that the release that
 * does the same makes it needless. It only writes checksums that some release has; where none does it writes `0`, upstream's
 * way of saying that none is known, and the download fails there instead of going unchecked.
 */
export const checksumsPerArchitecture: Recipe = {
  name: 'checksums-per-architecture',
  title: 'Check downloads by a checksum for each architecture',
  intent:
    'There was one checksum for each version, that of the build for amd64, so downloads failed on all other nodes unless the check was switched off. The checksums of other architectures come from later releases of Kubespray; a 0 says that no release knows one.',
  apply: (job) => cook(job),
}

function cook({ source, findings, checksums }: RecipeJob): Cooked {
  const draft = new Draft((path) => source.text(path))
  const notes: string[] = []
  const done = new Set<string>()
  for (const { subject } of findings) {
    const raw = downloadEntries(source.definitions).get(subject)
    const variable = checksumVariable([subject, raw], source.definitions)
    const definition = variable === undefined ? undefined : winning(source.definitions, variable)
    if (!definition || variable === undefined || done.has(variable)) continue
    done.add(variable)
    const version = versionOf(subject, raw, source)
    const single: Single = { variable, path: definition.path, value: definition.value, version }
    const missing =
      single.value instanceof Map
        ? widenMap(draft, single, { source, checksums })
        : widenScalar(draft, single, { source, checksums })
    for (const architecture of missing)
      notes.push(unknown(subject, architecture, { raw, version, variable, source }))
  }
  return { texts: draft.changed(), notes }
}

interface Single {
  readonly variable: string
  readonly path: string
  readonly value: PlainValue
  /** The version that these settings install. */
  readonly version: string | undefined
}

interface Stock {
  readonly source: Audited
  readonly checksums: KnownChecksums
}

/** `x_checksums: {version: digest}` → `{architecture: {version: digest}}`, and every look-up with it. */
function widenMap(draft: Draft, single: Single, stock: Stock): readonly Architecture[] {
  const { variable, path, version } = single
  const rows = [...(single.value as PlainMap)].map(([key, digest]) => [key, printed(digest)] as const)
  const others = othersOf(stock.source)
  const missing = new Set<Architecture>()
  const tables = others.map((architecture) => {
    const known = rows.flatMap(([key, amd64]): readonly (readonly [string, string])[] => {
      const digest = stock.checksums.find({ variable, architecture, version: key, amd64 })
      if (digest !== undefined) return [[key, digest]]
      if (version === undefined || bareVersion(key) !== bareVersion(version)) return []
      missing.add(architecture)
      return [[key, '0']]
    })
    return [`  ${architecture}:`, ...known.map(([key, digest]) => `    ${key}: ${digest}`)]
  })
  draft.change(path, (lines) => {
    const start = lines.findIndex((line) => line.startsWith(`${variable}:`))
    const end = endOfValue(lines, start)
    const own = lines.slice(start + 1, end).map((line) => (line.trim() === '' ? line : `  ${line}`))
    const widened = [`${variable}:`, '  amd64:', ...own, ...tables.flat()]
    return [...lines.slice(0, start), ...widened, ...lines.slice(end)].map((line) =>
      line.replace(new RegExp(`\\b${variable}\\[(?!\\s*image_arch\\b)`, 'g'), `${variable}[image_arch][`),
    )
  })
  return [...missing]
}

/** `x_checksum: digest` → a look-up in a new map `x_checksums` above it. */
function widenScalar(draft: Draft, single: Single, stock: Stock): readonly Architecture[] {
  const { variable, path, version } = single
  const amd64 = printed(single.value)
  const missing: Architecture[] = []
  const rows = othersOf(stock.source).map((architecture) => {
    const digest =
      version === undefined ? undefined : stock.checksums.find({ variable, architecture, version, amd64 })
    if (digest === undefined) missing.push(architecture)
    return `  ${architecture}: ${digest ?? '0'}`
  })
  draft.change(path, (lines) => {
    const at = lines.findIndex((line) => line.startsWith(`${variable}:`))
    if (at < 0) return lines
    const map = [`${variable}s:`, `  amd64: ${amd64}`, ...rows]
    return [
      ...lines.slice(0, at),
      ...map,
      `${variable}: "{{ ${variable}s[image_arch] }}"`,
      ...lines.slice(at + 1),
    ]
  })
  return missing
}

function othersOf({ architectures }: Audited): readonly Architecture[] {
  return architectures.filter((each) => each !== 'amd64')
}

/** Behind the last line of a top-level value; blank lines and comments at its end belong to what follows. */
function endOfValue(lines: readonly string[], start: number): number {
  let end = start + 1
  for (let at = start + 1; at < lines.length && !/^\S/.test(lines[at] ?? ''); at++)
    if (lines[at]?.trim() !== '') end = at + 1
  return end
}

function versionOf(name: string, raw: PlainValue, source: Audited): string | undefined {
  if (!(raw instanceof Map)) return undefined
  return renderedOn(source, { name: `version ${name}`, value: (raw as PlainMap).get('version') }, 'amd64')
}

interface Unknown {
  readonly raw: PlainValue
  readonly version: string | undefined
  readonly variable: string
  readonly source: Audited
}

function unknown(
  subject: string,
  architecture: Architecture,
  { raw, version, variable, source }: Unknown,
): string {
  const address = renderedOn(
    source,
    { name: `url of ${subject}`, value: (raw as PlainMap).get('url') },
    architecture,
  )
  const where =
    address === undefined ? '' : ` Once there is a build, \`curl -fsSL ${address} | sha256sum\` tells it.`
  return `Upstream never had a checksum of \`${subject}\` ${version ?? ''} for ${architecture}, so \`${variable}\` says \`0\` there.${where}`
}
