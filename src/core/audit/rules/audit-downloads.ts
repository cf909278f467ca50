import { optional } from '../../model/defined.ts'
import { winning } from '../../catalogue/definitions.ts'
import { firstVariable, renderEntry } from '../../catalogue/download-entries.ts'
import type { Architecture } from '../../model/architecture.ts'
import { enumerated } from '../../text/enumerated.ts'
import type { PlainMap } from '../../yaml/values/plain-value.ts'
import type { Audited } from '../audited.ts'
import {
  downloadsOf,
  imageOf,
  stateOn,
  type Download,
  type DownloadState,
  type Trouble,
} from '../download-state.ts'
import type { FindingCode, Found, Severity } from '../finding.ts'
import { lineOfEntry } from '../line-of.ts'

/** What is downloaded, judged for each architecture: its address, its checksum, its image's name. */
export function auditDownloads(source: Audited): readonly Found[] {
  return downloadsOf(source).flatMap((download) => {
    const states = source.architectures.map((architecture) => stateOn(download, source, architecture))
    const told = states.flatMap((state) =>
      state.troubles.flatMap((trouble) => {
        const weight = weightOf(trouble, state)
        return weight ? [{ trouble, state, weight, key: keyOf(trouble, state, weight) }] : []
      }),
    )
    // What is the same on several architectures is said once, of all of them.
    return [...new Set(told.map(({ key }) => key))].flatMap((key) => {
      const group = told.filter((each) => each.key === key)
      const [first] = group
      if (!first) return []
      const on = group.map(({ state }) => state.architecture)
      return [
        { severity: first.weight, subject: download.name, architectures: on, ...say(first, on, source) },
      ]
    })
  })
}

interface Told {
  readonly trouble: Trouble
  readonly state: DownloadState
  readonly weight: Severity
  readonly key: string
}

/** How much a trouble counts; `undefined` where it is in nobody's way. */
function weightOf(trouble: Trouble, { download, enabled, isFile }: DownloadState): Severity | undefined {
  switch (trouble.kind) {
    // What stops the whole play counts even where the component is off: `downloads` is rendered in one piece.
    case 'missing':
      return 'error'
    case 'zero':
      if (!enabled) return undefined
      return isOnlyFor(download, 'etcd') ? 'warning' : 'error'
    case 'single':
      return enabled ? 'error' : 'notice'
    case 'shared':
      return enabled ? 'error' : undefined
    case 'written':
      if (enabled) return 'error'
      return isFile ? 'notice' : undefined
  }
}

function keyOf(trouble: Trouble, { architecture }: DownloadState, weight: Severity): string {
  switch (trouble.kind) {
    case 'missing':
      return `missing ${withoutRow(trouble.what, architecture)}`
    case 'shared':
      return `shared ${trouble.shared.digest}`
    default:
      return `${trouble.kind} ${weight}`
  }
}

function withoutRow(what: string, architecture: Architecture): string {
  return what.replace(`['${architecture}']`, '[…]')
}

type Said = Pick<Found, 'code' | 'file' | 'line' | 'message' | 'facts' | 'fix'>

function say(told: Told, on: readonly Architecture[], source: Audited): Said {
  const { trouble, state } = told
  switch (trouble.kind) {
    case 'missing':
      return sayMissing(trouble, state, { on, source })
    case 'zero':
      return sayZero(state, on, source)
    case 'single':
      return saySingle(trouble, state, { on, source })
    case 'shared':
      return sayShared(trouble, state, { on, source })
    case 'written':
      return state.isFile
        ? sayAddress(trouble, state, { on, source })
        : sayImage(trouble, state, { on, source })
  }
}

interface Where {
  readonly on: readonly Architecture[]
  readonly source: Audited
}

const MISSING: Readonly<Record<string, FindingCode>> = {
  'no-minor': 'missing-version',
  unrenderable: 'undefined-variable',
}

function sayMissing(
  { fault, what }: Extract<Trouble, { kind: 'missing' }>,
  { download, architecture, enabled }: DownloadState,
  { on, source }: Where,
): Said {
  const { name, raw, checksums } = download
  const asked = on.length > 1 ? withoutRow(what, architecture) : what
  const code = MISSING[fault] ?? 'missing-checksum'
  if (code !== 'missing-checksum')
    return {
      code,
      ...placeOf(undefined, download, source),
      facts: { kind: 'nothing-defines', component: name, what: asked, on, enabled },
    }
  const why = enabled
    ? `\`${name}\` cannot be downloaded there.`
    : `\`${name}\` is switched off, but Ansible renders all downloads in one piece, so this stops the play.`
  // A version that no architecture has is a version to choose, and no row to add.
  const isForAmd64 =
    renderEntry(source.variables, [name, raw], { architecture: 'amd64' }).missing === undefined
  const isRow = checksums !== undefined && what.startsWith(`${checksums}[`)
  return {
    code,
    ...placeOf(checksums, download, source),
    message: `There is no \`${asked}\` for nodes of ${enumerated(on)}: ${why} Choose a version that has one, or add it.`,
    ...optional(isRow && isForAmd64, () => ({ fix: 'checksums-per-architecture' })),
  }
}

function sayZero({ download }: DownloadState, on: readonly Architecture[], source: Audited): Said {
  const { name, checksums } = download
  const fails = isOnlyFor(download, 'etcd') ? 'so none of them can run etcd' : 'and the download fails there'
  return {
    code: 'missing-checksum',
    ...placeOf(checksums, download, source),
    message: `\`${checksums ?? ''}\` says \`0\` for nodes of ${enumerated(on)}: there is no build of \`${name}\` for them, or nobody knows its checksum, ${fails}.`,
  }
}

function saySingle(
  { isOneAddress }: Extract<Trouble, { kind: 'single' }>,
  { download, enabled }: DownloadState,
  { on, source }: Where,
): Said {
  const when = isOneAddress ? 'once its address is right, ' : ''
  return {
    code: 'single-checksum',
    ...placeOf(download.checksums, download, source),
    message: `\`${download.checksums ?? ''}\` makes no difference between architectures: ${when}the download of \`${download.name}\` fails on nodes of ${enumerated(on)}, whose build is another file.${unused(download, enabled)} It needs a checksum for each architecture.`,
    fix: 'checksums-per-architecture',
  }
}

function sayShared(
  { shared }: Extract<Trouble, { kind: 'shared' }>,
  { download }: DownloadState,
  { on, source }: Where,
): Said {
  const both = [...new Set([...on, ...shared.with])]
  return {
    code: 'shared-checksum',
    ...placeOf(shared.variable, download, source),
    facts: { kind: 'shared-checksum', component: download.name, on, both, shared },
  }
}

function sayAddress(
  { word }: Extract<Trouble, { kind: 'written' }>,
  { download, enabled }: DownloadState,
  { on, source }: Where,
): Said {
  const variable = firstVariable(download.fields.get('url'), /_url$/, source.definitions)
  const what = variable === undefined ? `The address of \`${download.name}\`` : `\`${variable}\``
  return {
    code: 'architecture-in-url',
    ...placeOf(variable, download, source),
    message: `${what} has ${word.word} written out, so nodes of ${enumerated(on)} would get the ${word.architecture} build of \`${download.name}\`.${unused(download, enabled)} Write \`{{ image_arch }}\` in its place.`,
    fix: 'architecture-in-urls',
  }
}

function sayImage(
  { word }: Extract<Trouble, { kind: 'written' }>,
  { download, architecture }: DownloadState,
  { on, source }: Where,
): Said {
  const variable = firstVariable(download.fields.get('repo'), /_repo$/, source.definitions)
  return {
    code: 'architecture-in-image',
    ...placeOf(variable, download, source),
    message: `The image of \`${download.name}\` is \`${imageOf(download, source, architecture) ?? ''}\` on every node, so it cannot run on nodes of ${enumerated(on)}. Write \`{{ image_arch }}\` for ${word.word}, or take an image with a manifest list.`,
    fix: 'architecture-in-urls',
  }
}

/** Whether a download is for the nodes of one group alone; a node of another architecture need not be among them. */
export function isOnlyFor({ fields }: { readonly fields: PlainMap }, group: string): boolean {
  const groups = fields.get('groups')
  return Array.isArray(groups) && groups.length === 1 && groups[0] === group
}

function placeOf(
  variable: string | undefined,
  { name }: Download,
  source: Audited,
): Pick<Found, 'file' | 'line'> {
  const definition = variable === undefined ? undefined : winning(source.definitions, variable)
  if (definition) return { file: definition.path, line: definition.line }
  const downloads = winning(source.definitions, 'downloads')
  const file = downloads?.path ?? ''
  return { file, line: lineOfEntry(source.text(file) ?? '', 'downloads', name) ?? downloads?.line ?? 1 }
}

function unused({ name }: Download, enabled: boolean): string {
  return enabled
    ? ''
    : ` Nothing uses it with these settings; it counts once \`${name}\` is installed from a file.`
}
