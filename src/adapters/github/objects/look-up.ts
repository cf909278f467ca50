import type { Oid } from '../../../core/model/oid.ts'
import type { Cache } from '../../../ports/cache.ts'
import { encodeAll, type Codec } from './codec.ts'
import type { Sources } from './sources.ts'
import { notShown } from '../api/not-shown.ts'
import type { Keep } from './fetch-commits.ts'

/** Where objects of one kind are kept, and where they come from. */
export interface Place<T> {
  readonly codec: Codec<T>
  readonly kept: Map<Oid, T>
  /** What is read is kept piece by piece. */
  fetch(this: void, oids: readonly Oid[], keep: Keep<T>): Promise<ReadonlyMap<Oid, T>>
  readonly borrow: ((oids: readonly Oid[]) => Promise<ReadonlyMap<Oid, T>>) | undefined
  /** Not worth asking upstream for: it gives whole trees only. */
  readonly ownFirst?: true
  /** What is missing is left out instead of being a defect. */
  readonly mayLack?: true
}

/** Finds objects in the nearest place: among those kept, in a cache, on GitHub; what is known to be upstream's, there. */
export async function lookUp<T>(
  sources: Sources,
  upstreams: ReadonlySet<Oid>,
  { oids, place }: { readonly oids: readonly Oid[]; readonly place: Place<T> },
): Promise<ReadonlyMap<Oid, T>> {
  const { codec, kept } = place
  const open = () => [...new Set(oids)].filter((oid) => !kept.has(oid))
  const isTheirs = (oid: Oid) => place.borrow !== undefined && !place.ownFirst && upstreams.has(oid)
  const keep = (values: ReadonlyMap<Oid, T> | undefined) => {
    for (const [oid, value] of values ?? []) kept.set(oid, value)
  }
  const theirs = open().filter(isTheirs)
  const ours = open().filter((oid) => !isTheirs(oid))
  // Asked for in one turn, both travel in one query.
  await Promise.all([
    theirs.length > 0 ? place.borrow?.(theirs).then(keep) : undefined,
    ours.length > 0 ? fetchUnlessCached(sources, ours, place).then(keep) : undefined,
  ])
  if (open().length > 0 && place.borrow) keep(await place.borrow(open()))
  return new Map(
    oids.flatMap((oid) => {
      const value = kept.get(oid)
      if (value === undefined && place.mayLack) return []
      if (value === undefined) throw notShown(sources.api, `${codec.kind} ${oid}`)
      return [[oid, value] as const]
    }),
  )
}

/** From a cache, else from GitHub. */
async function fetchUnlessCached<T>(
  { cache: own, shared }: Sources,
  oids: readonly Oid[],
  { codec, fetch }: Place<T>,
): Promise<ReadonlyMap<Oid, T>> {
  const found = new Map<Oid, T>()
  const open = () => oids.filter((oid) => !found.has(oid))
  for (const cache of [shared, own])
    if (cache && open().length > 0) await takeFrom(cache, open(), { codec, kept: found })
  if (open().length === 0) return found
  const fetched = await fetch(open(), (read) => own.write(encodeAll(codec, read)))
  return new Map([...found, ...fetched])
}

/** Takes from a cache what it has of these. */
export async function takeFrom<T>(
  cache: Cache,
  oids: readonly Oid[],
  { codec, kept }: Pick<Place<T>, 'codec' | 'kept'>,
): Promise<void> {
  const found = await cache.read(oids.map((oid) => `${codec.kind}:${oid}`))
  for (const oid of oids) {
    const bytes = found.get(`${codec.kind}:${oid}`)
    if (bytes) kept.set(oid, codec.decode(oid, bytes))
  }
}
