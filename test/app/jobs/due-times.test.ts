import { expect, test } from 'vitest'
import { dueTimes, placeInDay } from '../../../src/app/jobs/due-times.ts'

const NOW = Date.UTC(2026, 0, 1)
const MINUTE = 60_000

function repositories(owners: number, each: number) {
  return Array.from({ length: owners * each }, (_, index) => ({
    owner: `owner-${Math.floor(index / each)}`,
    name: `cluster-${index % each}`,
  }))
}

/** The most that are due within any such while. */
function most(times: readonly number[], within: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return Math.max(...sorted.map((from, at) => sorted.slice(at).findIndex((time) => time >= from + within)))
}

test('a few are due at once, ten thousand within half an hour, never many at a time', () => {
  const few = dueTimes(repositories(3, 1), NOW)
  expect(Math.max(...few)).toBeLessThan(NOW + 1200)
  const many = dueTimes(repositories(10_000, 1), NOW)
  expect(Math.min(...many)).toBeGreaterThanOrEqual(NOW)
  expect(Math.max(...many)).toBeLessThan(NOW + 30 * MINUTE)
  expect(most(many, 1000)).toBeLessThan(20)
})

test('the repositories of one account are four a minute, however many others there are', () => {
  const mixed = [...repositories(1000, 1), ...repositories(1, 200).map(({ name }) => ({ owner: 'Us', name }))]
  const ours = dueTimes(mixed, NOW).slice(1000)
  expect(most(ours, MINUTE)).toBeLessThanOrEqual(5)
  expect(Math.max(...ours)).toBeLessThan(NOW + 50 * MINUTE)
})

test('the same list gives the same times', () => {
  expect(dueTimes(repositories(50, 3), NOW)).toEqual(dueTimes(repositories(50, 3), NOW))
})

test('each repository is in its next day once in 24 hours, all at different times', () => {
  const changes = repositories(24, 1).map(({ owner }) => {
    const days = Array.from({ length: 25 }, (_, hour) => placeInDay(owner, NOW + hour * 60 * MINUTE))
    expect((days.at(-1) as number) - (days[0] as number)).toBe(1)
    return days.findIndex((day) => day !== days[0])
  })
  expect(new Set(changes).size).toBeGreaterThan(8)
})
