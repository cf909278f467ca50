import { nearest } from '../model/nearest.ts'

/** What a patch can be called by. */
export interface NamedPatch {
  /** Every id it is known by: the commit in the fork, and the one that carries it. */
  readonly ids: readonly string[]
  readonly title: string
}

export type PatchMatch<T> =
  | { readonly kind: 'one'; readonly patch: T }
  | { readonly kind: 'several'; readonly patches: readonly T[] }
  | { readonly kind: 'none'; readonly nearest?: T }

/** Finds the patch somebody named: by its number in the table (from 1), the beginning of an id, or words of its title. */
export function matchPatch<T extends NamedPatch>(patches: readonly T[], said: string): PatchMatch<T> {
  const text = said.trim().toLowerCase()
  if (/^#?\d{1,3}$/.test(text)) {
    const byNumber = patches[Number(text.replace('#', '')) - 1]
    return byNumber ? { kind: 'one', patch: byNumber } : { kind: 'none' }
  }
  for (const matches of [byId(text), byTitle(text), byWords(text)]) {
    const found = patches.filter(matches)
    if (found.length === 1) return { kind: 'one', patch: found[0] as T }
    if (found.length > 1) return { kind: 'several', patches: found }
  }
  const meant = nearest(
    text,
    patches.map(({ title }) => title),
  )
  const near = patches.find(({ title }) => title === meant)
  return near ? { kind: 'none', nearest: near } : { kind: 'none' }
}

type Matches = (patch: NamedPatch) => boolean

/** Four digits are what git itself takes for an abbreviation at least. */
function byId(text: string): Matches {
  if (!/^[0-9a-f]{4,40}$/.test(text)) return () => false
  return ({ ids }) => ids.some((id) => id.startsWith(text))
}

function byTitle(text: string): Matches {
  return ({ title }) => title.trim().toLowerCase() === text
}

function byWords(text: string): Matches {
  const words = text.split(/\s+/).filter((word) => word !== '')
  return ({ title }) => words.length > 0 && words.every((word) => title.toLowerCase().includes(word))
}
