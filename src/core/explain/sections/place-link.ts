import { defined } from '../../model/defined.ts'
import { short, type Oid } from '../../model/oid.ts'
import type { Place } from '../../model/problem.ts'
import { linkedSentence, ownCommit, ownFile } from '../linked-reference.ts'
import type { WhereaboutsFacts } from '../pull-request-facts.ts'
import { code, joined, link, say, type Inline, type Text } from '../blocks/text.ts'

/** Which state of a file its line numbers are of: that of the step's branch, or that of the branch it goes to. */
type State = 'head' | 'before'

/** `file:line`, leading there where it is known how the repository is read. */
export function placeLink(
  at: WhereaboutsFacts | undefined,
  state: State,
  { file, line }: Pick<Place, 'file'> & Partial<Pick<Place, 'line'>>,
): Inline {
  const shown = code(line === undefined ? file : `${file}:${line}`)
  if (!at) return shown
  return link(ownFile(at.repository, { commit: at[state], path: file, ...defined({ line }) }), shown)
}

/** A commit of the repository's own by its short name, leading there where it is known how the repository is read. */
export function commitLink(at: WhereaboutsFacts | undefined, commit: Oid): Inline {
  const shown = code(short(commit))
  return at ? link(ownCommit(at.repository, commit), shown) : shown
}

interface Placed {
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/** A sentence that was worded beside its rule, with where it is about. */
export function withPlace(placed: Placed, at?: WhereaboutsFacts, state?: State): Text {
  return withPlaces([placed], at, state)
}

/** The same of several places, whose sentence is the first one's. */
export function withPlaces(
  placed: readonly [Placed, ...Placed[]],
  at?: WhereaboutsFacts,
  state: State = 'head',
): Text {
  const said = linkedSentence(placed[0].message)
  const places = placed.flatMap(({ file, line = 1 }) =>
    file === undefined ? [] : [placeLink(at, state, { file, line })],
  )
  return places.length === 0 ? said : say`${said} (${joined(places, ', ')})`
}
