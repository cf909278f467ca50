import { carry } from '../core/merge/carry.ts'
import { Workspace } from '../core/merge/workspace.ts'
import type { Oid } from '../core/model/oid.ts'
import { Refusal } from '../core/model/problem.ts'
import type { ObjectStore } from '../ports/objects.ts'
import { converse } from './converse.ts'

/** One case of `multiarch carry`: three revisions, each a commit, a tag or a tree. */
export interface CarryCase {
  readonly id: string
  readonly base: string
  readonly patch: string
  readonly onto: string
}

/** Carries one case after another; what was read for one serves the next. */
export class CarryBatch {
  readonly #store: ObjectStore
  readonly #workspace = new Workspace()

  constructor(store: ObjectStore) {
    this.#store = store
  }

  /** Carries one case and writes its tree. The answer is JSON-ready; `design.md` names its fields in `docs/cli.md`. */
  async answer(one: CarryCase): Promise<Record<string, unknown>> {
    const [base, patch, onto] = await Promise.all([
      this.#resolve(one.base),
      this.#resolve(one.patch),
      this.#resolve(one.onto),
    ])
    const [baseTree, patchTree, ontoTree] = await Promise.all(
      [base, patch, onto].map(({ oid }) => this.#store.readTree(oid)),
    )
    const stretch =
      base.type === 'commit' && onto.type === 'commit' ? { from: base.oid, to: onto.oid } : undefined
    const result = await converse(
      carry({ base: baseTree as never, patch: patchTree as never, onto: ontoTree as never }, this.#workspace),
      this.#store,
      stretch,
    )
    await this.#store.writeBlobs([...result.newBlobs.values()])
    const tree = await this.#store.writeTree(result.tree)
    const files = result.files.map(({ path, to, verdict, reason }) => ({ path, to, verdict, reason }))
    return {
      id: one.id,
      verdict: result.verdict,
      tree,
      upstream: result.upstream,
      confidence: result.confidence,
      files,
    }
  }

  async #resolve(revision: string): Promise<{ oid: Oid; type: 'commit' | 'tree' }> {
    const found = await this.#store.resolve(revision)
    if (!found)
      throw new Refusal({
        code: 'unknown-revision',
        message: `I find no commit or tree named \`${revision}\`.`,
      })
    return found
  }
}
