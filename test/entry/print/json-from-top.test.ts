import { expect, test } from 'vitest'
import { jsonFromTop } from '../../../src/entry/print/json-from-top.ts'

const SEEN = new Set(['cluster.yml', 'roles/a/main.yml', 'inventory/prod', 'inventory/prod/hosts.ini'])
const pathOf = (path: string): string => (SEEN.has(path) ? `k/${path}` : path)

test.each<[string, object, object]>([
  [
    'what names files, in whatever depth',
    {
      files: ['cluster.yml'],
      findings: [{ file: 'roles/a/main.yml', line: 1 }],
      inventories: ['inventory/prod'],
    },
    {
      files: ['k/cluster.yml'],
      findings: [{ file: 'k/roles/a/main.yml', line: 1 }],
      inventories: ['k/inventory/prod'],
    },
  ],
  [
    'both paths of a file that moved',
    { files: [{ path: 'cluster.yml', to: 'roles/a/main.yml' }] },
    { files: [{ path: 'k/cluster.yml', to: 'k/roles/a/main.yml' }] },
  ],
  [
    'both of an inventory’s file that moves',
    {
      inventory: [{ file: 'inventory/prod/hosts.ini', from: 'inventory/prod/hosts.ini', to: 'cluster.yml' }],
    },
    {
      inventory: [
        { file: 'k/inventory/prod/hosts.ini', from: 'k/inventory/prod/hosts.ini', to: 'k/cluster.yml' },
      ],
    },
  ],
  [
    'a path between backquotes of a sentence, with its line',
    { problems: [{ message: 'Look at `cluster.yml:7`, not at `x` or cluster.yml.' }] },
    { problems: [{ message: 'Look at `k/cluster.yml:7`, not at `x` or cluster.yml.' }] },
  ],
])('from the top of the repository stands %s', (_, json, expected) => {
  expect(jsonFromTop(json, pathOf)).toEqual(expected)
})

test('values stay what they are, though a file is called so', () => {
  const json = {
    title: 'cluster.yml',
    inventory: [{ file: 'x', line: 1, key: 'playbook', from: 'cluster.yml', to: 'inventory/prod' }],
    leftOut: [{ file: 'x', text: 'cluster.yml' }],
  }
  expect(jsonFromTop(json, pathOf)).toEqual(json)
})

test('where all paths are the repository’s nothing is touched', () => {
  const json = { file: 'cluster.yml' }
  expect(jsonFromTop(json, undefined)).toBe(json)
})
