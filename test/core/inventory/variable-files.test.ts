import { describe, expect, test } from 'vitest'
import { variableFiles } from '../../../src/core/inventory/variable-files.ts'
import { treeOf } from '../../support/commits.ts'

describe('a file in a folder of variables', () => {
  test.each([
    ['all.yml', true],
    ['all', true],
    ['all/deep/more.yaml', true],
    // Made into `all.yml` by somebody, or left over from it: no group is called so.
    ['all.yml.template', false],
    ['all.yml.2024-01-05', false],
    ['all.yaml.tpl', false],
    ['all.template', false],
    ['all.dist', false],
    ['all.old', false],
    ['all/main.yml.template', false],
  ])('%s is read of a group: %s', (name, isRead) => {
    const read = variableFiles(treeOf({ [`inventory/mine/group_vars/${name}`]: '{}' }), 'inventory/mine')
    expect(read.variableFiles.length > 0).toBe(isRead)
  })

  test('is read of a host whose name has dots', () => {
    const read = variableFiles(treeOf({ 'host_vars/node1.example.org': '{}' }), '')
    expect(read.variableFiles).toEqual([
      { path: 'host_vars/node1.example.org', scope: { kind: 'host', name: 'node1.example.org' } },
    ])
  })
})
