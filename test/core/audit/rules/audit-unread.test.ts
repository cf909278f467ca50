import { describe, expect, test } from 'vitest'
import type { Architecture } from '../../../../src/core/model/architecture.ts'
import { auditOf, SMALL, told, type Files } from '../../../support/audited.ts'

const BOTH: readonly Architecture[] = ['amd64', 'arm64']

function inventory(text: string): Files {
  return { 'inventory/home/hosts.ini': '[all]\nnode1\n', 'inventory/home/group_vars/all/all.yml': text }
}

test('variables that nothing reads', () => {
  const files = {
    ...SMALL,
    ...inventory('etcd_verson: v3\nmy_mirror: x\nunused: "{{ my_mirror }}"\nansible_user: me\n'),
  }
  expect(told(auditOf(files, BOTH))).toEqual([
    'notice variable-unread etcd_verson',
    'notice variable-unread unused',
  ])
})

describe('what upstream’s sample sets by itself', () => {
  const sample = {
    'inventory/sample/hosts.ini': '[all]\n',
    'inventory/sample/group_vars/all/all.yml': 'left_over: 1\n',
  }
  const changed = { ...sample, 'inventory/sample/group_vars/all/all.yml': 'left_over: 1\nmine: 2\n' }
  test('is no variable of the fork', () => {
    expect(auditOf({ ...SMALL, ...sample }, BOTH)).toEqual([])
    expect(auditOf({ ...SMALL, ...sample }, BOTH, { ...SMALL, ...sample })).toEqual([])
  })
  test('differs from what a fork sets in it', () => {
    const found = auditOf({ ...SMALL, ...changed }, BOTH, { ...SMALL, ...sample })
    expect(told(found)).toEqual(['notice variable-unread mine'])
  })
})
