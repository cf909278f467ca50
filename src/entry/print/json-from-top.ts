import { placeFromTop, type PathOf } from '../../core/explain/blocks/from-top.ts'

/**
 * What is printed for programs, with every path from the top of the repository as people read it: the fields that name files, and what sentences have
 * between backquotes. All else is a value, and stays what it is, though a file may be called so.
 */
export function jsonFromTop(json: object, pathOf: PathOf | undefined): object {
  return pathOf ? (shown(json, (place) => placeFromTop(place, pathOf)) as object) : json
}

function shown(value: unknown, at: PathOf): unknown {
  if (Array.isArray(value)) return value.map((each) => shown(each, at))
  if (typeof value !== 'object' || value === null) return value
  const paths = new Set([...PATHS, ...pairOf(value)])
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => {
      if (paths.has(key)) return [key, mapped(each, at, at)]
      return [key, SENTENCES.has(key) ? mapped(each, (text) => inSentence(text, at), at) : shown(each, at)]
    }),
  )
}

const PATHS = ['file', 'files', 'inventories', 'inventory', 'leadingInventory', 'ownFiles', 'path'] as const

const SENTENCES: ReadonlySet<string> = new Set(['leftovers', 'message', 'notes', 'reason', 'removal'])

/** What is called `to` is a path beside another path; `from` and `to` are where a change moves the file that it is of. */
function pairOf(value: object): readonly string[] {
  if ('path' in value) return ['to']
  return 'file' in value && 'from' in value && value.file === value.from ? ['from', 'to'] : []
}

/** A text, or each of several; what is neither is looked into. */
function mapped(value: unknown, change: PathOf, at: PathOf): unknown {
  if (typeof value === 'string') return change(value)
  return Array.isArray(value) ? value.map((each) => mapped(each, change, at)) : shown(value, at)
}

function inSentence(sentence: string, at: PathOf): string {
  return sentence.replace(/`([^`\n]+)`/g, (_, place: string) => `\`${at(place)}\``)
}
