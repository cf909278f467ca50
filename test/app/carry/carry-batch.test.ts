import { expect, test } from 'vitest'
import { memoryObjectStore } from '../../support/memory/memory-object-store.ts'
import { CarryBatch } from '../../../src/app/carry/carry-batch.ts'
import { readOid, type Oid } from '../../../src/core/model/oid.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import { longText } from '../../support/carry.ts'
import { historyIn } from '../../support/history.ts'

const OLD = longText('alpha')
const MINE = longText('alpha', { 2: 'a line of mine' })

/** A patch on v1, and a v2 that changed another line. */
async function world() {
  const store = memoryObjectStore()
  const history = historyIn(store)
  const base = await history.commit('v1', { 'a.txt': OLD }, { ref: 'refs/tags/v1' })
  const patch = await history.commit('patch', { 'a.txt': MINE }, { parents: [base], ref: 'refs/heads/mine' })
  const theirs = { 'a.txt': longText('alpha', { 10: 'a line of theirs' }) }
  const onto = await history.commit('v2', theirs, { parents: [base], ref: 'refs/tags/v2' })
  const tree = async (commit: Oid): Promise<Oid> => store.writeTree(await store.readTree(commit))
  return { store, history, base, patch, onto, tree }
}

test('an answer has the fields that others rely on, and its tree is in the store', async () => {
  const { store } = await world()
  const answer = await new CarryBatch(store).answer({ id: 'one', base: 'v1', patch: 'mine', onto: 'v2' })
  expect(answer).toMatchObject({ id: 'one', verdict: 'clean', upstream: [] })
  expect(answer['files']).toEqual([
    { path: 'a.txt', to: 'a.txt', verdict: 'clean', reason: expect.any(String) as string },
  ])
  const tree = await store.readTree(readOid(answer['tree'] as string) as Oid)
  const blobs = await store.readBlobs([...tree.values()].map(({ oid }) => oid))
  expect([...blobs.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual([
    longText('alpha', { 2: 'a line of mine', 10: 'a line of theirs' }),
  ])
  expect(JSON.parse(JSON.stringify(answer))).toMatchObject({ tree: answer['tree'] })
})

test('tags, branches, commits and trees all name a side, and lead to one answer', async () => {
  const { store, base, patch, onto, tree } = await world()
  const batch = new CarryBatch(store)
  const named = await batch.answer({ id: '', base: 'v1', patch: 'mine', onto: 'v2' })
  expect(await batch.answer({ id: '', base, patch, onto })).toEqual(named)
  const trees = { base: await tree(base), patch: await tree(patch), onto: await tree(onto) }
  expect(await batch.answer({ id: '', ...trees })).toEqual(named)
})

test('history is evidence where base and release are commits; trees have none, and nothing is made up', async () => {
  const { store, history, base, patch, onto, tree } = await world()
  const took = await history.commit('took', { 'a.txt': MINE }, { parents: [onto] })
  const batch = new CarryBatch(store)
  const known = await batch.answer({ id: '', base, patch, onto: took })
  expect(known).toMatchObject({ verdict: 'upstreamed', upstream: [took] })
  const bare = await batch.answer({ id: '', base: await tree(base), patch, onto: await tree(took) })
  expect(bare).toMatchObject({ verdict: 'upstreamed', upstream: [], tree: known['tree'] })
})

test('what upstream has a part of is told with its commit and the rest is carried, for one commit and for many in sum', async () => {
  const { store, history, base, onto, tree } = await world()
  const more = {
    'a.txt': longText('alpha', { 2: 'a line of mine', 3: 'another of mine', 6: 'a third of mine' }),
  }
  const one = await history.commit('one', more, { parents: [base] })
  const half = await history.commit('half', { 'a.txt': MINE }, { parents: [base] })
  const many = await history.commit('many', more, { parents: [half] })
  const took = {
    'a.txt': longText('alpha', { 2: 'a line of mine', 3: 'another of mine', 10: 'a line of theirs' }),
  }
  const upstream = await history.commit('took', took, { parents: [onto] })
  const batch = new CarryBatch(store)
  const expected = { verdict: 'adapted', upstream: [upstream] }
  const rest = await history.commit('rest', {
    'a.txt': longText('alpha', {
      ...{ 2: 'a line of mine', 3: 'another of mine', 6: 'a third of mine', 10: 'a line of theirs' },
    }),
  })
  for (const patch of [one, many])
    expect(await batch.answer({ id: '', base, patch, onto: upstream })).toMatchObject({
      ...expected,
      tree: await tree(rest),
    })
})

test('an answer does not depend on what was asked before it', async () => {
  const { store } = await world()
  const first = { id: 'first', base: 'v1', patch: 'mine', onto: 'v2' }
  const second = { id: 'second', base: 'v1', patch: 'v2', onto: 'mine' }
  const batch = new CarryBatch(store)
  const answers = [await batch.answer(first), await batch.answer(second), await batch.answer(first)]
  expect(answers[2]).toEqual(answers[0])
  expect(await new CarryBatch(store).answer(second)).toEqual(answers[1])
})

test('a name that means nothing is refused in a sentence that has it', async () => {
  const { store } = await world()
  const asked = new CarryBatch(store).answer({ id: '', base: 'v1', patch: 'mine', onto: 'v9' })
  await expect(asked).rejects.toThrow(Refusal)
  await expect(asked).rejects.toThrow('`v9`')
})
