import type { Answer } from '../../core/series/memory/answer.ts'
import { recallMoved } from '../../core/merge/settle/recall-moved.ts'
import type { Workspace } from '../../core/merge/workspace.ts'
import { isFile } from '../../core/model/is-file.ts'
import { sameEntry, type Entry, type Tree } from '../../core/model/tree.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { loadTexts, textOfAnswer } from './answer-again.ts'

interface Elsewhere {
  readonly path: string
  readonly entry: Entry
  /** What stood there before. */
  readonly there: Entry
}

/**
 * Looks for the lines that were in conflict in the files that the release changed or added since the fork's base, and gives the answer
 * there. Only where one file has them: of two it is not known which is meant.
 */
export async function answerElsewhere(
  store: Pick<ObjectReader & History, 'readBlobs' | 'log'>,
  answer: Answer,
  { tree, base }: { readonly tree: Tree; readonly base: Tree },
  workspace: Workspace,
): Promise<Elsewhere | undefined> {
  const text = await textOfAnswer(store, answer, workspace)
  if (!text) return undefined
  const end = extensionOf(text.path)
  const changed = [...tree].filter(
    ([path, entry]) => extensionOf(path) === end && isFile(entry) && !sameEntry(entry, base.get(path)),
  )
  const candidates = changed.slice(0, MOST_CANDIDATES)
  await loadTexts(
    store,
    candidates.map(([, entry]) => entry),
    workspace,
  )
  const found = candidates.flatMap(([path, there]): Elsewhere[] => {
    const lines = workspace.has(there.oid) ? workspace.lines(there.oid) : undefined
    const recalled = lines && recallMoved(text, { path, lines })
    if (recalled?.kind !== 'recalled') return []
    return [{ path, there, entry: { mode: there.mode, oid: workspace.put(recalled.lines) } }]
  })
  return found.length === 1 ? found[0] : undefined
}

/** As many as are compared in one search for a renamed file. */
const MOST_CANDIDATES = 400

function extensionOf(path: string): string {
  return /\.\w+(?:\.j2)?$/.exec(path)?.[0] ?? ''
}
