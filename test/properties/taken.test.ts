import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carryStory } from '../support/carry.ts'
import { runs } from '../support/fast-check.ts'

/** The places of a file at which upstream and a patch put in settings of their own. */
const PLACES = 6
const PATHS = ['roles/a/defaults/main.yml', 'files/b.conf', 'files/c.txt'] as const

interface Setting {
  readonly name: number
  readonly value: number
  readonly place: number
}

const setting: fc.Arbitrary<Setting> = fc.record({
  name: fc.integer({ min: 0, max: 9 }),
  value: fc.integer({ min: 0, max: 2 }),
  place: fc.integer({ min: 0, max: PLACES - 1 }),
})

function written(path: string, { name, value }: Setting): string {
  if (path.endsWith('.yml')) return `own_setting_${name}: ${value}`
  return path.endsWith('.conf')
    ? `own.setting_${name} = ${value}`
    : `Setting number ${name} is ${value} here.`
}

/** Each name stands once, where it was put last. */
function text(path: string, settings: readonly Setting[]): string {
  const last = new Map(settings.map((each) => [each.name, each]))
  const line = (at: number): string =>
    path.endsWith('.txt') ? `Line ${at} of it.` : written(path, { name: 100 + at, value: 0, place: at })
  return Array.from({ length: PLACES }, (_, at) => [
    line(at),
    ...[...last.values()].filter(({ place }) => place === at).map((each) => written(path, each)),
  ])
    .flat()
    .map((each) => `${each}\n`)
    .join('')
}

/** Upstream picks some of a patch's settings, some with another value, some at another place, and puts in others. */
const worlds = fc.record({
  path: fc.constantFrom(...PATHS),
  mine: fc.uniqueArray(setting, { minLength: 1, maxLength: 5, selector: ({ name }) => name }),
  commits: fc.array(
    fc.array(
      fc.oneof(
        setting,
        fc.record({
          pick: fc.nat(4),
          value: fc.option(fc.integer({ min: 0, max: 2 })),
          moved: fc.option(fc.integer({ min: 0, max: PLACES - 1 })),
        }),
      ),
      { maxLength: 4 },
    ),
    { maxLength: 3 },
  ),
  author: fc.constantFrom(
    undefined,
    { name: 'Some Body', email: 'some@body.example' },
    { name: 'Test Person', email: 'person@example.com' },
  ),
})

type World = typeof worlds extends fc.Arbitrary<infer W> ? W : never

/** Upstream has a sentence of the same words, with its numbers the other way round. */
const SAME_NUMBERS: World = {
  path: 'files/c.txt',
  mine: [
    { name: 1, value: 0, place: 0 },
    { name: 2, value: 0, place: 0 },
  ],
  commits: [
    [
      { name: 0, value: 1, place: 0 },
      { pick: 3, value: null, moved: null },
    ],
  ],
  author: { name: 'Test Person', email: 'person@example.com' },
}

test('every line that a patch puts in is in the result, or listed as left out with a reason that holds', async () => {
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(worlds, async ({ path, mine, commits, author }) => {
      let state: readonly Setting[] = []
      const upstream = commits.map((deeds, at) => {
        state = [
          ...state,
          ...deeds.map((deed) => {
            if ('name' in deed) return deed
            const picked = mine[deed.pick % mine.length] as Setting
            return {
              ...picked,
              ...(deed.value !== null && { value: deed.value }),
              ...(deed.moved !== null && { place: deed.moved }),
            }
          }),
        ]
        return [`commit ${at}`, { [path]: text(path, state) }] as const
      })
      const carried = await carryStory({
        base: { [path]: text(path, []) },
        patch: { [path]: text(path, mine) },
        upstream: Object.fromEntries(upstream),
        author,
      })
      seen.set(carried.verdict, (seen.get(carried.verdict) ?? 0) + 1)
      const result = (carried.text(path) ?? '').split('\n')
      const leftOut = carried.file(path).leftOut ?? []
      for (const each of mine) {
        const line = written(path, each)
        const told = leftOut.find((other) => other.side === 'added' && other.text === line)
        expect(result.includes(line) || told !== undefined).toBe(true)
        if (told?.why === 'open') expect(carried.verdict).toBe('conflict')
        // No name that upstream never had goes without being asked about.
        const isKnown = state.some(({ name }) => name === each.name)
        // A sentence has no names: in a reviewed form it may go, shown and with a look asked for.
        const mayGo = author === undefined || (author.name === 'Test Person' && path.endsWith('.txt'))
        const isShown = mayGo && carried.look === true && told?.why === 'reviewed'
        if (!isKnown && carried.verdict !== 'conflict') expect(result.includes(line) || isShown).toBe(true)
      }
      // One sentence may stand at two places; a setting may not.
      if (carried.verdict !== 'conflict' && !path.endsWith('.txt'))
        for (const each of new Set(mine.map((one) => written(path, one))))
          expect(result.filter((line) => line === each).length).toBeLessThanOrEqual(1)
    }),
    { ...runs(400), examples: [[SAME_NUMBERS]] },
  )
  for (const verdict of ['clean', 'adapted', 'upstreamed', 'conflict'])
    expect(seen.get(verdict)).toBeGreaterThan(4)
})
