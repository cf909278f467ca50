import { describe, expect, test } from 'vitest'
import { asksForVault, notInstalled, readFailures } from '../../../src/core/verify/read-failures.ts'
import { isInRange } from '../../../src/core/verify/is-in-range.ts'

describe('what Ansible said', () => {
  test('an error in its form until 2.18', () => {
    const said = `ERROR! couldn't resolve module/action 'kubo'. This often indicates a misspelling.

The error appears to be in 'playbooks/a b.yml': line 3, column 7, but may
be elsewhere in the file depending on the exact syntax problem.

The offending line appears to be:

- kubo:
`
    expect(readFailures(said)).toEqual([
      {
        message: "couldn't resolve module/action 'kubo'. This often indicates a misspelling.",
        file: 'playbooks/a b.yml',
        line: 3,
        hosts: [],
      },
    ])
  })

  test('an error in its form since 2.19', () => {
    const said = `[ERROR]: couldn't resolve module/action 'kubo'.\nOrigin: playbooks/cluster.yml:3:7\n\n1 ---\n`
    expect(readFailures(said)).toEqual([
      {
        message: "couldn't resolve module/action 'kubo'.",
        file: 'playbooks/cluster.yml',
        line: 3,
        hosts: [],
      },
    ])
  })

  test('each reader of a file of hosts has its say, and the one for its kind counts', () => {
    const said = ` [WARNING]:  * Failed to parse inventory/x/hosts with yaml plugin: no mapping
[WARNING]:  * Failed to parse inventory/x/hosts with ini plugin:
inventory/x/hosts:7: Expected key=value host variable
assignment, got: b
ERROR! Completely failed to parse inventory source inventory/x/hosts
`
    expect(readFailures(said)).toEqual([
      {
        message: 'Expected key=value host variable assignment, got: b',
        file: 'inventory/x/hosts',
        line: 7,
        hosts: [],
      },
    ])
  })

  test('words without any form are told as they are', () => {
    expect(readFailures('Traceback\n  x\nKeyError: 1\n')).toEqual([{ message: 'KeyError: 1', hosts: [] }])
  })

  test('a key that is not there is no fault', () => {
    const said = 'ERROR! Attempting to decrypt but no vault secrets found'
    expect(asksForVault(said)).toEqual({})
    expect(asksForVault('ERROR! Syntax Error while loading YAML.')).toBeUndefined()
  })
})

test.each([
  ['2.14.18', '2.14.0', '2.15.0', true],
  ['2.14.18', '2.14.18', undefined, true],
  ['2.14.18', undefined, '2.14.18', false],
  ['2.14.18', '2.14.19', undefined, false],
  ['2.9.27', '2.10.0', undefined, false],
  ['2.19.0rc1', undefined, '2.19.0', true],
  ['2.19.0', undefined, '2.19.0', false],
  ['2.19.0.dev0', '2.19.0', undefined, false],
  ['2.16', '2.16.0', '2.17', true],
  ['3', undefined, undefined, true],
] as const)('Ansible %s from %s up to %s: %s', (version, min, maxExclusive, isIn) => {
  expect(isInRange(version, { min, maxExclusive })).toBe(isIn)
})

test.each([
  ["couldn't resolve module/action 'ansible.posix.sysctl'. This often indicates", 'ansible.posix'],
  ["couldn't resolve module/action 'kubo'.", undefined],
  ["couldn't resolve module/action 'ansible.builtin.kubo'.", undefined],
  ["No filter named 'ansible.utils.ipaddr' found.", 'ansible.utils'],
  ["No filter named 'mine' found.", undefined],
  ['Could not load "a.b.c": \'Invalid plugin FQCN (a.b.c): unable to locate\ncollection a.b\'', 'a.b'],
  ["The ipaddr filter requires python's netaddr be installed on the ansible controller", 'netaddr'],
])('%s: what is not installed is %s', (said, name) => {
  expect(notInstalled(said)).toBe(name)
})
