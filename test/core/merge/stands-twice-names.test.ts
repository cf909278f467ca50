import { expect, test } from 'vitest'
import { standsTwice } from '../../../src/core/merge/stands-twice.ts'

const lines = (text: string): readonly string[] => text.split('\n')

interface Row {
  readonly kind: Parameters<typeof standsTwice>[2]
  readonly base?: string
  readonly merged: string
  readonly upstream: string
  readonly patch: string
}

/** What a merged text has twice of what each side has once. */
function twice({ kind, base = '', merged, upstream, patch }: Row): ReturnType<typeof standsTwice> {
  return standsTwice(
    lines(merged),
    { base: lines(base), upstream: lines(upstream), patch: lines(patch) },
    kind,
  )
}

test('a key is named with the settings that it stands in, and what is below it is not told again', () => {
  const found = twice({
    kind: 'outline',
    upstream: 'a:\n  b:\n    deep: 1\n  c: 2',
    patch: 'a:\n  c: 2\n  b:\n    deep: 1',
    merged: 'a:\n  b:\n    deep: 1\n  c: 2\n  b:\n    deep: 1',
  })
  expect(found).toEqual([{ kind: 'key', name: 'a.b', place: 'a.b' }])
})

test('the same key in two places is no key twice', () => {
  const upstream = 'a:\n  x: 1\nb:\n  y: 1'
  const patch = 'a:\n  y: 1\nb:\n  x: 1'
  expect(
    twice({ kind: 'outline', upstream, patch, merged: 'a:\n  x: 1\n  y: 1\nb:\n  y: 1\n  x: 1' }),
  ).toEqual([])
})

test('a text that is one side’s has nothing twice that this side has not', () => {
  const upstream = 'x: 1\nx: 1'
  expect(twice({ kind: 'outline', upstream, patch: 'x: 1', merged: upstream })).toEqual([])
  expect(twice({ kind: 'outline', upstream: 'x: 1', patch: upstream, merged: upstream })).toEqual([])
})

test('what one side has as often is its own', () => {
  const often = 'mkdir -p /opt/panel\nls -l\nmkdir -p /opt/panel'
  const row = {
    kind: 'text',
    upstream: 'mkdir -p /opt/panel',
    patch: often,
    merged: `${often}\nthe end of it`,
  } as const
  expect(twice(row)).toEqual([])
  expect(twice({ ...row, patch: 'mkdir -p /opt/panel' })).toEqual([
    { kind: 'line', name: 'mkdir -p /opt/panel' },
  ])
})
