import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryObjectStore } from '../support/memory/memory-object-store.ts'
import { CarryBatch } from '../../src/app/carry/carry-batch.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import type { ObjectStore } from '../../src/ports/object-store.ts'
import { historyIn } from '../support/history.ts'
import { done, rendered, worlds, type Setting } from '../support/settings.ts'
import { runs } from '../support/fast-check.ts'

const PATH = 'roles/thing/defaults/main.yml'

interface Answer {
  readonly verdict: string
  readonly tree: Oid
  readonly upstream: readonly Oid[]
}

interface Line {
  readonly store: ObjectStore
  readonly batch: CarryBatch
  readonly carry: (base: Oid, patch: Oid, onto: Oid) => Promise<Answer>
  /** A commit with this text at the path; on top of a parent, if one is given. */
  readonly commit: (text: string, parent?: Oid) => Promise<Oid>
}

/** A store in which commits each hold one file of settings. */
function line(): Line {
  const store = memoryObjectStore()
  const history = historyIn(store)
  const batch = new CarryBatch(store)
  const carry = async (base: Oid, patch: Oid, onto: Oid): Promise<Answer> =>
    (await batch.answer({ id: '', base, patch, onto })) as unknown as Answer
  const commit = (text: string, parent?: Oid): Promise<Oid> =>
    history.commit(
      'some',
      { [PATH]: text, other: 'other\n' },
      { parents: parent ? [parent] : [], whole: true },
    )
  return { store, batch, carry, commit }
}

function after(base: readonly Setting[], deeds: Parameters<typeof done>[1]): string {
  return rendered(done(base, deeds))
}

test('the same patch, carried again onto its own result, is upstreamed and changes nothing', async () => {
  let carried = 0
  await fc.assert(
    fc.asyncProperty(worlds(2), async ({ base: settings, sides: [theirs = [], mine = []] }) => {
      const { store, carry, commit } = line()
      const base = await commit(rendered(settings))
      const patch = await commit(after(settings, mine), base)
      const upstream = await commit(after(settings, theirs), base)
      const first = await carry(base, patch, upstream)
      const before = await store.writeTree(await store.readTree(upstream))
      if (first.verdict === 'conflict' || first.tree === before) return
      carried++
      const text = await textOf(store, first.tree)
      const taken = await commit(text, upstream)
      const second = await carry(base, patch, taken)
      expect(second).toMatchObject({ verdict: 'upstreamed', tree: first.tree })
      expect(second.upstream.length).toBeGreaterThan(0)
    }),
    runs(150),
  )
  expect(carried).toBeGreaterThan(40)
})

test('two hops and one jump agree where all are clean', async () => {
  let agreed = 0
  await fc.assert(
    fc.asyncProperty(worlds(3), async ({ base: settings, sides }) => {
      const [near = [], far = [], mine = []] = sides
      const { carry, commit } = line()
      const base = await commit(rendered(settings))
      const patch = await commit(after(settings, mine), base)
      const between = done(settings, near)
      const first = await commit(rendered(between), base)
      const last = await commit(after(between, far), first)
      const jump = await carry(base, patch, last)
      const hop = await carry(base, patch, first)
      const next = await carry(first, hop.tree, last)
      if ([jump, hop, next].some(({ verdict }) => verdict !== 'clean')) return
      agreed++
      expect(next.tree).toBe(jump.tree)
    }),
    runs(500),
  )
  expect(agreed).toBeGreaterThan(20)
})

test('an answer does not depend on what was carried before it', async () => {
  await fc.assert(
    fc.asyncProperty(worlds(3), async ({ base: settings, sides: [theirs = [], mine = [], other = []] }) => {
      const { store, carry, commit } = line()
      const base = await commit(rendered(settings))
      const patch = await commit(after(settings, mine), base)
      const another = await commit(after(settings, other), base)
      const upstream = await commit(after(settings, theirs), base)
      await carry(base, another, upstream)
      const used = await carry(base, patch, upstream)
      const fresh = await new CarryBatch(store).answer({ id: '', base, patch, onto: upstream })
      expect(used).toEqual(fresh)
    }),
    runs(100),
  )
})

async function textOf(store: ObjectStore, tree: Oid): Promise<string> {
  const entry = (await store.readTree(tree)).get(PATH)
  const bytes = entry && (await store.readBlobs([entry.oid])).get(entry.oid)
  if (!bytes) throw new Error('the file is gone')
  return Buffer.from(bytes).toString()
}
