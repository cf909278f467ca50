import { oncePer } from '../../core/model/collections/once-per.ts'
import { carry, type CarryRequest } from '../../core/merge/whole/carry.ts'
import { Workspace } from '../../core/merge/workspace.ts'
import { sayReason } from '../../core/explain/say-reason.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { converse } from './converse.ts'

/** One case of `multiarch carry`: three revisions, each a commit, a tag or a tree. */
export interface CarryCase {
  readonly id: string
  readonly base: string
  readonly patch: string
  readonly onto: string
}

interface Revision {
  readonly oid: Oid
  readonly type: 'commit' | 'tree'
}

/** Carries one case after another; what was read for one serves the next. */
export class CarryBatch {
  readonly #store: ObjectStore
  readonly #workspace = new Workspace()
  /** Writes a tree once: where nothing is left of a patch the answer is the release's own tree, again and again. */
  readonly #writeTree = oncePer((tree: Tree): Promise<Oid> => this.#store.writeTree(tree))

  constructor(store: ObjectStore) {
    this.#store = store
  }

  /** Carries one case and writes its tree. The answer is JSON-ready; `docs/cli.md` names its fields. */
  async answer(one: CarryCase): Promise<Record<string, unknown>> {
    const [base, patch, onto] = await Promise.all([
      this.#resolve(one.base),
      this.#resolve(one.patch),
      this.#resolve(one.onto),
    ])
    const stretch =
      base.type === 'commit' && onto.type === 'commit' ? { from: base.oid, to: onto.oid } : undefined
    const request: CarryRequest = {
      base: await this.#store.readTree(base.oid),
      patch: await this.#store.readTree(patch.oid),
      onto: await this.#store.readTree(onto.oid),
      ...(await this.#natureOf(base, patch)),
    }
    const result = await converse(carry(request, this.#workspace), this.#store, stretch)
    await this.#store.writeBlobs([...result.newBlobs.values()])
    return {
      id: one.id,
      verdict: result.verdict,
      tree: await this.#writeTree(result.tree),
      upstream: result.upstream,
      confidence: result.confidence,
      look: result.look,
      files: result.files.map((file) => ({
        path: file.path,
        to: file.to,
        verdict: file.verdict,
        reason: sayReason(file),
        told: file.told,
        bound: file.bound,
        leftOut: file.leftOut,
      })),
    }
  }

  /** A tree says nothing of how it came about and counts as one change; so does a commit on top of the base. */
  async #natureOf(base: Revision, patch: Revision): Promise<Pick<CarryRequest, 'kind' | 'written'>> {
    if (base.type !== 'commit' || patch.type !== 'commit') return { kind: 'change' }
    const commit = (await this.#store.readCommits([patch.oid])).get(patch.oid)
    const isOne = commit?.parents.length === 1 && commit.parents[0] === base.oid
    return isOne ? { kind: 'change', written: commit } : { kind: 'range' }
  }

  async #resolve(revision: string): Promise<Revision> {
    const found = await this.#store.resolve(revision)
    if (!found)
      throw new Refusal({
        code: 'unknown-revision',
        message: `I find no commit or tree named \`${revision}\`.`,
      })
    return found
  }
}
