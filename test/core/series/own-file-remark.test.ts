import { expect, test } from 'vitest'
import {
  broughtBy,
  likePairs,
  outlivingFiles,
  shadowRemarks,
} from '../../../src/core/series/own-file-remark.ts'
import { collectSeries } from '../../../src/core/series/collect-series.ts'
import { line, oid, treeOf } from '../../support/commits.ts'
import { carriedPatch } from '../../support/pull-request.ts'

const BASE = treeOf({ 'a.yml': 'a', 'README.md': 'r' })

test('a file that a patch added, and a later own commit changed, is known to be that patch’s', () => {
  const commits = line(oid('base'), [
    {
      title: 'Ansible of its own',
      changes: {
        'a.yml': ['a', 'a2'],
        'requirements-2.10.txt': [undefined, 'ansible'],
        'inventory/x/h.ini': [undefined, 'h'],
      },
    },
    { title: 'Newer Ansible', changes: { 'requirements-2.10.txt': ['ansible', 'newer'] } },
    { title: 'Notes', changes: { 'notes.txt': [undefined, 'mine'] } },
  ])
  const head = treeOf({
    'a.yml': 'a2',
    'README.md': 'r',
    'requirements-2.10.txt': 'newer',
    'notes.txt': 'mine',
  })
  const { patches, ownFiles } = collectSeries({ commits, merges: [], base: BASE, head })
  expect([...ownFiles.keys()]).toContain('requirements-2.10.txt')
  const brought = broughtBy(ownFiles, commits, { patches, base: BASE })
  expect([...brought].map(([path, { title }]) => [path, title])).toEqual([
    ['requirements-2.10.txt', 'Ansible of its own'],
  ])
  const [patch] = patches
  if (!patch) throw new Error('no patch')
  const became = (verdict: 'upstreamed' | 'clean' | 'obsolete', release = BASE) =>
    outlivingFiles(brought, [{ ...carriedPatch('1', { title: '', verdict, files: [] }), patch }], {
      result: head,
      release,
    })
  expect(became('upstreamed')).toEqual([
    {
      code: 'file-outlives-patch',
      file: 'requirements-2.10.txt',
      patch: 'Ansible of its own',
      verdict: 'upstreamed',
    },
  ])
  expect(became('obsolete')).toHaveLength(1)
  expect(became('clean')).toEqual([])
  // Whoever were to remove it would take it from the release.
  expect(became('upstreamed', treeOf({ 'requirements-2.10.txt': 'theirs' }))).toEqual([])
})

test.each([
  ['roles/x/vars/debian-10.yml', 'roles/x/vars/debian.yml', 'selection'],
  ['roles/x/templates/own.conf.j2', 'roles/x/templates/new.conf.j2', 'content'],
  ['contrib/collect.sh', 'scripts/collect.sh', 'name'],
  ['contrib/collect.sh', 'roles/x/files/collect.sh', 'name'],
] as const)('%s beside %s is told', (file, other, like) => {
  const text = (name: string): readonly string[] =>
    like === 'content' ? ['one\n', 'two\n', 'three\n'] : [`only ${name}\n`]
  const pairs = likePairs({ own: [file], base: BASE, release: treeOf({ 'a.yml': 'a', [other]: 'o' }) })
  expect(shadowRemarks(pairs, (pair) => [text(pair.file), text(pair.other)])).toEqual([
    { code: 'own-file-shadows', file, other, like },
  ])
})

test.each([
  ['roles/x/tasks/main.yml', 'roles/y/tasks/main.yml'],
  ['contrib/terraform/x/variables.tf', 'contrib/terraform/y/variables.tf'],
  ['roles/x/vars/fedora.yml', 'roles/x/vars/debian.yml'],
  ['inventory/mine/group_vars/all.yml', 'inventory/sample/group_vars/all.yml'],
  ['docs/own.md', 'roles/x/files/tool.sh'],
  ['extra/roles/x/vars/debian.yml', 'roles/y/tasks/debian.yml'],
])('%s beside %s is nothing to tell', (file, other) => {
  const pairs = likePairs({ own: [file], base: BASE, release: treeOf({ [other]: 'o' }) })
  expect(shadowRemarks(pairs, (pair) => [[`of ${pair.file}\n`], [`of ${pair.other}\n`]])).toEqual([])
})

test('what upstream had already when the fork began is no news', () => {
  const release = treeOf({ 'scripts/collect.sh': 'o' })
  expect(likePairs({ own: ['contrib/collect.sh'], base: release, release })).toEqual([])
})
