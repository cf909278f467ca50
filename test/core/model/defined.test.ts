import { expect, test } from 'vitest'
import { defined, optional } from '../../../src/core/model/defined.ts'

test('what is undefined is absent; everything else stays, the empty and the false as well', () => {
  const fields = defined({ a: undefined, b: 0, c: '', d: false, e: null, f: [] })
  expect(Object.keys(fields)).toEqual(['b', 'c', 'd', 'e', 'f'])
  expect({ a: 1, ...defined({ a: undefined as number | undefined }) }).toEqual({ a: 1 })
})

test('fields that a value makes are there where it is', () => {
  expect({ ...optional(undefined as string | undefined, (text) => ({ text })) }).toEqual({})
  expect({ ...optional(null as string | null, (text) => ({ text })) }).toEqual({})
  expect({ ...optional(false, () => ({ text: 'never' })) }).toEqual({})
  expect({ ...optional('', (text) => ({ text })) }).toEqual({ text: '' })
  expect({ ...optional(0, (count) => ({ count })) }).toEqual({ count: 0 })
})
