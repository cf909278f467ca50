import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recall } from '../../../../src/core/merge/settle/recall.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'
import { threeWay } from '../../../../src/core/text/diff3.ts'
import { runs } from '../../../support/fast-check.ts'

type Texts = readonly [base: string, upstream: string, patch: string]

/** What becomes of a second conflict by the answer to the first. */
function again(path: string, then: Texts, made: string, now: Texts): string {
  const sidesOf = ([base, upstream, patch]: Texts) => ({
    base: splitLines(base),
    upstream: splitLines(upstream),
    patch: splitLines(patch),
  })
  const told = recall({ path, sides: sidesOf(then), made: splitLines(made) }, { path, sides: sidesOf(now) })
  return told.kind === 'recalled' ? told.lines.join('') : told.why.code
}

describe('of several places', () => {
  const text = (first: string, second: string, more = ''): string =>
    `prepare all\n${first}\nclean up all\nand so on\n${second}\nleave now\n${more}`
  const then: Texts = [
    text('fetch it', 'unpack it'),
    text('fetch it slowly', 'unpack it there'),
    text('build mine', 'unpack mine'),
  ]
  const made = text('fetch mine slowly', 'unpack mine there')

  test('all are answered where the same meets at each', () => {
    const now: Texts = [then[0], `other words\n${then[1]}`, then[2]]
    expect(again('run.sh', then, made, now)).toBe(`other words\n${made}`)
  })

  test.each<readonly [string, Texts]>([
    ['the first is another', [then[0], then[1].replace('slowly', 'quickly'), then[2]]],
    ['the second is another', [then[0], then[1].replace('there', 'here'), then[2]]],
    ['the second is open no more', [then[0], then[1].replace('unpack it there', 'unpack it'), then[2]]],
    ['one more is open', [`${then[0]}end\n`, `${then[1]}end there\n`, `${then[2]}end mine\n`]],
  ])('none is answered where %s', (_, now) => {
    expect(again('run.sh', then, made, now)).toBe('other-lines')
  })

  test.each([
    ['the first', 'prepare all\nfetch it slowly\nclean up all\n'],
    ['the second', 'and so on\nunpack it there\nleave now\n'],
  ])('none is answered where %s stands in another statement', (_, lines) => {
    const upstream = then[1].replace(lines, `{% if a %}\n${lines}{% endif %}\n`)
    expect(again('run.sh', then, made, [then[0], upstream, then[2]])).toBe('other-place')
  })
})

test('where nothing was open there is no answer, though nothing is open now', () => {
  const then: Texts = ['a\nb\n', 'a\nb\n', 'a\nmine\n']
  expect(again('run.sh', then, 'a\nother\n', then)).toBe('other-lines')
})

test('what stands above in the same map may be deeper by now', () => {
  const text = (above: string, lines: string): string => `first: 1\n${above}run: |\n${lines}last: 1\n`
  const texts = ['  get it\n  unpack it\n', '  fetch it\n  sort it\n', '  build mine\n', '  fetch mine\n']
  const [base = '', upstream = '', patch = '', made = ''] = texts.map((lines) => text('', lines))
  const above = 'second:\n  third: 1\n'
  const now: Texts = [base, text(above, texts[1] ?? ''), patch]
  expect(again('a.yml', [base, upstream, patch], made, now)).toBe(text(above, texts[3] ?? ''))
})

test('what the person did beside it is not done where the release has done it by now: it is no more the same', () => {
  const text = (run: string, last: string): string =>
    `prepare all\n${run}\nclean up all\nand so on\n${last}\n`
  const then: Texts = [text('fetch it', 'a'), text('fetch it slowly', 'a'), text('build mine', 'a')]
  const made = text('fetch mine slowly', 'leave now')
  expect(again('run.sh', then, made, then)).toBe(made)
  const now: Texts = [then[0], text('fetch it slowly', 'leave now'), then[2]]
  expect(again('run.sh', then, made, now)).toBe('collides')
})

test('an answer that makes the file say something twice is not given', () => {
  const text = (port: string, more = ''): string => `[all]\nport=${port}\nlast_one=1\n${more}`
  const then: Texts = [text('1'), text('2'), text('3')]
  const made = text('2\nuser=me')
  expect(again('a.ini', then, made, [text('1'), text('2', 'more=1\n'), text('3')])).toBe(
    text('2\nuser=me', 'more=1\n'),
  )
  expect(again('a.ini', then, made, [text('1'), text('2', 'user=you\n'), text('3')])).toBe('collides')
})

test('a text too long to be looked into is open where its lines are', () => {
  const long = `${'x'.repeat(20_001)}\n`
  const texts = ['one a --two b', 'one c --two b', 'one a --two d', 'one c --two e'].map(
    (run) => `${long}prepare all\nrun --${run}\n`,
  )
  const [base = '', upstream = '', patch = '', made = ''] = texts
  expect(again('run.sh', [base, upstream, patch], made, [base, `first words\n${upstream}`, patch])).toBe(
    `first words\n${made}`,
  )
})

test('where words of one line merged by themselves, nobody answered them, and they may be others by now', () => {
  const text = (run: string, call: string): string =>
    `first\nrun --one ${run}\nmiddle words\nmore words\ncall ${call}\nlast\n`
  const then: Texts = [text('a --two b', 'x'), text('c --two b', 'there'), text('a --two d', 'mine')]
  const now: Texts = [text('a --two b', 'x'), text('e --two b', 'there'), text('a --two d', 'mine')]
  expect(again('run.sh', then, text('c --two d', 'both'), now)).toBe(text('e --two d', 'both'))
})

test('where the same lines stand more than once, the answer is put where it is open, and nowhere else', () => {
  const word = fc.constantFrom('prepare', 'unpack it', 'cleanup', 'finish now', '}')
  const some = (minLength: number) => fc.array(word, { minLength, maxLength: 3 })
  const lines = (...parts: readonly (readonly string[])[]) => parts.flat().map((each) => `${each}\n`)
  const texts = fc.record({
    ...{ above: some(1), below: some(1), head: some(0), tail: some(0) },
    copy: fc.option(some(1), { nil: undefined }),
  })
  let given = 0
  fc.assert(
    fc.property(texts, ({ above, below, head, tail, copy }) => {
      const around = (of: string) => lines(above, [of], below)
      const [base, patch] = [around('fetch it'), around('build mine')]
      const upstream = lines(
        head,
        above,
        copy ? ['fetch it slowly', ...copy] : [],
        ['fetch it slowly'],
        below,
        tail,
      )
      const sides = { base, upstream: around('fetch it slowly'), patch }
      const then = { path: 'run.sh', sides, made: around('fetch mine slowly') }
      const now = { base, upstream, patch }
      const told = recall(then, { path: 'run.sh', sides: now })
      if (told.kind === 'not-recalled') return
      given++
      const open = threeWay(now).regions.filter(({ kind }) => kind === 'open')
      expect(open).toHaveLength(1)
      const { from = 0, to = 0 } = open[0]?.at.upstream ?? {}
      expect(told.lines).toEqual([...upstream.slice(0, from), 'fetch mine slowly\n', ...upstream.slice(to)])
    }),
    runs(300),
  )
  expect(given).toBeGreaterThan(50)
})
