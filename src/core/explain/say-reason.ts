import type { CollisionNote, FormNote, MergeNote, OrderNote, TwiceNote } from '../model/merge-note.ts'
import { isPrivatePath } from '../model/parent-of.ts'
import type { FileOutcome } from '../model/verdict.ts'
import { code, flat, joined, listed, say, type Text } from './blocks/text.ts'
import { reasons } from './reasons.ts'
import { sayBound } from './say-bound.ts'
import { someOf } from '../text/enumerated.ts'

/** Why a file has its verdict, with all that merging has to tell of it. */
export function reasonText({
  path,
  reasons: found,
  told = [],
  bound,
}: Pick<FileOutcome, 'path' | 'reasons' | 'told' | 'bound'>): Text {
  const isPrivate = isPrivatePath(path)
  const forms = told.filter((note): note is FormNote => note.code === 'list-form')
  const rest = told.filter((note) => note.code !== 'list-form')
  const more = [...sayForms(forms, isPrivate), ...rest.map((note) => sayMergeNote(note, isPrivate))]
  return joined([reasons(found), ...more, ...(bound ? [sayBound(bound)] : [])], ' ')
}

/** The same as words alone. */
export function sayReason(outcome: Parameters<typeof reasonText>[0]): string {
  return flat(reasonText(outcome))
}

/** Names that are quoted; of more, the number is said. */
const MOST_QUOTED = 5

/** What merging has to tell of a file, as a whole sentence. Nothing is quoted out of an inventory. */
function sayMergeNote(note: Exclude<MergeNote, FormNote>, isPrivate: boolean): Text {
  if (note.code === 'version-order') return sayOrder(note, isPrivate)
  return 'names' in note ? sayTwice(note, isPrivate) : sayCollision(note, isPrivate)
}

function sayTwice({ code: kind, names }: TwiceNote, isPrivate: boolean): Text {
  const what = isPrivate ? undefined : codes(names)
  const stand = names.length > 1 ? 'stand' : 'stands'
  switch (kind) {
    case 'key-twice':
      return say`${what ?? 'A key of this inventory'} ${stand} twice at one level of the result, and in neither side: look which of the two is meant.`
    case 'line-twice':
      return say`${what ?? 'A line of this inventory'} ${stand} twice in the result, and in neither side: look whether both are meant.`
  }
}

/** One sentence for all of them: a file of checksums has a dozen lists that changed alike. */
function sayForms(notes: readonly FormNote[], isPrivate: boolean): readonly Text[] {
  const [first, ...more] = notes
  if (!first) return []
  if (more.length === 0) return [sayForm(first, isPrivate)]
  const whose = isPrivate
    ? `${notes.length} lists`
    : codes(notes.map(({ key }) => (key === '' ? 'the top level' : key)))
  const like = isPrivate ? '' : say`, as in ${code(first.like)}`
  return [
    say`The release writes the entries of ${whose} in another form now${like}, so yours are brought into that form.`,
  ]
}

function sayForm({ key, like }: FormNote, isPrivate: boolean): Text {
  const where = key === '' || isPrivate ? 'T' : say`${code(key)}: t`
  const form = isPrivate ? 'another form' : code(like)
  return say`${where}he release writes its entries as ${form} now, so yours are brought into that form.`
}

function sayOrder({ maps }: OrderNote, isPrivate: boolean): Text {
  const where = isPrivate ? '' : say` of ${codes(maps)}`
  return say`The versions${where} stand in order in the release, so yours went to its place among them.`
}

function sayCollision({ code: kind, key, there, own }: CollisionNote, isPrivate: boolean): Text {
  const name = isPrivate ? 'A setting of this inventory' : code(key)
  const [theirs, yours] = isPrivate ? ['value', 'value'] : [code(there), code(own)]
  switch (kind) {
    case 'value-kept':
      return say`${name}: both put it in, with other values; your ${yours} is kept, the release has ${isPrivate ? 'another' : theirs}.`
    case 'value-lowered':
      return say`${name}: both put it in; the release’s ${theirs} stands, since your ${yours} is of an older version.`
    case 'value-reviewed':
      return say`${name}: both put it in; the release’s ${theirs} stands, which is the reviewed form of your ${yours}.`
  }
}

function codes(names: readonly string[]): Text {
  return listed(someOf(names.map(code), MOST_QUOTED))
}
