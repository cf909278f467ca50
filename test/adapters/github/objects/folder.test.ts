import { expect, test } from 'vitest'
import { flatten } from '../../../../src/adapters/github/objects/folder.ts'
import type { Oid } from '../../../../src/core/model/oid.ts'
import { UnusablePath } from '../../../../src/core/model/parent-of.ts'

const [root, inner, blob] = ['1', '2', '3'].map((digit) => digit.repeat(40) as Oid) as [Oid, Oid, Oid]

test('a name that GitHub could not tell as it is, is refused by that name rather than lost', () => {
  const rows = new Map([
    [root, [{ name: 'roles', mode: '040000' as const, oid: inner }]],
    [inner, [{ name: 'caf\uFFFD', mode: '100644' as const, oid: blob }]],
  ])
  expect(() => flatten(root, (oid) => rows.get(oid))).toThrow(UnusablePath)
  expect(() => flatten(root, (oid) => rows.get(oid))).toThrow('roles/caf\uFFFD')
})
