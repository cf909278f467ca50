import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { measured, type Measured } from '../support/measured.ts'
import {
  dashboardPage,
  fullProposalPage,
  onboardingPage,
  proposalPage,
  reportOf,
} from '../support/screens.ts'
import { statusPage } from '../support/status-page.ts'

const browser = findChromium()

/** Where a link of ours may lead: within the page, to the repository itself, or where it leaves no trace at other people’s. */
const RIGHT =
  /^(?:#[\w-]+|\.\.\/(?:blob|pull|commit)\/[^\s]+|https:\/\/github\.com\/somebody\/infra\/[^\s]+|https:\/\/redirect\.github\.com\/[^\s]+|https:\/\/(?!(?:[\w-]+\.)*github\.com\/)[^\s]+)$/

const DESK = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }

describe.skipIf(browser === undefined)(
  'texts as their readers meet them (skipped without a browser: apt-get install chromium)',
  () => {
    const pages: Readonly<Record<string, string>> = {
      'a dashboard': dashboardPage(25),
      'an onboarding': onboardingPage(25),
      'a report': reportOf(25),
    }
    let seen: ReadonlyMap<string, readonly [Measured, Measured]> = new Map()
    beforeAll(async () => {
      const all: Readonly<Record<string, string>> = { ...pages, 'the status page': await statusPage() }
      const screens = Object.values(all).flatMap((html) => [
        { html, ...DESK },
        { html, ...PHONE },
      ])
      const results = measured(browser as string, screens)
      seen = new Map(
        Object.keys(all).map((name, at) => [
          name,
          [results[at * 2], results[at * 2 + 1]] as [Measured, Measured],
        ]),
      )
    }, 120_000)
    afterAll(() => void (seen = new Map()))
    const at = (name: string): readonly [Measured, Measured] => {
      const found = seen.get(name)
      if (!found) throw new Error(`${name} was not measured`)
      return found
    }

    const names = [...Object.keys(pages), 'the status page']
    test.each(names)('nothing of %s has to be pushed sideways', (name) => {
      const [desk, phone] = at(name)
      expect(desk.contentWidth).toBeLessThanOrEqual(DESK.width)
      expect(phone.contentWidth).toBeLessThanOrEqual(PHONE.width)
    })
    test.each(names)('what %s refers to is a link that leads somewhere and leaves no trace', (name) => {
      const [desk] = at(name)
      expect(desk.links.map(({ to }) => to).filter((to) => !RIGHT.test(to))).toEqual([])
      expect([desk.bare, desk.lost]).toEqual([[], []])
    })
    test('a report has lines that can be read, and only its conflict stands open', () => {
      const [desk] = at('a report')
      expect(desk.longestLine).toBeGreaterThan(60)
      expect(desk.longestLine).toBeLessThanOrEqual(80)
      expect(desk.open).toEqual([expect.stringContaining('onflict')])
    })
    test('what waits stands on the first screen of a dashboard and of an onboarding', () => {
      expect(at('an onboarding')[0].tasks[0]).toBeLessThan(DESK.height)
      expect(at('a dashboard')[0].headings['What waits for you']).toBeLessThan(DESK.height / 3)
    })
  },
)

/** GitHub’s own header and tabs and the head of the first comment, which stand above the text beside its title: about so much. */
const GITHUBS_OWN = 230

describe.skipIf(browser === undefined)(
  'proposals as their readers meet them (skipped without a browser: apt-get install chromium)',
  () => {
    test.each([
      ['with 6 patches', () => proposalPage(6), 1],
      ['with 25 patches', () => proposalPage(25), 1],
      ['with 80 patches', () => proposalPage(80), 2],
      ['with something of everything', () => fullProposalPage(), 1],
    ] as const)(
      '%s: the last decision stands on screen, nothing is pushed sideways, and what is named is a link',
      (_, make, screens) => {
        const html = make()
        const [desk, phone] = measured(browser as string, [
          { html, ...DESK },
          { html, ...PHONE },
        ])
        if (!desk || !phone) throw new Error('nothing was measured')
        expect(desk.tasks.length).toBeGreaterThan(1)
        expect(Math.max(...desk.tasks) + GITHUBS_OWN).toBeLessThanOrEqual(DESK.height * screens)
        expect(desk.contentWidth).toBeLessThanOrEqual(DESK.width)
        expect(phone.contentWidth).toBeLessThanOrEqual(PHONE.width)
        expect(desk.links.map(({ to }) => to).filter((to) => !RIGHT.test(to))).toEqual([])
        expect([desk.bare, desk.lost]).toEqual([[], []])
      },
      60_000,
    )
  },
)
