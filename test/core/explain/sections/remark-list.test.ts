import { expect, test } from 'vitest'
import { flat } from '../../../../src/core/explain/blocks/text.ts'
import { remarkTexts } from '../../../../src/core/explain/sections/remark-list.ts'

const CHECK_OFF = { severity: 'warning', message: 'A check is off.' } as const

test('what is the same at several places is said once, with all of them, where the first of them was', () => {
  const said = remarkTexts([
    { ...CHECK_OFF, file: 'hosts.ini', line: 10 },
    { severity: 'warning', message: 'Something else.', file: 'hosts.ini', line: 11 },
    { ...CHECK_OFF, file: 'hosts.ini', line: 16 },
    { ...CHECK_OFF, file: 'more.ini', line: 1 },
    { ...CHECK_OFF, severity: 'notice', file: 'hosts.ini', line: 17 },
    { severity: 'notice', message: 'Of no place.' },
  ])
  expect(said.map(flat)).toEqual([
    'warning `hosts.ini:10`, `hosts.ini:16`, `more.ini:1`: A check is off.',
    'warning `hosts.ini:11`: Something else.',
    'notice `hosts.ini:17`: A check is off.',
    'notice: Of no place.',
  ])
})
