import { describe, expect, test } from 'vitest'
import { memoryObjectStore } from '../../support/memory/memory-object-store.ts'
import { carrySeries } from '../../../src/app/carry/carry-series.ts'
import type { Commit } from '../../../src/core/model/commit.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { collectSeries } from '../../../src/core/series/collect-series.ts'
import { netTopics } from '../../../src/core/series/net-topics.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { historyIn, type Files } from '../../support/history.ts'
import { longText } from '../../support/carry.ts'

const USER = { name: 'The User', email: 'user@example.org' }

interface Own {
  readonly title: string
  readonly files: Files
  /** Upstream's author, as of a commit that was picked. */
  readonly picked?: true
}

interface Story {
  readonly base: Files
  readonly own: readonly Own[]
  readonly upstream: Readonly<Record<string, Files>>
  /** As in a history that merged upstream: the net change by topics. */
  readonly net?: true
}

/** Carries a fork's whole series onto upstream's head. */
async function carryAll({ base: files, own, upstream, net }: Story) {
  const store = memoryObjectStore()
  const history = historyIn(store)
  const base = await history.commit('base', files)
  let head: Oid = base
  for (const { title, files: changed, picked } of own)
    head = await history.commit(title, changed, { parents: [head], ...(picked ? {} : { author: USER }) })
  let tip: Oid = base
  const commits = new Map<string, Oid>()
  for (const [title, changed] of Object.entries(upstream)) {
    tip = await history.commit(title, changed, { parents: [tip] })
    commits.set(title, tip)
  }
  const [baseTree, headTree, tree] = await Promise.all([base, head, tip].map((oid) => store.readTree(oid)))
  if (!baseTree || !headTree || !tree) throw new Error('a tree is missing')
  const log = (await store.log({ to: head, not: [base] })).toReversed()
  const series = net
    ? {
        patches: netTopics({ base: baseTree, now: headTree, commits: log }),
        ownFiles: new Map(),
        leftOut: [],
      }
    : collectSeries({ commits: log, merges: [], base: baseTree, head: headTree })
  const fork = {
    head: (await store.readCommits([head])).get(head) as Commit,
    headTree,
    base: { release: 'v2.0.0' as ReleaseTag, commit: base, exact: true, found: 'ancestry' as const },
    baseTree,
    series,
  }
  const carried = await carrySeries(store, fork, { commit: tip, tree })
  await store.writeBlobs([...carried.newBlobs.values()])
  const text = async (path: string): Promise<string> => {
    const entry = carried.tree.get(path)
    const bytes = entry && (await store.readBlobs([entry.oid])).get(entry.oid)
    return bytes ? Buffer.from(bytes).toString() : ''
  }
  return { ...carried, commits, text }
}

describe('a topic, which is many commits in sum', () => {
  const rule = Array.from({ length: 6 }, (_, at) => `own rule ${at} of the user`).join('\n')
  const theirs = Array.from({ length: 9 }, (_, at) => `upstream's next change, line ${at}`).join('\n')
  const story = (pick: Own): Story => ({
    base: { 'rbac.txt': longText('rbac') },
    own: [{ title: 'Allow what we need here', files: { 'rbac.txt': longText('rbac', { 3: rule }) } }, pick],
    upstream: { "Make upstream's next change": { 'rbac.txt': longText('rbac', { 9: theirs }) } },
    net: true,
  })

  test.each([
    ['picked', "Make upstream's next change", true],
    ['made by hand', 'Something', undefined],
  ] as const)('keeps the user’s own lines when another commit of it was %s', async (_how, title, picked) => {
    const pick = {
      title,
      files: { 'rbac.txt': longText('rbac', { 3: rule, 9: theirs }) },
      ...(picked && { picked }),
    }
    const carried = await carryAll(story(pick))
    expect(carried.patches.map(({ verdict }) => verdict)).toEqual(['adapted'])
    expect(await carried.text('rbac.txt')).toBe(longText('rbac', { 3: rule, 9: theirs }))
    expect(carried.patches[0]?.upstream).toEqual([...carried.commits.values()])
    expect(carried.patches[0]?.look).toBeUndefined()
  })
})

describe('a later patch that corrects an earlier one', () => {
  const role = (...rules: readonly string[][]): string =>
    ['kind: ClusterRole', 'rules:', ...rules.flat(), 'end: true', ''].join('\n')
  const pods = ['- apiGroups: [""]', '  resources: ["pods"]', '  verbs: ["get", "list"]']
  const wide = ['- apiGroups: ["own.example.org"]', '  resources: ["things"]', '  verbs: ["*"]']
  const narrow = [...wide.slice(0, 2), '  verbs: ["get"]']
  const upstreams = [
    '- apiGroups: ["policy"]',
    '  resources: ["budgets"]',
    '  verbs: ["create"]',
    '  resourceNames: ["one"]',
  ]

  test.each([
    ['before it', [upstreams, pods, narrow]],
    ['after it', [pods, narrow, upstreams]],
    ['between', [pods, upstreams, narrow]],
  ])('is carried, though upstream has the rule that it brings as well (%s)', async (_where, corrected) => {
    const carried = await carryAll({
      base: { 'role.yml': role(pods) },
      own: [
        { title: 'Allow all for now', files: { 'role.yml': role(pods, wide) } },
        { title: 'Narrow it, and add the rule of upstream', files: { 'role.yml': role(...corrected) } },
      ],
      upstream: { 'Add the rule': { 'role.yml': role(upstreams, pods) } },
    })
    const text = await carried.text('role.yml')
    const isAsked = carried.patches[1]?.verdict === 'conflict'
    expect(isAsked || !text.includes('"*"')).toBe(true)
    expect(carried.patches[1]?.verdict).not.toBe('upstreamed')
    if (!isAsked) expect(text.match(/budgets/g)).toHaveLength(1)
  })

  test('and what the series takes back itself is nobody’s to have', async () => {
    const [first, gone] = ['a feature with some words', 'a line that goes again']
    const title = 'Bring the feature that we need'
    const carried = await carryAll({
      base: { 'a.txt': longText('alpha') },
      own: [
        { title, files: { 'a.txt': longText('alpha', { 3: `${first}\n${gone}` }) } },
        { title: 'Do without that line', files: { 'a.txt': longText('alpha', { 3: first }) } },
      ],
      upstream: { [`${title} (#7)`]: { 'a.txt': longText('alpha', { 3: first }) } },
    })
    expect(carried.patches.map(({ look }) => look)).toEqual([undefined, undefined])
    expect(carried.patches[0]).toMatchObject({ verdict: 'upstreamed', confidence: 1 })
    const why = carried.patches[0]?.files[0]?.leftOut?.map((each) => [each.text, each.why])
    expect(why).toContainEqual([gone, 'series'])
    expect(await carried.text('a.txt')).toBe(longText('alpha', { 3: first }))
  })
})
