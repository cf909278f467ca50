import { diffLines } from '../../../src/core/text/diff-lines.ts'
import { splitLines } from '../../../src/core/text/split-lines.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { LineComments, PullRequests } from '../../../src/ports/forge.ts'
import type { ForgeState } from './forge-state.ts'
import { checkText } from './thread.ts'

/** Lines around a change that are shown with it. */
const CONTEXT = 3

export function memoryLineComments({ objects }: ForgeState, pulls: Pick<PullRequests, 'read'>): LineComments {
  const said: { readonly number: number; readonly path: string; readonly body: string }[] = []
  const linesOf = async (at: Oid, path: string): Promise<readonly string[]> => {
    const entry = (await objects.readTree(at)).get(path)
    const bytes = entry && (await objects.readBlobs([entry.oid])).get(entry.oid)
    return splitLines(new TextDecoder().decode(bytes))
  }
  return {
    ours: async (number) =>
      said.filter((each) => each.number === number).map(({ path, body }) => ({ path, body })),
    add: async (number, { at, path, from, to, body }) => {
      const pull = await pulls.read(number)
      if (!pull) throw new Error(`there is no pull request ${number}`)
      checkText('a comment', body)
      const base = await objects.mergeBase(pull.base.oid, at)
      const [before, now] = [base ? await linesOf(base, path) : [], await linesOf(at, path)]
      const isShown = diffLines(before, now).some(
        ({ start, end }) => from > start - CONTEXT && to <= end + CONTEXT,
      )
      if (!isShown || from > to || to > now.length) return false
      said.push({ number, path, body })
      return true
    },
  }
}
