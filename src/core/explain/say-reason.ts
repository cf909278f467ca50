import type { CollisionNote, FormNote, MergeNote, OrderNote, TwiceNote } from '../model/merge-note.ts'
import { isPrivatePath } from '../model/parent-of.ts'
import type { FileOutcome } from '../model/verdict.ts'
import { enumerated } from '../text/enumerated.ts'
import { code } from './plain.ts'
import { sayBound } from './say-bound.ts'

/** Why a file has its verdict, with all that merging has to tell of it. */
export function sayReason({
  path,
  reason,
  told = [],
  bound,
}: Pick<FileOutcome, 'path' | 'reason' | 'told' | 'bound'>): string {
  const more = told.map((note) => sayMergeNote(path, note))
  return [reason, ...more, ...(bound ? [sayBound(bound)] : [])].join(' ')
}

/** Names that are quoted; of more, the number is said. */
const MOST_QUOTED = 5

/** What merging has to tell of a file, as a whole sentence with code in backticks. Nothing is quoted out of an inventory. */
function sayMergeNote(path: string, note: MergeNote): string {
  const isPrivate = isPrivatePath(path)
  if (note.code === 'list-form') return sayForm(note, isPrivate)
  if (note.code === 'version-order') return sayOrder(note, isPrivate)
  return 'names' in note ? sayTwice(note, isPrivate) : sayCollision(note, isPrivate)
}

function sayTwice({ code: kind, names }: TwiceNote, isPrivate: boolean): string {
  const what = isPrivate ? undefined : quoted(names)
  const stand = names.length > 1 ? 'stand' : 'stands'
  switch (kind) {
    case 'key-twice':
      return `${what ?? 'A key of this inventory'} ${stand} twice at one level of the result, and in neither side: look which of the two is meant.`
    case 'line-twice':
      return `${what ?? 'A line of this inventory'} ${stand} twice in the result, and in neither side: look whether both are meant.`
  }
}

function sayForm({ key, like }: FormNote, isPrivate: boolean): string {
  const where = key === '' || isPrivate ? '' : `${code(key)}: `
  const form = isPrivate ? 'another form' : code(like)
  return `${where}the release writes its entries as ${form} now, so yours are brought into that form.`.replace(
    /^t/,
    'T',
  )
}

function sayOrder({ maps }: OrderNote, isPrivate: boolean): string {
  const where = isPrivate ? '' : ` of ${quoted(maps)}`
  return `The versions${where} stand in order in the release, so yours went to its place among them.`
}

function sayCollision({ code: kind, key, there, own }: CollisionNote, isPrivate: boolean): string {
  const name = isPrivate ? 'A setting of this inventory' : code(key)
  const [theirs, yours] = isPrivate ? ['value', 'value'] : [code(there), code(own)]
  switch (kind) {
    case 'value-kept':
      return `${name}: both put it in, with other values; your ${yours} is kept, the release has ${isPrivate ? 'another' : theirs}.`
    case 'value-lowered':
      return `${name}: both put it in; the release’s ${theirs} stands, since your ${yours} is of an older version.`
    case 'value-reviewed':
      return `${name}: both put it in; the release’s ${theirs} stands, which is the reviewed form of your ${yours}.`
  }
}

function quoted(names: readonly string[]): string {
  const more = names.length - MOST_QUOTED
  const shown = names.slice(0, MOST_QUOTED).map((name) => code(name))
  return enumerated(more > 0 ? [...shown, `${more} more`] : shown)
}
