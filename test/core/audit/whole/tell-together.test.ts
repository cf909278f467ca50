import { expect, test } from 'vitest'
import type { Found } from '../../../../src/core/audit/finding.ts'
import { tellTogether } from '../../../../src/core/audit/whole/tell-together.ts'
import { wordFindings } from '../../../../src/core/explain/found/word-findings.ts'

function undefinedIn(component: string, setting?: string, enabled = true): Found {
  return {
    code: 'undefined-variable',
    severity: 'error',
    file: 'roles/download/main.yml',
    line: component.length,
    subject: component,
    architectures: ['amd64'],
    facts: { kind: 'nothing-defines', component, what: 'mirror', on: ['amd64'], enabled },
    ...(setting === undefined
      ? {}
      : { cause: { kind: 'setting', name: setting, file: 'inventory/a/group_vars/all.yml', line: 3 } }),
  }
}

function told(found: Readonly<Record<string, readonly Found[]>>): readonly string[] {
  const all = Object.entries(found).map(([inventory, each]) => ({ inventory, found: each }))
  return wordFindings(tellTogether(all)).map(({ message }) => message)
}

test('what all inventories have in common is said once, and of none in particular', () => {
  const [message, ...more] = told({ a: [undefinedIn('etcd')], b: [undefinedIn('etcd')] })
  expect(more).toEqual([])
  expect(message).not.toContain('inventories')
})

test('what some of several inventories have names them', () => {
  const [message] = told({ a: [undefinedIn('etcd')], b: [], c: [undefinedIn('etcd')] })
  expect(message).toMatch(/ That is so with 2 of 3 inventories: `a` and `c`\.$/)
})

test('a finding inside of the one inventory that has it says so by its place', () => {
  const inside = { ...undefinedIn('etcd'), file: 'a/group_vars/all.yml' }
  expect(told({ a: [inside], b: [] })[0]).not.toContain('inventories')
})

test('where the place is the whole reason no inventory is named', () => {
  const found: Found = { ...undefinedIn('x'), code: 'verification-off', message: 'It is off.' }
  expect(told({ a: [found], b: [] })).toEqual(['It is off.'])
})

test('what different settings of two inventories bring about keeps both places', () => {
  const [one, two] = told({ a: [undefinedIn('etcd', 'x')], b: [undefinedIn('etcd', 'y')] })
  expect([one, two].join(' ')).toMatch(/`x`.*`a`.*`y`.*`b`/s)
})

test('all downloads that ask for one variable are one thing, those in use first, with the settings that are the reason', () => {
  const messages = told({
    a: [undefinedIn('dashboard', 'x', false), undefinedIn('etcd', 'y'), undefinedIn('cni')],
  })
  expect(messages).toEqual([
    '3 downloads ask for `mirror` on nodes of amd64, which nothing defines (`cni`, `etcd` and `dashboard`), so they cannot be downloaded there, and the play stops. The reason of 2 of them is what you set in `y` (`inventory/a/group_vars/all.yml:3`) and `x` (`inventory/a/group_vars/all.yml:3`).',
  ])
})

test('one setting that all of it comes of is its cause', () => {
  const [finding] = tellTogether([
    { inventory: 'a', found: [undefinedIn('etcd', 'x'), undefinedIn('cni', 'x')] },
  ])
  expect(finding).toMatchObject({ subject: 'mirror', cause: { kind: 'setting', name: 'x' } })
})

test('the release’s own fault and one of patches are not told as one', () => {
  const patch: Found = { ...undefinedIn('cni'), cause: { kind: 'patch' } }
  const release: Found = { ...undefinedIn('etcd'), cause: { kind: 'release' } }
  expect(told({ a: [patch, release] })).toHaveLength(2)
})
