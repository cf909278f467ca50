import { expect, test } from 'vitest'
import { netTopics } from '../../../src/core/series/net-topics.ts'
import { commit, line, oid, treeOf } from '../../support/commits.ts'

const BASE = { 'a.yml': 'a', 'b.yml': 'b', 'c.yml': 'c', 'd/e.yml': 'e', 'd/f.yml': 'f' }

test('files that the same commits changed are one topic, others another', () => {
  const commits = line(oid('base'), [
    { title: 'arm', changes: { 'a.yml': ['a', 'a2'], 'b.yml': ['b', 'b2'] } },
    { title: 'proxy', changes: { 'c.yml': ['c', 'c2'] } },
    { title: 'arm again', changes: { 'a.yml': ['a2', 'a3'], 'b.yml': ['b2', 'b3'] } },
  ])
  const now = { ...BASE, 'a.yml': 'a3', 'b.yml': 'b3', 'c.yml': 'c2' }
  const topics = netTopics({ base: treeOf(BASE), now: treeOf(now), commits })
  expect(topics.map(({ title, changes }) => [title, changes.map(({ path }) => path)])).toEqual([
    ['arm (and 1 more in 2 files)', ['a.yml', 'b.yml']],
    ['proxy', ['c.yml']],
  ])
  expect(topics[0]?.commits).toEqual([commits[0]?.oid, commits[2]?.oid])
  expect(topics[0]?.changes[0]).toMatchObject({
    before: treeOf(BASE).get('a.yml'),
    after: treeOf(now).get('a.yml'),
  })
})

test('what ends as it began is no topic', () => {
  const commits = line(oid('base'), [
    { title: 'try', changes: { 'a.yml': ['a', 'a2'] } },
    { title: 'undo by hand', changes: { 'a.yml': ['a2', 'a'] } },
  ])
  expect(netTopics({ base: treeOf(BASE), now: treeOf(BASE), commits })).toEqual([])
})

test('two topics of one commit have different identities', () => {
  const commits = line(oid('base'), [
    { title: 'both', changes: { 'a.yml': ['a', 'a2'], 'b.yml': ['b', 'b2'] } },
    { title: 'a1', changes: { 'a.yml': ['a2', 'a3'] } },
    { title: 'a2', changes: { 'a.yml': ['a3', 'a4'] } },
  ])
  const topics = netTopics({
    base: treeOf(BASE),
    now: treeOf({ ...BASE, 'a.yml': 'a4', 'b.yml': 'b2' }),
    commits,
  })
  expect(topics).toHaveLength(2)
  expect(new Set(topics.map(({ id }) => id)).size).toBe(2)
})

test('the same commit on both sides of a merge counts once', () => {
  const change = { title: 'arm', time: 5, changes: { 'a.yml': ['a', 'a2'] as const } }
  const first = commit({ ...change, parents: [oid('x')] })
  const rebased = commit({ ...change, parents: [oid('y')] })
  const merge = commit({ title: 'merge', parents: [first.oid, rebased.oid] })
  const topics = netTopics({
    base: treeOf(BASE),
    now: treeOf({ ...BASE, 'a.yml': 'a2' }),
    commits: [first, rebased, merge],
  })
  expect(topics).toMatchObject([{ title: 'arm', commits: [first.oid] }])
})

test('what only a merge changed is put together by folder and named for the merge', () => {
  const merge = commit({ title: 'Merge upstream', parents: [oid('x'), oid('y')] })
  const topics = netTopics({
    base: treeOf(BASE),
    now: treeOf({ ...BASE, 'd/e.yml': 'e2', 'd/f.yml': 'f2' }),
    commits: [merge],
  })
  expect(topics).toMatchObject([{ title: 'Merge upstream', commits: [merge.oid] }])
  expect(topics[0]?.changes).toHaveLength(2)
})

test('topics with one title are told apart by where they are', () => {
  const merge = commit({ title: 'Import', parents: [oid('x'), oid('y')] })
  const changed = { 'a.yml': 'a2', 'd/e.yml': 'e2', 'd/f.yml': 'f2', 'd/g/h.yml': 'h2' }
  const topics = netTopics({
    base: treeOf({ ...BASE, 'd/g/h.yml': 'h' }),
    now: treeOf({ ...BASE, ...changed }),
    commits: [merge],
  })
  expect(topics.map(({ title }) => title)).toEqual([
    'Import (a.yml)',
    'Import (2 files in d)',
    'Import (d/g/h.yml)',
  ])
  expect(topics.every(({ title, message }) => message.split('\n')[0] === title)).toBe(true)
})

test('one commit over many files is one patch, whatever else bulk commits do', () => {
  const paths = Array.from({ length: 27 }, (_, at) => `roles/r${at}/tasks/main.yml`)
  const base = Object.fromEntries([...paths, 'cluster.yml'].map((path) => [path, 'old']))
  const changes = Object.fromEntries(paths.map((path) => [path, ['old', 'new'] as const]))
  const commits = line(oid('base'), [
    { title: 'Everywhere at once', changes },
    { title: 'Beside it', changes: { 'cluster.yml': ['old', 'other'] } },
  ])
  const now = { ...Object.fromEntries(paths.map((path) => [path, 'new'])), 'cluster.yml': 'other' }
  const topics = netTopics({ base: treeOf(base), now: treeOf(now), commits })
  expect(topics.map(({ title, changes: of }) => [title, of.length])).toEqual([
    ['Everywhere at once', 27],
    ['Beside it', 1],
  ])
})

test('modes that a copy lost on many files are a topic of their own, so that what it says can be seen', () => {
  const paths = Array.from({ length: 27 }, (_, at) => `roles/r${at}/tasks/main.yml`)
  const before = treeOf(Object.fromEntries([...paths, 'cluster.yml'].map((path) => [path, 'old'])))
  const said = treeOf({ 'cluster.yml': 'new' })
  const now = new Map([...before, ...said].map(([path, { oid }]) => [path, { mode: '100755', oid } as const]))
  const changes = [...now].map(([path, after]) => ({ path, before: before.get(path), after }))
  const commits = [{ ...commit({ title: 'Copy it in' }), changes }]
  const topics = netTopics({ base: before, now, commits })
  expect(topics.map(({ title, changes: of }) => [title, of.length])).toEqual([
    ['Copy it in (cluster.yml)', 1],
    ['Copy it in (modes of 27 files in roles)', 27],
  ])
})
