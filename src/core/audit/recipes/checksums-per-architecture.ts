import { addAllTo } from '../../model/collections/grouped.ts'
import { winning } from '../../catalogue/definitions.ts'
import { checksumVariable, downloadEntries } from '../../catalogue/download-entries.ts'
import { printed } from '../../catalogue/jinja/value.ts'
import type { Architecture } from '../../model/architecture.ts'
import { bareVersion } from '../../model/release-tag.ts'
import type { PlainMap, PlainValue } from '../../yaml/values/plain-value.ts'
import { renderedOn, type Audited } from '../audited.ts'
import { auditDownloads } from '../rules/audit-downloads.ts'
import type { Found } from '../finding.ts'
import { checksumRows, endOfValue, withRows } from './checksum-rows.ts'
import type { KnownChecksums } from './known-checksums.ts'
import { Draft, type RecipeResult, type Recipe, type RecipeJob } from './recipe.ts'

/**
 * Turns one checksum for all architectures into a map from architectures, in upstream's own form, so that the release that
 * does the same makes it needless, and adds the architectures that such a map lacks. It only writes checksums that some release has; where none does it writes `0`, upstream's
 * way of saying that none is known, and the download fails there instead of going unchecked.
 */
export const checksumsPerArchitecture: Recipe = {
  name: 'checksums-per-architecture',
  title: 'Check downloads by a checksum for each architecture',
  intent:
    'Checksums were those of the builds for amd64 alone, or not for all architectures of this cluster, so downloads failed on the other nodes unless the check was switched off. The checksums of other architectures come from later releases of Kubespray; a 0 says that no release knows one.',
  look: auditDownloads,
  apply: (job) => edit(job),
}

function edit({ source, findings, checksums }: RecipeJob): RecipeResult {
  const draft = new Draft((path) => source.text(path))
  const notes: string[] = []
  const done = new Set<string>()
  const lacking = lackingBySubject(findings)
  for (const { subject } of findings) {
    const raw = downloadEntries(source.definitions).get(subject)
    const variable = checksumVariable([subject, raw], source.definitions)
    const definition = variable === undefined ? undefined : winning(source.definitions, variable)
    if (!definition || variable === undefined || done.has(variable)) continue
    done.add(variable)
    const version = versionOf(subject, raw, source)
    const single: Single = { variable, path: definition.path, value: definition.value, version }
    const missing = mend(draft, single, { source, checksums, lacking: lacking.get(subject) ?? [] })
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

/** The architectures that a map is there for, and has nothing of. */
function lackingBySubject(findings: readonly Found[]): ReadonlyMap<string, readonly Architecture[]> {
  const lacking = new Map<string, Architecture[]>()
  for (const { code, subject, architectures } of findings) {
    if (code === 'missing-checksum') addAllTo(lacking, subject, architectures)
  }
  return lacking
}

/** Says for which architectures nobody knows the checksum. */
function mend(
  draft: Draft,
  single: Single,
  { lacking, ...stock }: Stock & { readonly lacking: readonly Architecture[] },
): readonly Architecture[] {
  const { variable, path, value, version } = single
  if (!(value instanceof Map)) return widenScalar(draft, single, stock)
  if (lacking.length === 0) return widenMap(draft, single, stock)
  const map = { variable, version, value: value as PlainMap, architectures: lacking }
  const added = checksumRows({ ...map, checksums: stock.checksums })
  for (const each of added) draft.change(path, (lines) => withRows(lines, variable, each))
  return added.filter(({ isUnknown }) => isUnknown).map(({ architecture }) => architecture)
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
