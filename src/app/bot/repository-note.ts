import { Refusal } from '../../core/model/problem.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Cache } from '../../ports/cache.ts'
import type { Workplace } from '../../ports/host.ts'
import { committerAt } from '../repository/committer-at.ts'

/** What the last look of a workflow's run left is noted beside the branches, as what people decided is. */
export const NOTE_REF = 'refs/multiarch/looked'

interface NoteOptions {
  /** Opens the repository as it is now. */
  open(this: void): Promise<Workplace>
  readonly clock: Clock
  /** Which version of ours has looked: another one looks for itself. */
  readonly version: string
}

/** A cache of one entry that outlives the process: a commit whose message holds it. Whoever may not write it does without. */
export function repositoryNote({ open, clock, version }: NoteOptions): Cache {
  return {
    read: async (keys) => {
      const { objects } = await open()
      const tip = (await objects.listRefs(NOTE_REF)).get(NOTE_REF)
      const message = tip && (await objects.readCommits([tip])).get(tip)?.message
      const [, noted, key, value] = /^Looked with (\S+)\n\n(\S+)\n(\S+)\n*$/.exec(message ?? '') ?? []
      if (noted !== version || key === undefined || value === undefined || !keys.includes(key))
        return new Map()
      return new Map([[key, Buffer.from(value, 'base64')]])
    },
    write: async (entries) => {
      const [entry] = entries
      if (!entry) return
      const [key, value] = entry
      const { objects } = await open()
      const message = `Looked with ${version}\n\n${key}\n${Buffer.from(value).toString('base64')}\n`
      try {
        const from = (await objects.listRefs(NOTE_REF)).get(NOTE_REF)
        const main = await objects.defaultBranch()
        const head = main && (await objects.listRefs(main)).get(main)
        const tree = head && (await objects.readCommits([head])).get(head)?.tree
        if (!tree) return
        const who = committerAt(Math.floor(clock.now() / 1000))
        const parents: readonly Oid[] = from ? [from] : []
        const to = await objects.writeCommit({ tree, parents, author: who, committer: who, message })
        await objects.moveRef({ name: NOTE_REF, from, to })
      } catch (error) {
        // It only saves work.
        if (!(error instanceof Refusal)) throw error
      }
    },
  }
}
