import { oncePer } from '../../model/collections/once-per.ts'
import { addTo } from '../../model/collections/grouped.ts'
import type { Sides } from '../../model/sides.ts'
import { readOutline, type Block } from './read-outline.ts'
import {
  entryLine,
  FORM_PARTS,
  hasPart,
  isText,
  scalarForm,
  writtenAs,
  type EntryLine,
  type FormPart,
  type ScalarForm,
} from './scalar-form.ts'

/** The base and the patch in the form in which upstream writes the entries of their maps and lists now. */
export interface InForm {
  readonly base: readonly string[]
  readonly patch: readonly string[]
  /** Lines of the patch that came into another form. */
  readonly formed: ReadonlyMap<string, Formed>
}

interface Formed {
  /** The map or list, with the settings it stands in. */
  readonly key: string
  /** An entry of the release's, as it is written now. */
  readonly like: string
}

/**
 * Brings entries into the form that their map or list has now. The form is found from the entries of both sides: where all
 * of the base's have a leading `v`, a digest's algorithm or quotes in one way and all of upstream's in another, upstream has
 * rewritten them, and what the patch puts in or changes there is meant so too. What is the same entry then is the same line.
 * Where either has no one form, each entry stays as it is written.
 */
export function inListForms({ base, upstream, patch }: Sides<readonly string[]>): InForm | undefined {
  const [was, now] = [sistersIn(base), sistersIn(upstream)]
  const texts = { base: [...base], patch: [...patch] }
  const formed = new Map<string, Formed>()
  let isAny = false
  for (const [path, theirs] of now) {
    const before = was.get(path)
    const changes = before ? changesBetween(before, theirs) : []
    const [example] = theirs
    if (!before || !example || changes.length === 0) continue
    isAny = true
    const known = new Set([...before, ...theirs].flatMap(({ key }) => key?.core ?? []))
    for (const entry of before) texts.base[entry.at] = written(entry, changes)
    for (const entry of sistersIn(patch).get(path) ?? []) {
      const isKnown = entry.key === undefined || known.has(entry.key.core)
      const line = written(entry, isKnown ? changes : changes.filter((each) => fits(each, before, theirs)))
      texts.patch[entry.at] = line
      if (line !== entry.line) formed.set(line, { key: nameOf(path), like: example.line.trim() })
    }
  }
  return isAny ? { ...texts, formed } : undefined
}

/** What lies between two texts: the lines that one has and the other has not there. */
export interface Difference {
  readonly gone: readonly string[]
  readonly come: readonly string[]
}

/** Whether upstream may have rewritten entries at all, and the patch puts some in: most merges ask no more than this. */
export function mayBeRewritten({ gone, come }: Difference, own: readonly string[]): boolean {
  if (gone.length === 0 || come.length === 0 || !own.some((line) => entryLine(line))) return false
  const [were, are] = [formsOf(gone), formsOf(come)]
  return [...are].some((form) => !were.has(form) && were.has(form.split('=', 1)[0] as string))
}

/** Each part that the scalars of these lines can differ in, and how they are written in it. */
function formsOf(lines: readonly string[]): ReadonlySet<string> {
  const forms = new Set<string>()
  for (const line of lines) {
    const entry = entryLine(line)
    for (const place of PLACES) {
      const scalar = entry?.[place]
      if (!scalar) continue
      for (const part of FORM_PARTS)
        if (hasPart(scalar, part)) forms.add(`${place} ${part}`).add(`${place} ${part}=${scalar[part]}`)
    }
  }
  return forms
}

type Place = 'key' | 'value'
const PLACES: readonly Place[] = ['key', 'value']

interface Entry extends EntryLine {
  readonly at: number
}

type SisterEntries = readonly Entry[]

interface Change {
  readonly place: Place
  readonly part: FormPart
  readonly from: string
  readonly to: string
}

/** How many entries have to agree: a version as a key and a digest say by themselves what they are, other values do not. */
const AGREE: Readonly<Record<Place, Readonly<Record<FormPart, number>>>> = {
  key: { quote: 2, lead: 1, algorithm: 1 },
  value: { quote: 2, lead: 2, algorithm: 1 },
}

function changesBetween(was: SisterEntries, now: SisterEntries): readonly Change[] {
  return PLACES.flatMap((place) =>
    FORM_PARTS.flatMap((part): Change[] => {
      const [from, to] = [was, now].map((sisters) => agreed(sisters, place, part))
      return from !== undefined && to !== undefined && from !== to ? [{ place, part, from, to }] : []
    }),
  )
}

/** The form that all entries of a sisters have in one part; `undefined` where they differ, or are too few to say. */
function agreed(sisters: SisterEntries, place: Place, part: FormPart): string | undefined {
  const scalars = sisters.flatMap((entry) => entry[place] ?? []).filter((each) => saysForm(each, place, part))
  const forms = new Set(scalars.map((scalar) => scalar[part]))
  return scalars.length >= AGREE[place][part] && forms.size === 1 ? [...forms][0] : undefined
}

/** A value that needs its quotes, or is no text without them, says nothing of how the others are quoted. */
function saysForm(scalar: ScalarForm, place: Place, part: FormPart): boolean {
  return hasPart(scalar, part) && (part !== 'quote' || place === 'key' || isText(scalar))
}

/**
 * Whether a new entry is to go with a change: a variable beside others may be read in its own way, a version or digest in a map
 * of nothing else is read as they are.
 */
function fits({ place, part }: Change, was: SisterEntries, now: SisterEntries): boolean {
  if (place === 'key' || part === 'quote') return true
  const isOne = ({ key, value }: Entry): boolean =>
    key?.kind === 'version' || value === undefined || value.core === '0' || hasPart(value, part)
  return was.every(isOne) && now.every(isOne)
}

/** An entry's line in the new form. */
function written({ line, pieces, key, value }: EntryLine, changes: readonly Change[]): string {
  const changed = { key, value }
  for (const { place, part, from, to } of changes) {
    const scalar = changed[place]
    if (!scalar || scalar[part] !== from || !hasPart(scalar, part)) continue
    // A number with quotes, or a text that needs them without, would be another value.
    if (part === 'quote' && !isText(scalar) && (place === 'value' || to === '')) continue
    changed[place] = { ...scalar, [part]: to }
  }
  if (changed.key === key && changed.value === value) return line
  return pieces[0] + writtenAs(changed.key) + pieces[1] + writtenAs(changed.value) + pieces[2]
}

/** All maps and lists of a text by the settings they stand in, with their entries of one line. */
const sistersIn = oncePer((lines: readonly string[]): ReadonlyMap<string, SisterEntries> => {
  const found = new Map<string, Entry[]>()
  const visit = (block: Block, path: string): void => {
    for (const child of block.children) {
      const entry = entryOf(child)
      if (entry) add(found, path, entry)
      // Below a version stands what is set for it, whatever form its name has.
      visit(child, `${path}\n${child.kind === 'item' ? '-' : scalarForm(child.id.slice(2)).core}`)
    }
  }
  visit(readOutline(lines), '')
  return found
})

function add(found: Map<string, Entry[]>, path: string, entry: Entry): void {
  addTo(found, path, entry)
}

function entryOf({ kind, at, lines, children }: Block): Entry | undefined {
  if (lines.length !== 1 || (kind !== 'key' && kind !== 'item')) return undefined
  const entry = entryLine(lines[0] as string)
  return entry && (entry.key !== undefined || children.length === 0) ? { at, ...entry } : undefined
}

function nameOf(path: string): string {
  return path.slice(1).split('\n').join('.')
}
