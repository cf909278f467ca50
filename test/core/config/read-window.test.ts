import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOpenAt, isTimeZone, nextOpening, readWindow } from '../../../src/core/config/read-window.ts'
import { runs } from '../../support/fast-check.ts'

describe('what is read', () => {
  test.each([
    ['before 5am', 0, 5, [0, 1, 2, 3, 4, 5, 6]],
    ['after 10pm', 22, 24, [0, 1, 2, 3, 4, 5, 6]],
    ['after 10pm and before 5am', 22, 5, [0, 1, 2, 3, 4, 5, 6]],
    ['Before 5AM And after 10pm', 22, 5, [0, 1, 2, 3, 4, 5, 6]],
    ['after 9:00am and before 17:00', 9, 17, [0, 1, 2, 3, 4, 5, 6]],
    ['before 12pm', 0, 12, [0, 1, 2, 3, 4, 5, 6]],
    ['after 12am and before 1am', 0, 1, [0, 1, 2, 3, 4, 5, 6]],
    ['every weekday', 0, 24, [1, 2, 3, 4, 5]],
    ['every weekend', 0, 24, [0, 6]],
    ['on monday', 0, 24, [1]],
    ['before 4am on monday and friday', 0, 4, [1, 5]],
    ['on mondays, tuesday and sunday', 0, 24, [0, 1, 2]],
    ['after 10pm and before 5am every weekday', 22, 5, [1, 2, 3, 4, 5]],
    ['every weekday before 5am', 0, 5, [1, 2, 3, 4, 5]],
  ])('%s', (text, from, to, days) => {
    const window = readWindow(text)
    expect(window && [window.from, window.to, [...window.days].sort()]).toEqual([from, to, days])
  })

  test.each([
    ...[
      '',
      ' ',
      'at any time',
      'before',
      'before 5',
      'before 5:30am',
      'before 13pm',
      'before 0am',
      'after 25:00',
    ],
    ...[
      'every',
      'every month',
      'on',
      'on caturday',
      'on monday and',
      'and monday',
      'before 5am and',
      'on monday every day',
    ],
    ...[
      'before 5am before 6am',
      'after 5am and before 5am',
      'before 0:00',
      'after 24:00',
      '0 5 * * 1',
      'on monday before 5am',
    ],
  ])('not: %j', (text) => {
    expect(readWindow(text)).toBeUndefined()
  })

  test.each([
    ['UTC', true],
    ['Europe/Berlin', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Europe/Berln', false],
    ['+02:00', false],
    ['', false],
    ['GMT+25', false],
  ])('the time zone %j', (name, is) => {
    expect(isTimeZone(name)).toBe(is)
  })
})

describe('when it is open', () => {
  // 2026-11-30 is a Monday.
  test.each([
    ['before 5am on monday', 'UTC', '2026-11-30T04:59Z', true],
    ['before 5am on monday', 'UTC', '2026-11-30T05:00Z', false],
    ['before 5am on monday', 'Europe/Berlin', '2026-11-29T23:00Z', true],
    ['before 5am on monday', 'Europe/Berlin', '2026-11-30T04:00Z', false],
    ['before 5am on monday', 'America/New_York', '2026-11-30T05:00Z', true],
    ['after 10pm and before 5am', 'UTC', '2026-11-30T23:00Z', true],
    ['after 10pm and before 5am', 'UTC', '2026-11-30T12:00Z', false],
    ['after 10pm on monday', 'Asia/Kolkata', '2026-11-30T16:30Z', true],
    ['after 10pm on monday', 'Asia/Kolkata', '2026-11-30T16:29Z', false],
    // Clocks are put forward at 01:00 UTC, from two to three.
    ['after 2am and before 3am', 'Europe/Berlin', '2026-03-29T01:00Z', false],
    ['after 3am and before 4am', 'Europe/Berlin', '2026-03-29T01:00Z', true],
    // And back: two o'clock comes twice.
    ['after 2am and before 3am', 'Europe/Berlin', '2026-10-25T00:30Z', true],
    ['after 2am and before 3am', 'Europe/Berlin', '2026-10-25T01:30Z', true],
  ])('%s in %s at %s: %s', (text, timeZone, time, is) => {
    expect(isOpenAt({ windows: [text], timeZone }, Date.parse(time))).toBe(is)
  })

  test('with no hours at any time, with several in any of them', () => {
    const now = Date.parse('2026-11-30T12:00Z')
    expect(isOpenAt({ windows: [], timeZone: 'UTC' }, now)).toBe(true)
    expect(isOpenAt({ windows: ['before 5am', 'on monday'], timeZone: 'UTC' }, now)).toBe(true)
    expect(isOpenAt({ windows: ['before 5am', 'on sunday'], timeZone: 'UTC' }, now)).toBe(false)
  })

  test.each([
    ['before 5am on monday', 'Europe/Berlin', '2026-11-28T13:10Z', '2026-11-30 00:00'],
    ['after 10pm', 'Asia/Kolkata', '2026-11-28T13:10Z', '2026-11-28 22:00'],
    ['every weekend', 'UTC', '2026-11-28T13:10Z', '2026-11-28 13:15'],
    // An hour that this Sunday does not have: the next one has it.
    ['after 2am and before 3am on sunday', 'Europe/Berlin', '2026-03-28T12:00Z', '2026-04-05 02:00'],
  ])('%s in %s, asked at %s, comes next on', (text, timeZone, time, next) => {
    expect(nextOpening({ windows: [text], timeZone }, Date.parse(time))).toBe(next)
  })

  test('whatever is read opens within two weeks, and not always', () => {
    const side = fc.constantFrom('before', 'after')
    const days = fc.constantFrom('', ' every weekend', ' on tuesday')
    const zones = fc.constantFrom('UTC', 'Australia/Lord_Howe', 'Pacific/Chatham')
    fc.assert(
      fc.property(side, fc.integer({ min: 1, max: 11 }), days, zones, (word, hour, on, timeZone) => {
        const schedule = { windows: [`${word} ${hour}am${on}`], timeZone }
        const start = Date.parse('2026-03-20T00:00Z')
        const hours = [...Array(14 * 24).keys()].map((at) => isOpenAt(schedule, start + at * 3600_000))
        expect(new Set(hours).size).toBe(2)
        expect(nextOpening(schedule, start)).toBeDefined()
      }),
      runs(30),
    )
  })
})
