import {
  isMoved,
  moveGitmodulesBranch,
  movePins as movePinsIn,
  namesOtherBranch,
} from '../../core/layout/move-pins.ts'
import type { Gitlink, Layout, Pin } from '../../core/layout/layout.ts'
import { moveBase } from '../../core/layout/move-base.ts'
import { CONFIG_PATH } from '../../core/config/config-path.ts'
import { pinsOf, toldPins } from '../../core/layout/pins-of.ts'
import type { RepositoryView } from '../../core/layout/repository-view.ts'
import type { LeftPin, MovedPin } from '../../core/layout/moved-pin.ts'
import { blobOid, short, type Oid } from '../../core/model/oid.ts'
import { releaseBranch, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { Entry, Tree } from '../../core/model/tree.ts'
import { encodeText } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { readTexts } from './read-texts.ts'
import type { Move, NamedRelease } from './standing.ts'

interface PinsQuestion {
  readonly layout: Layout
  /** The release that the pins name now. */
  readonly from: ReleaseTag
  readonly to: NamedRelease
  /** `leave`: files of workflows may not be written. */
  readonly workflows: 'carry' | 'leave'
  /** Whose `base` in the settings it is, where there are several clusters. */
  readonly cluster?: string | undefined
}

/** What moving the pins of a layout changes in the repository's tree. */
interface PinChanges extends Pick<Move, 'pins' | 'left' | 'newBlobs'> {
  readonly changes: ReadonlyMap<string, Entry>
}

/** Moves every pin of a layout to a release, each in the form in which it is written: its own bytes and no others. */
export async function movePins(
  store: Pick<ObjectReader, 'readBlobs'>,
  repository: Tree,
  { layout, from, to, workflows, cluster }: PinsQuestion,
): Promise<PinChanges> {
  const link = layout.kind === 'submodule' ? layout.gitlink : undefined
  const all = pinsOf(layout)
  const files = [...new Set([...all.map(({ file }) => file), ...(link?.branch ? [link.branch.file] : [])])]
  const { texts } = await readTexts(store, repository, [...files, CONFIG_PATH])
  const found: Found = { pins: [], left: [], changes: new Map(), newBlobs: new Map() }
  if (link) moveGitlink(link, to, found)
  const settings = texts.get(CONFIG_PATH)
  if (settings !== undefined) moveSettings(settings, repository, { from, to, cluster }, found)
  for (const file of files) {
    const text = texts.get(file)
    if (text === undefined) continue
    const pins = all.filter((pin) => pin.file === file)
    const branch =
      link?.branch?.file === file ? moveBranch(text, link, { layout, from, to: to.tag }, found) : text
    const next = moveIn({ file, text: branch, pins }, { to, workflows }, found)
    if (next !== text) put(found, repository, file, next)
  }
  for (const { file, line, value, only, says } of toldPins(layout, from))
    found.left.push({
      file,
      line,
      from: value,
      to: says.kind === 'branch' ? releaseBranch(to.tag) : to.tag,
      why: only ?? 'readme',
    })
  return found
}

/** The changes of files that are seen: whoever edits such a file goes on from there. */
export function seenOf(changes: PinChanges['changes'], { own }: RepositoryView): PinChanges['changes'] {
  return new Map([...changes].filter(([path]) => own.has(path)))
}

/** Those of files that nobody sees and nobody else changes. */
export function hiddenOf(changes: PinChanges['changes'], { own }: RepositoryView): PinChanges['changes'] {
  return new Map([...changes].filter(([path]) => !own.has(path)))
}

interface Found extends PinChanges {
  readonly pins: MovedPin[]
  readonly left: LeftPin[]
  readonly changes: Map<string, Entry>
  readonly newBlobs: Map<Oid, Uint8Array>
}

interface FileWithPins {
  readonly file: string
  readonly text: string
  readonly pins: readonly Pin[]
}

/** The text with its pins moved; one that cannot be moved whole stays as it is, and is named with the reason. */
function moveIn(
  { file, text, pins }: FileWithPins,
  { to, workflows }: Pick<PinsQuestion, 'to' | 'workflows'>,
  { pins: moved, left }: Found,
): string {
  const stays = (pin: Pin, why: LeftPin['why']): number =>
    left.push({ file, line: pin.line, from: pin.value, to: valueAt(text, pin, to), why })
  for (const pin of pins) if (!isMoved(pin) && pin.only !== undefined) stays(pin, pin.only)
  const movable = pins.filter(isMoved)
  if (workflows === 'leave' && file.startsWith('.github/workflows/')) {
    for (const pin of movable) stays(pin, 'workflow')
    return text
  }
  const whole = movable.filter(({ digest }) => digest === undefined)
  for (const pin of movable) if (pin.digest) stays(pin, 'digest')
  const result = movePinsIn(text, whole, { release: to.tag, commit: to.commit })
  if (result.kind !== 'moved')
    throw new Error(`${file}:${result.pin.line} was not moved: no ${result.missing}`)
  for (const pin of whole) moved.push({ file, line: pin.line, from: pin.value, to: valueAt(text, pin, to) })
  return result.text
}

/** What a pin says after it was moved, by moving it. */
function valueAt(text: string, pin: Pin, to: NamedRelease): string {
  const { digest: _, comment: __, only: ___, ...alone } = pin
  const result = movePinsIn(text, [alone], { release: to.tag, commit: to.commit })
  if (result.kind !== 'moved') return to.tag
  return result.text.slice(pin.start, result.text.length - (text.length - pin.end))
}

/** The branch that `.gitmodules` names goes along where it was in step; where it is upstream's and another release's it is told. */
function moveBranch(
  text: string,
  link: Gitlink,
  { layout, from, to }: Pick<PinsQuestion, 'layout' | 'from'> & { readonly to: ReleaseTag },
  { pins, left }: Found,
): string {
  const { file = '', line = 0, value = '' } = link.branch ?? {}
  const moved = moveGitmodulesBranch(text, link, { from, to })
  if (moved !== text) pins.push({ file, line, from: value, to: releaseBranch(to) })
  const isUpstreams = layout.kind === 'submodule' && layout.fork === undefined
  if (isUpstreams && namesOtherBranch(link, { from, to }))
    left.push({ file, line, from: value, to: releaseBranch(to), why: 'branch' })
  return moved
}

/** `base` of the settings names the release as well, wherever it stands, and would contradict the pins from here on. */
function moveSettings(
  text: string,
  repository: Tree,
  { from, to, cluster }: Pick<PinsQuestion, 'from' | 'to' | 'cluster'>,
  found: Found,
): void {
  const moved = moveBase(text, to.tag, cluster)
  if (!moved) return
  put(found, repository, CONFIG_PATH, moved.text)
  found.pins.push({ file: CONFIG_PATH, line: moved.line, from, to: to.tag })
}

function moveGitlink({ path, commit }: Gitlink, { tag, commit: to }: NamedRelease, found: Found): void {
  found.changes.set(path, { mode: '160000', oid: to })
  found.pins.push({ file: path, from: short(commit), to: `${short(to)} (${tag})` })
}

function put({ changes, newBlobs }: Found, repository: Tree, path: string, text: string): void {
  const bytes = encodeText(text)
  const oid = blobOid(bytes)
  changes.set(path, { mode: repository.get(path)?.mode ?? '100644', oid })
  newBlobs.set(oid, bytes)
}
