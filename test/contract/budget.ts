import { afterEach, describe, expect, test } from 'vitest'
import type { Clock } from '../../src/ports/clock.ts'
import { PER_VISIT, type Allowance, type Budget } from '../../src/ports/budget.ts'

/** Opens an empty budget that tells the time by this clock. */
type OpenBudget = (allowances: readonly Allowance[], clock: Clock) => Promise<Budget & { close?: () => void }>

const SECOND = 1000
const MINUTE = 60 * SECOND

/** The promises of `ports/budget.ts`, for every budget. Time is the test's own. */
export function describeBudget(name: string, open: OpenBudget): void {
  describe(name, () => {
    const ends: (() => void)[] = []
    afterEach(() => ends.splice(0).forEach((end) => end()))

    async function budget(...allowances: readonly Allowance[]) {
      const clock = { at: Date.UTC(2026, 0, 1), now: () => clock.at }
      const opened = await open(allowances, clock)
      if (opened.close) ends.push(opened.close)
      return { clock, spend: (spender = 'a') => opened.spend(spender) }
    }

    test('what is allowed is allowed, the next one when the first is a while ago', async () => {
      const { clock, spend } = await budget({ most: 3, within: MINUTE })
      const start = clock.at
      for (let index = 0; index < 3; index++) {
        expect(await spend()).toBeUndefined()
        clock.at += SECOND
      }
      expect(await spend()).toBe(start + MINUTE)
      clock.at = start + MINUTE - 1
      expect(await spend()).toBeGreaterThanOrEqual(start + MINUTE)
      clock.at = start + MINUTE
      expect(await spend()).toBeUndefined()
    })

    test('the strictest of several allowances counts', async () => {
      const { clock, spend } = await budget({ most: 2, within: MINUTE }, { most: 3, within: 10 * MINUTE })
      const start = clock.at
      await spend()
      await spend()
      expect(await spend()).toBe(start + MINUTE)
      clock.at = start + MINUTE
      expect(await spend()).toBeUndefined()
      clock.at = start + 2 * MINUTE
      expect(await spend()).toBe(start + 10 * MINUTE)
    })

    test('one spender does not keep another', async () => {
      const { spend } = await budget({ most: 1, within: MINUTE })
      expect(await spend('a')).toBeUndefined()
      expect(await spend('a')).toBeDefined()
      expect(await spend('b')).toBeUndefined()
    })

    test('those who are sent away come back one after the other, however many they are', async () => {
      const { clock, spend } = await budget({ most: 2 * PER_VISIT, within: MINUTE })
      for (let index = 0; index < 2 * PER_VISIT; index++) {
        await spend()
        clock.at += SECOND
      }
      const told: number[] = []
      for (let index = 0; index < 20; index++) told.push((await spend()) ?? 0)
      expect(new Set(told).size).toBe(20)
      expect(told).toEqual([...told].sort((a, b) => a - b))
      expect(Math.max(...told) - clock.at).toBeLessThan(20 * MINUTE)
    })

    test('however it is asked, no window holds more than is allowed', async () => {
      const { clock, spend } = await budget({ most: 5, within: 10 * SECOND }, { most: 20, within: MINUTE })
      const spent: number[] = []
      // A fixed sequence that looks like chance.
      for (let step = 0, seed = 7; step < 600; step++) {
        seed = (seed * 48_271) % 2_147_483_647
        clock.at += seed % 1500
        if ((await spend()) === undefined) spent.push(clock.at)
      }
      const within = (from: number, length: number) => spent.filter((at) => at >= from && at < from + length)
      for (const at of spent) {
        expect(within(at, 10 * SECOND).length).toBeLessThanOrEqual(5)
        expect(within(at, MINUTE).length).toBeLessThanOrEqual(20)
      }
      expect(spent.length).toBeGreaterThan(100)
    })
  })
}
