import { isTelling } from '../../text/line-weight.ts'
import type { ChangedLine, ReadFile } from './changed-runs.ts'
import { tallied } from './counts.ts'
import { isDistinct, placeTold, type GroupState, type Stands } from './group-state.ts'
import { formOf, settingsOf } from './form-of.ts'
import type { ToldLine } from './told-lines.ts'

/** Places the telling lines that the fork removes: they are gone from the result, or the report says why they stand there. */
export function placeRemoved(state: GroupState): void {
  const { group, counts, fork, moves, places, told } = state
  const successors = new Successors(state)
  for (const line of fork.flatMap(({ removed }) => removed)) {
    if (!isDistinct(state, line)) continue
    const { text } = line
    const next = moves.has(text) ? undefined : successors.standing(line)
    if (next) state.standing.set(line, next)
    // An earlier patch may have had upstream's form of it, and a later one takes that away.
    const take = (one: string): ToldLine | undefined => told.take('removed', one, group.paths)
    if (next || comesBack(state, text) > 0) placeTold(state, line, take(text) ?? (next && take(next.text)))
    else places.set(line, { at: counts.release.of(text) > counts.result.of(text) ? 'result' : 'release' })
  }
  followRuns(state)
}

/**
 * Where upstream has its own form of what the fork removes, the report names the change by the lines that it can tell. A value of upstream's beside the fork's own is nobody's wish.
 */
function followRuns(state: GroupState): void {
  const { fork, places, standing } = state
  for (const { added, removed } of fork) {
    const open = removed.filter((line) => {
      const stands = standing.get(line)
      if (places.has(line)) return false
      return stands !== undefined && !stands.besideOwn
    })
    const told = [...added, ...removed]
      .map((line) => places.get(line))
      .find((place) => place?.at === 'left-out' || place?.at === 'open')
    if (told) for (const line of open) places.set(line, told)
  }
}

/** How many copies of a telling line that the fork removes stand in the result, beyond the one that it only moved. */
export function comesBack({ counts, moves }: GroupState, text: string): number {
  return Math.max(0, counts.result.of(text) - (moves.get(text) ?? 0))
}

/** What upstream made of a line that the fork removes: the same words respelt, or the same key with another value. */
class Successors {
  readonly #next = new Map<string, ChangedLine>()
  /** The same where only the run has one of that key: such a line counts right beside the fork's own. */
  readonly #near = new Map<string, ChangedLine>()
  readonly #state: GroupState
  readonly #gone: ReadonlyMap<string, number>
  constructor(state: GroupState) {
    this.#state = state
    this.#gone = tallied(state.carried.flatMap((run) => run.removed))
    const { base, release } = state.group
    const [inBase, inRelease] = [settingsIn(base), settingsIn(release)]
    const isOne = (name: string): boolean =>
      name.startsWith('form ') || (inBase.get(name) === 1 && inRelease.get(name) === 1)
    for (const { removed, added } of state.upstream) {
      const [was, is] = [onlyOnes(removed), onlyOnes(added)]
      for (const [name, line] of was) {
        const found = is.get(name)
        if (!line || !found) continue
        this.#near.set(placeOf(line), found)
        if (isOne(name)) this.#next.set(placeOf(line), found)
      }
    }
  }

  /**
   * What stands there in the line's place, if it should not: upstream's form of what the fork takes away, or upstream's value beside
   * the fork's own.
   */
  standing(line: ChangedLine): Stands | undefined {
    const { counts, places } = this.#state
    const known = this.#next.get(placeOf(line))
    const next = known ?? this.#near.get(placeOf(line))
    if (!next || !isTelling(line.text)) return undefined
    if (counts.head.of(next.text) > 0 || this.#gone.has(next.text)) return undefined
    const names = new Set(namesOf(line.text))
    const own = line.run.added.find(({ text }) => namesOf(text).some((name) => names.has(name)))
    const place = own && places.get(own)
    if (own && place?.at !== 'result') return undefined
    if (!known && !(place && 'line' in place && this.#isBeside(next.text, place))) return undefined
    return { text: next.text, besideOwn: own !== undefined }
  }

  #isBeside(text: string, { file, line = 0 }: { readonly file?: string; readonly line?: number }): boolean {
    const lines = this.#state.group.result.find(({ path }) => path === file)?.lines ?? []
    return [line - 3, line - 2, line, line + 1].some((at) => lines[at] === text)
  }
}

/** How often each setting stands in some files: what is set once is the same setting wherever it stands. */
function settingsIn(files: readonly ReadFile[]): ReadonlyMap<string, number> {
  return tallied(files.flatMap(({ lines }) => lines.flatMap(settingsOf)).map((text) => ({ text })))
}

/** The lines of which a run has only one of their name. */
function onlyOnes(lines: readonly ChangedLine[]): ReadonlyMap<string, ChangedLine | undefined> {
  const found = new Map<string, ChangedLine | undefined>()
  for (const line of lines)
    for (const name of namesOf(line.text)) found.set(name, found.has(name) ? undefined : line)
  return found
}

function placeOf({ file, line }: ChangedLine): string {
  return `${file}\0${line}`
}

function namesOf(text: string): readonly string[] {
  return [`form ${formOf(text)}`, ...settingsOf(text)]
}
