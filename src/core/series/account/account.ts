import type { Oid } from '../../model/oid.ts'
import type { FileOutcome } from '../../model/verdict.ts'
import type { CarriedPatch } from '../carried-series.ts'
import type { OwnFileRemark } from '../own-file-remark.ts'
import type { LeftOut } from '../series.ts'
import { isSettled } from './dropped-lines.ts'
import { blobsToRead, FileReader, groupPaths, type AccountedTrees } from './accounted-trees.ts'
import type { ChangedLine } from './changed-runs.ts'
import { keyOf } from './form-of.ts'
import { isDistinct, openGroup, type FileGroup, type GroupState } from './group-state.ts'
import { LinePool } from './line-pool.ts'
import type { Place, PlacedLine, UnplacedLine } from './place.ts'
import { placeFound, placeNear, placeRest } from './place-found.ts'
import { placeRemoved } from './place-removed.ts'
import { settleCommon, type CommonFaults } from './settle-common.ts'
import { surplusOf } from './surplus-of.ts'
import { blobsOfTold, toldBy } from './told-by.ts'
import { ToldLines } from './told-lines.ts'
import { EMPTY_FILE, wholeChanges, type WholeChange } from './whole-changes.ts'

/** What an account is made of: four trees, and what the report says. */
export interface AccountRequest extends AccountedTrees {
  /** Own commits that are not carried, and why. */
  readonly leftOut: readonly LeftOut[]
}

/** Where every line that a fork adds or removes has come to. */
export interface Account {
  readonly lines: readonly PlacedLine[]
  /** What is wrong with the result, as far as lines tell. */
  readonly unplaced: readonly UnplacedLine[]
  /** Texts that stand in many places and of which more than one number would be right: one too many or too few may go unseen. */
  readonly ambiguous: ReadonlySet<string>
}

/** An account as it is told: sums, what is wrong, and what a person should know of own files. */
export interface SeriesAccount {
  readonly sums: AccountSums
  readonly unplaced: readonly UnplacedLine[]
  readonly remarks: readonly OwnFileRemark[]
}

/** How many of an account's lines are where. */
export interface AccountSums {
  readonly lines: number
  readonly carried: number
  readonly upstream: number
  readonly leftOut: number
  readonly open: number
  readonly unaccounted: number
  /** Of those carried or upstream: written otherwise. */
  readonly inAnotherForm: number
}

/** The blobs to read for an account. */
export function blobsForAccount(request: AccountRequest): readonly Oid[] {
  return [...new Set([...blobsToRead(request), ...blobsOfTold(request)])]
}

/**
 * Holds a carried series to account: compares what the fork did to its base with what stands in the result, whatever merging says of
 * itself. Only where a line is neither there nor in the release it asks what the report names.
 */
export function accountFor(request: AccountRequest, blobs: ReadonlyMap<Oid, Uint8Array>): Account {
  const reader = new FileReader(blobs)
  const told = new ToldLines(toldBy(request, reader))
  const explained = explainedPaths(request)
  const groups = groupPaths(request).map((paths) => {
    const group = reader.group(paths, request)
    return openGroup({ ...group, isExplained: paths.some((path) => explained.has(path)) }, told)
  })
  const open = new Map(groups.map((state) => [state, placeNear(state)]))
  placeElsewhere(open)
  for (const [state, lines] of open)
    placeRest(
      state,
      lines.filter((line) => !state.places.has(line)),
    )
  for (const state of groups) placeRemoved(state)
  const whole = groups.flatMap(({ group }) =>
    wholeChanges([...group.paths], request, reader).map((change) => placeWhole(change, group, request)),
  )
  const faults = new Map(
    groups.map((state) => {
      const tooMany = surplusOf(state)
      const common = settleCommon(state, tooMany)
      return [state, { ...common, twice: [...tooMany, ...common.twice] }]
    }),
  )
  const lines = [...groups.flatMap((state) => placedIn(state, takenBy(request.patches))), ...whole]
  const unplaced = groups.flatMap((state) => unplacedIn(state, faults.get(state)))
  return {
    lines,
    unplaced: [...unplaced, ...whole.flatMap(unplacedWhole)],
    ambiguous: new Set([...faults.values()].flatMap(({ ambiguous }) => ambiguous)),
  }
}

/** The sums of an account. */
export function sumsOf({ lines, unplaced }: Pick<Account, 'lines' | 'unplaced'>): AccountSums {
  const count = (at: Place['at']): number => lines.filter(({ place }) => place.at === at).length
  const forms = lines.filter(({ place }) => 'form' in place && place.form !== undefined)
  return {
    lines: lines.length,
    carried: count('result'),
    upstream: count('release'),
    leftOut: count('left-out'),
    open: count('open'),
    unaccounted: unplaced.length,
    inAnotherForm: forms.length,
  }
}

/**
 * Files in which more than the fork's lines may be new: recipes made them anew, a person wrote what settles a conflict, or they are
 * wholly the fork's.
 */
function explainedPaths({ patches, head, result }: AccountRequest): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const { remade, files, patch } of patches) {
    for (const { path, to, reasons } of files) if (remade || isSettled(reasons)) paths.add(path).add(to)
    if (remade) for (const { path } of patch.changes) paths.add(path)
  }
  for (const [path, entry] of result) {
    const own = head.get(path)
    if (own && own.oid === entry.oid && own.mode === entry.mode) paths.add(path)
  }
  return paths
}

/** Blocks go along to where upstream moved them: what one file lacks may be what another has too much. */
function placeElsewhere(open: ReadonlyMap<GroupState, readonly ChangedLine[]>): void {
  if (![...open.values()].some((lines) => lines.length > 0)) return
  const owners = new Map<ChangedLine, GroupState>()
  for (const state of open.keys()) for (const line of surplusOf(state)) owners.set(line, state)
  if (owners.size === 0) return
  const pool = new LinePool([...owners.keys()], () => Infinity)
  for (const closeness of ['text', 'form'] as const) {
    for (const [state, lines] of open) {
      for (const line of lines) {
        if (state.places.has(line)) continue
        const found = pool.take(line, closeness)
        if (found && owners.get(found)?.pool.takeThis(found)) placeFound(state, line, 'result', found)
      }
    }
  }
}

function placedIn({ fork, places }: GroupState, taken: ReadonlyMap<string, Oid>): readonly PlacedLine[] {
  const placed = (side: PlacedLine['side'], line: ChangedLine): PlacedLine => {
    const { file, text } = line
    const place = places.get(line) ?? { at: 'nowhere' as const }
    const by = place.at === 'release' ? taken.get(file) : undefined
    return {
      side,
      file,
      line: line.line,
      text,
      place: by && place.at === 'release' ? { ...place, by } : place,
    }
  }
  return fork.flatMap(({ added, removed }) => [
    ...removed.map((line) => placed('removed', line)),
    ...added.map((line) => placed('added', line)),
  ])
}

/** The upstream commit that took what a patch did to a file. */
function takenBy(patches: readonly CarriedPatch[]): ReadonlyMap<string, Oid> {
  const taken = new Map<string, Oid>()
  for (const { files } of patches)
    for (const { path, verdict, upstream } of files)
      if (verdict === 'upstreamed' && upstream[0]) taken.set(path, upstream[0])
  return taken
}

function placeWhole(
  { file, text, inResult, inRelease }: WholeChange,
  { paths }: FileGroup,
  { patches }: AccountRequest,
): PlacedLine {
  const line = { side: 'added' as const, file, line: 1, text }
  if (inResult) return { ...line, place: { at: inRelease ? 'release' : 'result' } }
  for (const { patch, files } of patches.toReversed()) {
    const found = files.find(({ path, to }) => paths.has(path) || paths.has(to))
    if (found?.verdict === 'conflict') return { ...line, place: { at: 'open', patch: patch.title } }
    if (found && isSettled(found.reasons))
      return { ...line, place: { at: 'left-out', why: 'settled', patch: patch.title } }
    if (found && tells(found, text))
      return { ...line, place: { at: 'left-out', why: 'gone', patch: patch.title } }
  }
  return { ...line, place: { at: 'nowhere' } }
}

/**
 * Whether what is said of a file says what became of such a change: that it is gone, and of a name what came instead. That upstream has
 * the lines says nothing of a mode or of line ends; but of an empty file, and of the end of the last line, which its form of the patch decides.
 */
function tells({ verdict, reasons }: FileOutcome, text: string): boolean {
  if (verdict === 'obsolete') return true
  if (text.startsWith('(renamed')) return reasons.some(({ code }) => code === 'other-name')
  const isSmall = text === EMPTY_FILE || text.endsWith('end of the last line)')
  return isSmall && (verdict === 'upstreamed' || verdict === 'adapted')
}

/** What is wrong: telling lines without a place, and the common ones that share their lot. */
function unplacedIn(state: GroupState, faults: CommonFaults = NO_FAULTS): readonly UnplacedLine[] {
  const { fork, places, group, standing, counts, moves } = state
  const isOpen = (line: ChangedLine): boolean => isDistinct(state, line) && !places.has(line)
  const isUnmoved = (text: string): boolean =>
    moves.has(text) && counts.result.of(text) >= counts.head.of(text)
  const back = [...fork.flatMap(({ removed }) => removed.filter(isOpen)), ...faults.back]
  const lost = [...fork.flatMap(({ added }) => added.filter(isOpen)), ...faults.lost, ...goneSettings(state)]
  return [
    ...inOrder(back).map((line) => backAt(standing.get(line)?.text ?? line.text, line, group)),
    ...inOrder(lost).map(({ file, line, text }) => {
      const kind = isUnmoved(text) ? ('moved' as const) : ('lost' as const)
      return { kind, file, line, text }
    }),
    ...surplusIn(state, inOrder(faults.twice)),
  ]
}

/**
 * Lines that are said to be left out because upstream has its own form of them, whose settings the release has, the fork has, and the
 * result has not.
 */
function goneSettings({ fork, places, group }: GroupState): readonly ChangedLine[] {
  const open = fork.flatMap(({ added }) =>
    added.filter((line) => {
      const place = places.get(line)
      return place?.at === 'left-out' && IN_ITS_FORM.has(place.why) && keyOf(line.text) !== undefined
    }),
  )
  if (open.length === 0) return []
  const keysOf = (files: FileGroup['release']): ReadonlySet<string | undefined> =>
    new Set(files.flatMap(({ lines }) => lines.map(keyOf)))
  const [release, result] = [keysOf(group.release), keysOf(group.result)]
  return open.filter(({ text }) => release.has(keyOf(text)) && !result.has(keyOf(text)))
}

/** Left out for what upstream has in its place. */
const IN_ITS_FORM: ReadonlySet<string> = new Set(['form', 'reviewed', 'lowered', 'undone'])

const NO_FAULTS: CommonFaults = { lost: [], back: [], twice: [], ambiguous: [] }

function inOrder(lines: readonly ChangedLine[]): readonly ChangedLine[] {
  return lines.toSorted((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line)
}

/** Where a line stands that should be gone. */
function backAt(text: string, { file, line }: ChangedLine, { result }: FileGroup): UnplacedLine {
  for (const { path, lines } of result) {
    const at = lines.indexOf(text)
    if (at >= 0) return { kind: 'back', file: path, line: at + 1, text }
  }
  return { kind: 'back', file, line, text }
}

function unplacedWhole({ file, line, text, place }: PlacedLine): readonly UnplacedLine[] {
  return place.at === 'nowhere' ? [{ kind: 'lost', file, line, text }] : []
}

function surplusIn(state: GroupState, lines: readonly ChangedLine[]): readonly UnplacedLine[] {
  const { group, counts, told } = state
  // What a later patch would take away stands on while that patch waits for a person.
  const waiting = new Set(lines.filter(({ text }) => told.takeOpen('removed', text, group.paths)))
  return lines.flatMap((line): UnplacedLine[] => {
    if (waiting.has(line) || (!isDistinct(state, line) && standsWith(line, lines, waiting))) return []
    const { file, text } = line
    const isKnown = counts.head.of(text) > 0 || counts.release.of(text) > 0
    return [{ kind: isKnown ? 'twice' : 'stray', file, line: line.line, text }]
  })
}

/** Whether a common line stands right by one of these, with nothing but such lines between: it is a part of the same block. */
function standsWith(
  { file, line }: ChangedLine,
  lines: readonly ChangedLine[],
  waiting: ReadonlySet<ChangedLine>,
): boolean {
  const at = new Map(lines.filter((each) => each.file === file).map((each) => [each.line, each]))
  return [-1, 1].some((by) => {
    let next = at.get(line + by)
    while (next && !waiting.has(next)) next = at.get(next.line + by)
    return next !== undefined
  })
}
