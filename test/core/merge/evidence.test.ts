import { describe, expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import { carryStory, longText } from '../../support/carry.ts'

const SOMEBODY = { name: 'Some Body', email: 'some@body.example' }
const mine = (name: string): string => `my own line for ${name}\nand a second one for ${name}`

function reasons(carried: Awaited<ReturnType<typeof carryStory>>): string {
  return carried.files.map(sayReason).join('\n')
}

describe('what stands in the release was not taken back', () => {
  /** Twelve files with the same name, each rewritten by more than half as it moves. */
  const moved = Array.from({ length: 12 }, (_, at) => ({
    from: `roles/r${at}/defaults/main.yml`,
    to: `roles/new_r${at}/defaults/main.yml`,
  }))
  const text = (at: number, lines: Readonly<Record<number, string>> = {}): string =>
    longText(`role ${at}`, lines)
  const rewritten = (at: number): string => {
    const others = Array.from({ length: 11 }, (_, line) => [line + 1, `said anew of ${at}: ${line}`] as const)
    return text(at, { ...Object.fromEntries(others), 12: mine(`${at}`) })
  }
  const base = Object.fromEntries(moved.map(({ from }, at) => [from, text(at)]))
  const [{ from: path }] = moved as [{ from: string; to: string }]

  test.each([
    ['a commit', false],
    ['a merge', true],
  ])('where %s renamed twelve files and rewrote them', async (_title, isMerge) => {
    const carried = await carryStory({
      base,
      patch: { [path]: text(0, { 12: mine('0') }) },
      upstream: Object.fromEntries([
        [
          'take them',
          Object.fromEntries(moved.map(({ from }, at) => [from, text(at, { 12: mine(`${at}`) })])),
        ],
      ]),
      branches: async (commit, from) => {
        const changes = Object.fromEntries(
          moved.flatMap(({ from: old, to }, at) => [
            [old, undefined],
            [to, rewritten(at)],
          ]),
        )
        const side = isMerge ? [await commit('side', {}, [from])] : []
        return commit('Rename all roles', changes, [from, ...side])
      },
      author: SOMEBODY,
    })
    expect(reasons(carried)).not.toContain('took it back')
    expect(carried.verdict).toBe('upstreamed')
    expect(carried.upstream).toEqual([carried.commits.get('take them')])
  })

  test('where it is gone it was', async () => {
    const carried = await carryStory({
      base: { 'a.txt': longText('alpha') },
      patch: { 'a.txt': longText('alpha', { 3: mine('a') }) },
      upstream: {
        took: { 'a.txt': longText('alpha', { 3: mine('a') }) },
        back: { 'a.txt': longText('alpha') },
      },
    })
    expect(carried.verdict).toBe('obsolete')
    const leftOut = carried.file('a.txt').leftOut ?? []
    expect(leftOut.map(({ side }) => side)).toEqual(['removed', 'added', 'added'])
    for (const line of leftOut)
      expect(line).toMatchObject({ why: 'undone', upstream: carried.commits.get('back') })
  })
})

describe('who took it', () => {
  const base = { 'a.txt': longText('alpha'), 'b.txt': longText('beta') }
  const half = { 'a.txt': longText('alpha', { 3: mine('a') }) }
  const whole = { ...half, 'b.txt': longText('beta', { 3: mine('b') }) }

  test.each([
    ['one commit of a merged branch', [['Take it', whole]]],
    [
      'two commits of a merged branch',
      [
        ['Take a', half],
        ['Take b', { 'b.txt': whole['b.txt'] }],
      ],
    ],
    [
      'nearly all by one',
      [
        ['Take it', { ...half, 'b.txt': longText('beta', { 3: mine('b'), 9: 'more' }) }],
        ['Tidy', { 'b.txt': longText('beta', { 3: mine('b') }) }],
      ],
    ],
  ] as [string, [string, Record<string, string>][]][])(
    'is named, and not its merge: %s',
    async (_title, inside) => {
      const carried = await carryStory({
        base,
        patch: whole,
        upstream: {},
        branches: async (commit, from) => {
          const line = await commit('meanwhile', { 'c.txt': 'c\n' }, [from])
          let tip = from
          for (const [subject, files] of inside) tip = await commit(subject, files, [tip])
          return commit("Merge branch 'topic' into master", whole, [line, tip])
        },
        author: SOMEBODY,
      })
      expect(carried.verdict).toBe('upstreamed')
      expect(reasons(carried)).not.toContain('Merge branch')
      const takers = inside
        .filter(([subject]) => subject.startsWith('Take'))
        .map(([subject]) => carried.commits.get(subject))
      expect([...carried.upstream].sort()).toEqual([...takers].sort())
    },
  )

  test('is the merge where it did it itself', async () => {
    const carried = await carryStory({
      base,
      patch: whole,
      upstream: {},
      branches: async (commit, from) => {
        const side = await commit('something else', { 'c.txt': 'c\n' }, [from])
        return commit('Merge, and more', { ...whole, 'c.txt': 'c\n' }, [from, side])
      },
      author: SOMEBODY,
    })
    expect(carried.upstream).toEqual([carried.commits.get('Merge, and more')])
  })
})

describe('a file that upstream moved and rewrote commit by commit', () => {
  const [from, to] = ['roles/old/files/conf.txt', 'roles/new/files/conf.txt']
  const anew = (first: number, last: number): Readonly<Record<number, string>> =>
    Object.fromEntries(
      Array.from({ length: last - first + 1 }, (_, at) => [first + at, `said quite anew, ${first + at}`]),
    )
  /** After all of it the release has three lines of the twelve that the base has. */
  const upstream = {
    'Move it': { [from]: undefined, [to]: longText('alpha') },
    'Say half of it anew': { [to]: longText('alpha', anew(1, 5)) },
    'Say more of it anew': { [to]: longText('alpha', anew(1, 9)) },
  }
  const carried = (line: number): ReturnType<typeof carryStory> =>
    carryStory({
      base: { [from]: longText('alpha') },
      patch: { [from]: longText('alpha', { [line]: mine('it') }) },
      upstream,
      isClone: true,
      author: SOMEBODY,
    })

  test('takes a patch along whose lines still stand there', async () => {
    const one = await carried(11)
    expect([one.verdict, one.file(from).to]).toEqual(['moved', to])
    expect(one.text(to)).toBe(longText('alpha', { ...anew(1, 9), 11: mine('it') }))
  })

  test.each([3, 7])(
    'and is not said to be unknown to a patch of line %i, which was rewritten',
    async (line) => {
      const one = await carried(line)
      expect(one.verdict).toBe('conflict')
      const { to: at, regions } = one.file(from)
      const reason = sayReason(one.file(from))
      expect(at).toBe(to)
      expect(reason).not.toContain('too little of it')
      const by = line < 6 ? 'Say half of it anew' : 'Say more of it anew'
      expect(reason).toBe(
        `The release has this file as \`${to}\` by now. It collides with upstream’s \`${one.commits.get(by)?.slice(0, 9)}\` (${by}).`,
      )
      expect(regions?.map(({ sides }) => sides.patch).join('')).toContain(mine('it'))
    },
  )

  test('is another one where no commit moved it there, and no patch is taken along', async () => {
    const other = longText('beta')
    for (const line of [3, 11]) {
      const one = await carryStory({
        base: { [from]: longText('alpha') },
        patch: { [from]: longText('alpha', { [line]: mine('it') }) },
        upstream: { 'Add another': { [to]: other }, 'Take it away': { [from]: undefined } },
        isClone: true,
        author: SOMEBODY,
      })
      expect(one.nothingLeft).toBe(true)
      // The commit that took it away is known: no need to guess from the other's name.
      expect(reasons(one)).toContain(`\`${from}\` is gone from the release`)
      expect(one.upstream).toEqual([one.commits.get('Take it away')])
    }
  })
})
