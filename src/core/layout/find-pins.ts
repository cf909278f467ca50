import { optional } from '../model/defined.ts'
import { checkoutsIn, fetchedAt, isCollectionAt, repeatedBeside, versionsBeside } from './versions-beside.ts'
import { findReferences, type Reference } from './find-references.ts'
import type { Pin, TextRange } from './layout.ts'
import { makePin, type FoundBy } from './make-pin.ts'
import { readExpression } from './read-expression.ts'
import { isUpstreamBranch, looksLikeVersion, readVersion } from './read-version.ts'
import { lineAround } from './command-around.ts'
import { isCommentedOut, sourceOf, type TextSource } from './text-source.ts'
import { allCarriers, assignmentsByName, canSee, carriersFor, type Setters } from './carriers-for.ts'

/**
 * Every place in these files where the version of Kubespray is written: beside, or through a variable used beside, something that reaches
 * it. In order of file and line.
 */
export function findPins(texts: ReadonlyMap<string, string>): readonly Pin[] {
  const sources = [...texts].flatMap(([file, text]) => sourceOf(file, text) ?? [])
  const pins = new Map<string, Pin>()
  const setters = assignmentsByName(sources)
  const all = allCarriers(setters)
  for (const source of sources) {
    const carriers = carriersFor(source, all)
    const add = (each: readonly Pin[]): void => each.forEach((pin) => keep(pins, pin))
    for (const reference of findReferences(source.text, carriers)) add(pinsOf(source, reference, setters))
    add(checkedOut(source, setters))
  }
  addRepeated(sources, pins)
  return [...pins.values()].sort((a, b) => compare(a.file, b.file) || a.start - b.start)
}

function pinsOf(source: TextSource, reference: Reference, setters: Setters): readonly Pin[] {
  const { isUpstreams, digest } = reference
  const reaches = isCollectionAt(source.text, reference, source) ? 'collection' : reference.reaches
  const found: FoundBy = { source, reaches, isUpstreams, ...optional(digest, (at) => ({ digest: at })) }
  if (reference.ref) return reaches === 'page' ? [] : pinsAt(found, reference.ref, setters)
  if (reaches === 'page') return []
  if (digest && !reference.ref)
    return [makePin(found, { start: digest.start - 1, end: digest.start - 1 }, { before: ':' })]
  const beside = versionsBeside(source.text, reference, source)
  if (beside.length > 0) return beside.flatMap((range) => pinsAt(found, range, setters))
  const inCode = source.only === 'source-code' ? namedInCode(source, reference, setters) : []
  if (inCode.length > 0) return inCode.map((range) => makePin(found, range))
  if (reaches === 'image')
    return isTold(source, reference) ? [] : [makePin(found, emptyAt(reference.end), { before: ':' })]
  const fetched = fetchedAt(source.text, reference, source)
  if (!fetched || isCommentedOut(source, reference)) return []
  return [makePin(found, emptyAt(fetched.at), { before: fetched.before })]
}

function emptyAt(at: number): TextRange {
  return { start: at, end: at }
}

/** An image without a tag in a sentence, in a comment, or in a value that something is put behind. */
function isTold(source: TextSource, reference: Reference): boolean {
  if (source.only || isCommentedOut(source, reference)) return true
  const behind = source.text.slice(reference.end, reference.end + 2)
  const line = lineAround(source.text, reference)
  const words = source.text.slice(line.start, line.end)
  return /^[:/}]|^['"]?\s*\+/.test(behind) || !/\b(?:FROM|image|docker|podman|nerdctl|run|pull)\b/.test(words)
}

/** A constant of source code in the same statement: `"quay.io/kubespray/kubespray:" + version`. */
function namedInCode(source: TextSource, reference: Reference, setters: Setters): readonly TextRange[] {
  const line = lineAround(source.text, reference)
  const words = source.text.slice(reference.end, line.end).match(/[A-Za-z_]\w*/g) ?? []
  return words.flatMap((name) =>
    (setters.get(name) ?? [])
      .filter((each) => each.source === source && looksLikeVersion(each.assignment.value))
      .map(({ assignment }) => assignment),
  )
}

/** How an expression was come to. */
interface Way {
  /** How many variables stand on it. */
  readonly hops: number
  /** The variables that were followed already, each with its file and how it was come to: what sets one many times names others as often. */
  readonly been: Set<string>
  /** Whether a `v` stands before one of them. */
  readonly isBare: boolean
}

/** What an expression comes to: the place itself, or those that set its variable. */
function pinsAt(
  found: FoundBy,
  range: TextRange,
  setters: Setters,
  way: Way = { hops: 0, been: new Set(), isBare: false },
): readonly Pin[] {
  const { source } = found
  const text = source.text.slice(range.start, range.end)
  const expression = readExpression(text)
  if (expression.kind === 'literal') {
    const isBranch = readVersion(text).kind === 'branch'
    return [makePin(found, range, { isBare: way.isBare && isBranch ? true : undefined })]
  }
  // Worked out by a command: where that names no variable either, whoever uses the variable says its name.
  if (expression.kind === 'other')
    return way.hops > 0
      ? readByCommand(found, range, setters, way)
      : [makePin(found, range, { variable: text })]
  const { name, fallback } = expression
  const isBare = way.isBare || expression.isBare
  const pins: Pin[] = []
  if (fallback) {
    const inner = { start: range.start + fallback.start, end: range.start + fallback.end }
    pins.push(...pinsAt(found, inner, setters, { ...way, isBare }))
  }
  const known = `${source.file} ${name} ${way.hops} ${isBare}`
  if (way.been.has(known)) return []
  way.been.add(known)
  if (way.hops < MOST_HOPS)
    for (const { source: setter, assignment } of setters.get(name) ?? [])
      if (canSee(source, setter, name)) {
        const further = { ...way, hops: way.hops + 1, isBare }
        pins.push(...pinsAt({ ...found, source: setter }, assignment, setters, further))
      }
  const versions = pins.filter(
    ({ says, value }) => says.kind === 'release' || says.kind === 'commit' || isUpstreamBranch(value),
  )
  if (versions.length > 0) return versions
  const [told] = pins.filter(({ says }) => says.kind === 'variable')
  return [told ?? makePin(found, range, { variable: name })]
}

const MOST_HOPS = 3

/** `$(shell grep kubespray_version group_vars/all.yml | …)`: what a command reads is named in it, and is set in some file to a version. */
function readByCommand(found: FoundBy, range: TextRange, setters: Setters, way: Way): readonly Pin[] {
  const { text } = found.source
  const words = text.slice(range.start, lineAround(text, range).end).match(NAMED_IN_COMMAND) ?? []
  return [...new Set(words)].flatMap((name) => {
    if (way.been.has(name)) return []
    way.been.add(name)
    return (setters.get(name) ?? [])
      .filter(({ assignment }) => looksLikeVersion(assignment.value))
      .flatMap(({ source, assignment }) =>
        pinsAt({ ...found, source }, assignment, setters, { ...way, hops: way.hops + 1 }),
      )
  })
}

/** A name that speaks of Kubespray, and is no part of an address or a path. */
const NAMED_IN_COMMAND = /(?<![\w-]|[\w.}~-]\/)\w*(?:kubespray|kargo)\w*(?![\w-])/gi

/** `git checkout $KUBESPRAY_VERSION` in the folder of a submodule, far from any address. */
function checkedOut(source: TextSource, setters: Setters): readonly Pin[] {
  if (source.only === 'source-code') return []
  const found: FoundBy = { source, reaches: 'clone', isUpstreams: true }
  return [...checkoutsIn(source.text, 0, source.text.length)].flatMap((range) => {
    const expression = readExpression(source.text.slice(range.start, range.end))
    if (expression.kind !== 'variable' || !/kubespray|kargo/i.test(expression.name)) return []
    return pinsAt(found, range, setters)
  })
}

/** A release's page, a tag, or a variable in the same block that repeats a pin's release in words moves with it. */
function addRepeated(sources: readonly TextSource[], pins: Map<string, Pin>): void {
  for (const source of sources) {
    if (source.only === 'readme') continue
    for (const reference of findReferences(source.text)) {
      const { ref, isUpstreams } = reference
      if (!ref || !isUpstreams) continue
      const says = readVersion(source.text.slice(ref.start, ref.end))
      if (says.kind !== 'release') continue
      const same = repeatedBeside(source.text, reference, source, (value) => {
        const other = readVersion(value)
        return other.kind === 'release' && other.release === says.release
      })
      const found: FoundBy = { source, reaches: reference.reaches, isUpstreams }
      for (const range of same)
        keep(
          pins,
          makePin({ ...found, reaches: reference.reaches === 'page' ? 'clone' : reference.reaches }, range),
        )
      if (same.length > 0) keep(pins, makePin(found, ref))
    }
  }
}

/** One pin a place: what was found as a version wins over what was found as a variable's name. */
function keep(pins: Map<string, Pin>, pin: Pin): void {
  const place = `${pin.file}\0${pin.start}`
  const known = pins.get(place)
  if (
    !known ||
    (known.says.kind === 'variable' && pin.says.kind !== 'variable') ||
    (!known.digest && pin.digest)
  )
    pins.set(place, pin)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
