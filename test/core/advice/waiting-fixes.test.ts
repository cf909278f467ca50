import { expect, test } from 'vitest'
import { waitingFixes } from '../../../src/core/advice/waiting-fixes.ts'
import { wordWaiting } from '../../../src/core/explain/found/word-waiting.ts'
import type { LoggedCommit } from '../../../src/core/model/commit.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { signature } from '../../support/history.ts'

function commit(number: number, title: string, paths: readonly string[], parents = 1): LoggedCommit {
  const oid = (each: number): Oid => String(each).padStart(40, '0') as Oid
  return {
    oid: oid(number),
    parents: Array.from({ length: parents }, (_, at) => oid(number - 1 - at)),
    author: signature(number),
    committer: signature(number),
    message: `${title}\n\nbody`,
    changes: paths.map((path) => ({ path, before: undefined, after: undefined })),
  }
}

const COMMITS = [
  commit(8, 'Docs', ['docs/calico.md']),
  commit(7, 'Hashes', ['roles/kubespray_defaults/vars/main/checksums.yml']),
  commit(6, 'Merge', ['roles/etcd/tasks/main.yml'], 2),
  commit(5, 'A play', ['playbooks/cluster.yml']),
  commit(4, 'Another plugin', ['roles/network_plugin/cilium/tasks/main.yml']),
  commit(3, 'What a patch changes', ['roles/network_plugin/weave/tasks/main.yml']),
  commit(2, 'Fix etcd', ['docs/etcd.md', 'roles/etcd/tasks/main.yml']),
]

function waiting(patched: readonly string[] = [], commits = COMMITS) {
  return waitingFixes({
    branch: 'release-2.28',
    release: 'v2.28.1' as ReleaseTag,
    commits,
    roles: new Set(['etcd', 'kubespray_defaults', 'network_plugin/calico']),
    patched: new Set(patched),
  })
}

test('commits that touch what runs or what the fork changes concern it, oldest first; merges are no commits of their own', () => {
  const { count, concerns } = waiting(['roles/network_plugin/weave/tasks/main.yml'])
  expect(count).toBe(6)
  expect(concerns.map(({ title, touches }) => [title, touches.kind])).toEqual([
    ['Fix etcd', 'role'],
    ['What a patch changes', 'patched'],
    ['A play', 'playbook'],
  ])
})

test('one notice says how many there are, and which concern whom', () => {
  expect(wordWaiting(waiting([], COMMITS.slice(4)))).toEqual([
    {
      code: 'fix-waiting',
      severity: 'notice',
      key: 'release-2.28',
      message:
        '`release-2.28` is 3 commits past v2.28.1, as far as this clone knows it; this one touches what you run or change: `000000000` `Fix etcd` (the role `etcd`).',
    },
  ])
})

test('where none concerns anybody nothing is said', () => {
  expect(wordWaiting(waiting([], COMMITS.slice(0, 2)))).toEqual([])
})

test('a long branch is told by its first commits', () => {
  const many = Array.from({ length: 12 }, (_, at) => commit(at + 10, `Fix ${at}`, ['roles/etcd/tasks/x.yml']))
  const [notice] = wordWaiting(waiting([], many.toReversed()))
  expect(notice?.message).toContain('these 12 touch')
  expect(notice?.message).toContain('`Fix 7` (the role `etcd`); and 4 more.')
})
