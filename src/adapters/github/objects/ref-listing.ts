import type { Oid } from '../../../core/model/oid.ts'
import type { RefMove } from '../../../ports/object-store.ts'
import type { Upstream } from './read-copy.ts'
import { listRefs, moveRef } from './list-refs.ts'
import type { RepositoryApi } from '../api/repository-api.ts'

/** What a repository's refs are asked for by, together; ours beside them are another question. */
const NAMESPACES = ['refs/heads/', 'refs/tags/']
const OURS = 'refs/multiarch/'

/**
 * The refs of a repository and of its upstream as they were when first asked for, all in one query: a job works on what it saw,
 * and moves a ref only if that still holds. What it moves itself it knows.
 */
export class RefListing {
  readonly #api: RepositoryApi
  readonly #upstream: Upstream | undefined
  #own: Promise<Map<string, Oid>> | undefined
  #ours: Promise<Map<string, Oid>> | undefined
  #theirs: Promise<ReadonlyMap<string, Oid>> | undefined

  constructor(api: RepositoryApi, upstream: Upstream | undefined) {
    this.#api = api
    this.#upstream = upstream
  }

  /** The refs whose full names begin so; upstream's under a prefix of their own, as if they had been fetched. */
  async list(prefix: string): Promise<ReadonlyMap<string, Oid>> {
    if (this.#upstream && prefix.startsWith(this.#upstream.refsUnder))
      return beginningWith(await this.#listTheirs(this.#upstream), prefix)
    if (prefix.startsWith(OURS)) return beginningWith(await this.#listOurs(), prefix)
    if (!NAMESPACES.some((each) => prefix.startsWith(each))) return listRefs(this.#api, prefix)
    return beginningWith(await this.#listOwn(), prefix)
  }

  async move(move: RefMove): Promise<boolean> {
    const [own, ours] = [this.#own, this.#ours]
    this.#own = undefined
    this.#ours = undefined
    if (!(await moveRef(this.#api, move))) return false
    const known = await (move.name.startsWith(OURS) ? ours : own)
    known?.set(move.name, move.to)
    this.#own = own
    this.#ours = ours
    return true
  }

  #listOurs(): Promise<Map<string, Oid>> {
    this.#ours ??= forgetIfFailed(listRefs(this.#api, OURS), () => (this.#ours = undefined))
    return this.#ours
  }

  #listOwn(): Promise<Map<string, Oid>> {
    if (this.#own) return this.#own
    const listed = Promise.all(NAMESPACES.map((each) => listRefs(this.#api, each))).then(together)
    this.#own = forgetIfFailed(listed, () => (this.#own = undefined))
    // Whoever reads a fork's refs reads upstream's next; asked for in one turn, both travel together.
    if (this.#upstream) void this.#listTheirs(this.#upstream).catch(() => {})
    return listed
  }

  #listTheirs({ objects, refsUnder }: Upstream): Promise<ReadonlyMap<string, Oid>> {
    if (this.#theirs) return this.#theirs
    const asFetched = (refs: ReadonlyMap<string, Oid>): ReadonlyMap<string, Oid> =>
      new Map([...refs].map(([name, oid]) => [refsUnder + name.slice('refs/'.length), oid]))
    const listed = Promise.all(['refs/tags/', 'refs/heads/'].map((each) => objects.listRefs(each)))
    const named = listed.then((lists) => asFetched(together(lists)))
    this.#theirs = forgetIfFailed(named, () => (this.#theirs = undefined))
    return named
  }
}

function together(lists: readonly ReadonlyMap<string, Oid>[]): Map<string, Oid> {
  return new Map(lists.flatMap((list) => [...list]))
}

function forgetIfFailed<T>(asked: Promise<T>, forget: () => void): Promise<T> {
  asked.catch(forget)
  return asked
}

function beginningWith(refs: ReadonlyMap<string, Oid>, prefix: string): ReadonlyMap<string, Oid> {
  return new Map([...refs].filter(([name]) => name.startsWith(prefix)))
}
