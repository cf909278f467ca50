import { describe, expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import { carryStory, longText, type Carried, type CarryStory } from '../../support/carry.ts'
import { yaml } from '../../support/yaml.ts'

const PATH = 'docs/a.txt'
const OLD = longText('alpha')
const BASE = { [PATH]: OLD, 'docs/b.txt': longText('other') }

/** Lines that a patch puts in, some of which upstream may have worded in its own way. */
function feature({ reworded }: { reworded: number }): string {
  return Array.from({ length: 6 }, (_, at) =>
    at < 6 - reworded ? `part ${at} of the feature` : `reworked by the reviewer (${at})`,
  ).join('\n')
}

const WITH = longText('alpha', { 2: feature({ reworded: 0 }) })

function carry(
  upstream: CarryStory['upstream'],
  patch: CarryStory['patch'] = { [PATH]: WITH },
): Promise<Carried> {
  return carryStory({ base: BASE, patch, upstream })
}

function named(carried: Carried): string[] {
  const subjects = new Map([...carried.commits].map(([subject, oid]) => [oid, subject]))
  return carried.upstream.map((oid) => subjects.get(oid) ?? oid)
}

describe('nothing is left to carry, and the commit that took it is named', () => {
  test.each([
    ['the same content', { took: { [PATH]: WITH } }, 'took', 1],
    [
      'the same hunk, and upstream went on elsewhere',
      {
        took: { [PATH]: WITH },
        on: { [PATH]: longText('alpha', { 2: feature({ reworded: 0 }), 10: 'more' }) },
      },
      'took',
      1,
    ],
    [
      'the same hunk, of which upstream reworded a part later',
      { took: { [PATH]: WITH }, on: { [PATH]: longText('alpha', { 2: feature({ reworded: 2 }) }) } },
      'took',
      1,
    ],
    [
      'other commits stand before and after',
      {
        before: { [PATH]: longText('alpha', { 12: 'more' }) },
        took: { [PATH]: longText('alpha', { 2: feature({ reworded: 0 }), 12: 'more' }) },
        after: { 'docs/b.txt': longText('other', { 3: 'more' }) },
      },
      'took',
      1,
    ],
    [
      'taken, taken back, and taken again',
      { took: { [PATH]: WITH }, back: { [PATH]: OLD }, again: { [PATH]: WITH } },
      'again',
      1,
    ],
    [
      'the reviewed form, with some lines in other words',
      { reviewed: { [PATH]: longText('alpha', { 2: feature({ reworded: 2 }) }) } },
      'reviewed',
      4 / 6,
    ],
  ] as [string, CarryStory['upstream'], string, number][])('%s', async (_title, ...row) => {
    const [upstream, by, confidence] = row
    const carried = await carry(upstream)
    expect(carried.verdict).toBe('upstreamed')
    expect(carried.nothingLeft).toBe(true)
    expect(named(carried)).toEqual([by])
    expect(carried.confidence).toBeCloseTo(confidence, 10)
    expect(sayReason(carried.file(PATH))).toContain(by)
  })

  test('lines that both took away', async () => {
    const without = OLD.split('\n').toSpliced(3, 4).join('\n')
    const carried = await carry({ took: { [PATH]: without } }, { [PATH]: without })
    expect(carried.verdict).toBe('upstreamed')
    expect(named(carried)).toEqual(['took'])
  })

  test('a setting that upstream put in at another place of the same mapping', async () => {
    const settings = yaml`
      a: 1
      b:
        c: 1
        d: 1
    `
    const carried = await carryStory({
      base: { 'f.yml': settings },
      patch: { 'f.yml': settings + '  image_architectures: amd64\n' },
      upstream: { took: { 'f.yml': settings.replace('  c: 1', '  image_architectures: amd64\n  c: 2') } },
    })
    expect(carried.verdict).toBe('upstreamed')
    expect(named(carried)).toEqual(['took'])
  })

  test('a patch that changes nothing has nothing to carry', async () => {
    const carried = await carry({ more: { [PATH]: WITH } }, {})
    expect(carried.nothingLeft).toBe(true)
    expect(carried.files).toEqual([])
  })
})

test('a patch of which upstream took one file is cut to the other', async () => {
  const rest = longText('other', { 3: feature({ reworded: 0 }).replaceAll('part', 'rest') })
  const carried = await carry({ took: { [PATH]: WITH } }, { [PATH]: WITH, 'docs/b.txt': rest })
  expect(carried.verdict).toBe('adapted')
  expect(carried.file(PATH).verdict).toBe('upstreamed')
  expect(carried.file('docs/b.txt').verdict).toBe('clean')
  expect(carried.text('docs/b.txt')).toBe(rest)
})

test('a file that the commit which took the patch changed in its own way is its reviewed form, and no rest', async () => {
  const carried = await carry(
    { took: { [PATH]: WITH, 'docs/b.txt': longText('other', { 3: 'the reviewer says so' }) } },
    { [PATH]: WITH, 'docs/b.txt': longText('other', { 3: 'I say otherwise' }) },
  )
  expect(carried.verdict).toBe('upstreamed')
  expect(carried.nothingLeft).toBe(true)
})

test('a part that only history says is upstream makes the patch another one than it was', async () => {
  const mine = longText('alpha', { 2: 'one word of mine' })
  const carried = await carry(
    { took: { [PATH]: mine }, 'went on': { [PATH]: longText('alpha', { 2: 'quite another thing by now' }) } },
    { [PATH]: mine, 'docs/new.txt': longText('new') },
  )
  expect(carried.verdict).toBe('adapted')
  expect(carried.file(PATH).verdict).toBe('upstreamed')
  expect(carried.text('docs/new.txt')).toBe(longText('new'))
})

describe('a commit under the patch’s own title', () => {
  const reviewed = { [PATH]: longText('alpha', { 2: feature({ reworded: 4 }) }) }
  const story = { base: BASE, patch: { [PATH]: WITH } }
  const title = 'Add the whole long feature'

  test('is its reviewed form with a quarter of its lines', async () => {
    const carried = await carryStory({ ...story, title, upstream: { [`${title} (#12)`]: reviewed } })
    expect(carried.verdict).toBe('upstreamed')
    expect(carried.confidence).toBeCloseTo(2 / 6, 10)
    expect(sayReason(carried.file(PATH))).toContain('under the same title, with 33 %')
  })

  test('is not with none of them', async () => {
    const other = { [PATH]: longText('alpha', { 10: 'something else' }) }
    const carried = await carryStory({ ...story, title, upstream: { [title]: other } })
    expect(carried.verdict).toBe('clean')
  })

  test('and under another title it is not', async () => {
    const carried = await carryStory({ ...story, title, upstream: { 'Do as somebody else says': reviewed } })
    expect(carried.verdict).toBe('conflict')
  })
})

test('what a patch takes back that upstream never had is nobody’s to show for', async () => {
  // As after an earlier patch of the series, whose lines the base has and upstream does not.
  const early = Array.from({ length: 9 }, (_, at) => `a line of an earlier patch (${at})`).join('\n')
  const carried = await carryStory({
    base: { [PATH]: longText('alpha', { 8: early }) },
    patch: { [PATH]: longText('alpha', { 2: feature({ reworded: 0 }) }) },
    upstream: { never: { [PATH]: OLD }, took: { [PATH]: WITH } },
  })
  expect(carried.verdict).toBe('upstreamed')
})

test('one commit that takes away what the patch edits, and does the rest of it, settles the matter', async () => {
  const tasks = (...lines: string[]): string => `${lines.join('\n')}\nend: of it\n`
  const mirrors = ['- name: mirrors', '  uri: them']
  const get = ['- name: get', '  one: 1', '  two: 2', '  url: random mirror']
  const mine = [...mirrors, '  tags: skip them', '  when: never wanted', ...get.slice(0, 3), '  url: the one']
  const carried = await carryStory({
    base: { 'tasks.yml': tasks(...mirrors, ...get) },
    patch: { 'tasks.yml': tasks(...mine) },
    upstream: { 'Revert mirrors': { 'tasks.yml': tasks(...get.slice(0, 3), '  url: the one') } },
  })
  expect(carried.verdict).toBe('obsolete')
  expect(carried.nothingLeft).toBe(true)
  expect(named(carried)).toEqual(['Revert mirrors'])
})

test('lines that the base had already are not what upstream took', async () => {
  const block = feature({ reworded: 0 })
  const carried = await carryStory({
    base: { [PATH]: longText('alpha', { 2: block }) },
    patch: { [PATH]: longText('alpha', { 2: block, 10: block }) },
    // As on a release branch, whose commit says the same as one that the base has from the main line.
    upstream: { 'not yet': { [PATH]: OLD }, picked: { [PATH]: longText('alpha', { 2: block }) } },
  })
  expect(carried.verdict).toBe('clean')
  expect(carried.text(PATH)).toBe(longText('alpha', { 2: block, 10: block }))
})

test('what upstream took and took back is obsolete, with both commits as evidence', async () => {
  const carried = await carry({ took: { [PATH]: WITH }, back: { [PATH]: OLD } })
  expect(carried.verdict).toBe('obsolete')
  expect(carried.nothingLeft).toBe(true)
  expect(named(carried)).toEqual(['took', 'back'])
})

describe('what upstream does not have is never called upstreamed', () => {
  test.each([
    ['upstream did something else in the file', { more: { [PATH]: longText('alpha', { 10: 'more' }) } }],
    ['upstream did something else elsewhere', { more: { 'docs/b.txt': longText('other', { 2: 'more' }) } }],
    ['upstream did nothing', {}],
    [
      'upstream put the very lines into another file',
      { more: { 'docs/b.txt': longText('other', { 2: feature({ reworded: 0 }) }) } },
    ],
  ] as [string, CarryStory['upstream']][])('%s', async (_title, upstream) => {
    const carried = await carry(upstream)
    expect(carried.verdict).toBe('clean')
    expect(carried.text(PATH)).toContain(feature({ reworded: 0 }))
    expect(carried.upstream).toEqual([])
  })

  test('a commit with a third of the lines is another change to the same place', async () => {
    const carried = await carry({ similar: { [PATH]: longText('alpha', { 2: feature({ reworded: 4 }) }) } })
    expect(carried.verdict).toBe('conflict')
    expect(named(carried)).toEqual(['similar'])
  })

  test('lines that say next to nothing prove nothing', async () => {
    const carried = await carryStory({
      base: { 'f.yml': 'first:\n  a: 1\nlast: 1\n' },
      patch: { 'f.yml': 'first:\n  a: 1\n---\n...\nlast: 1\n' },
      upstream: { more: { 'f.yml': '---\n...\nfirst:\n  a: 1\nlast: 2\n' } },
    })
    expect(carried.confidence).toBeUndefined()
  })
})
