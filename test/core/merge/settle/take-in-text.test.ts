import { describe, expect, test } from 'vitest'
import { markConflicts } from '../../../../src/core/merge/settle/mark-conflicts.ts'
import { takeInText } from '../../../../src/core/merge/settle/take-in-text.ts'
import { CONFLICT_SIDES } from '../../../../src/core/model/sides.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'

type Texts = readonly [base: string, upstream: string, patch: string]

function sidesOf([base, upstream, patch]: Texts) {
  return { base: splitLines(base), upstream: splitLines(upstream), patch: splitLines(patch) }
}

/** What each side comes to: mine, upstream's, both. */
function each(path: string, texts: Texts): readonly string[] {
  return CONFLICT_SIDES.map((side) => {
    const taken = takeInText(path, sidesOf(texts), side)
    return taken.kind === 'taken' ? taken.lines.join('') : taken.why.code
  })
}

const order = CONFLICT_SIDES.map((side) => side)

test('the rows below are in this order', () => {
  expect(order).toEqual(['mine', 'upstream', 'both'])
})

test('what merges by itself is merged, whichever side is asked for, and nothing was chosen', () => {
  const texts: Texts = ['a\nb\nc\nd\ne\n', 'A\nb\nc\nd\ne\n', 'a\nb\nc\nd\nE\n']
  expect(each('f', texts)).toEqual(['A\nb\nc\nd\nE\n', 'A\nb\nc\nd\nE\n', 'A\nb\nc\nd\nE\n'])
  expect(takeInText('f', sidesOf(texts), 'mine')).toMatchObject({ isChosen: false })
})

test('both of two texts that both sides added and that have nothing of their own is one side alone', () => {
  expect(each('f', ['', 'a\nb\n', 'a\n'])[2]).toBe('one-side')
  expect(each('f', ['', 'a\nb\n', ''])[2]).toBe('one-side')
})

test('a text too long to be looked into is settled by its lines', () => {
  const long = 'x'.repeat(20_001)
  const texts: Texts = [`${long}\na\nend\n`, `${long}\nthere\nend\n`, `${long}\nmine\nend\n`]
  expect(each('f.yml', texts)).toEqual([
    `${long}\nmine\nend\n`,
    `${long}\nthere\nend\n`,
    `${long}\nthere\nmine\nend\n`,
  ])
})

test('of two places that are open, one where a side has nothing: both cannot be had', () => {
  const texts: Texts = ['a\nb\nc\nd\ne\nf\n', 'a\nthere\nc\nd\nf\n', 'a\nmine\nc\nd\nmine too\nf\n']
  expect(each('f', texts)).toEqual(['a\nmine\nc\nd\nmine too\nf\n', 'a\nthere\nc\nd\nf\n', 'one-side'])
})

test('where two words of one line merge, no side is asked about it, though another place is open', () => {
  const text = (run: string, call: string): string => `first\nrun --one ${run}\nmiddle\nmore\ncall ${call}\n`
  const texts: Texts = [text('a --two b', 'x'), text('c --two b', 'there'), text('a --two d', 'mine')]
  const merged = 'c --two d'
  expect(each('f.sh', texts)).toEqual([
    text(merged, 'mine'),
    text(merged, 'there'),
    text(merged, 'there\ncall mine'),
  ])
})

test('words of a text too long to be looked into do not merge, whatever file it is', () => {
  const end = `middle\n${'x'.repeat(20_001)}\n`
  const texts = ['a --two b', 'c --two b', 'a --two d'].map(
    (run) => `run: --one ${run}\n${end}`,
  ) as unknown as Texts
  for (const path of ['f.sh', 'f.yml']) {
    expect(each(path, texts).slice(0, 2)).toEqual([texts[2], texts[1]])
    expect(takeInText(path, sidesOf(texts), 'mine')).toMatchObject({ isChosen: true })
  }
})

describe('what comes out', () => {
  const conf = (...added: readonly string[]): string => `[all]\n${added[0]}a=1\nb=1\nc=${added[1]}\nd=1\n`
  test('has no setting of a list twice, and it is said which', () => {
    const texts: Texts = [conf('', '1'), conf('port=1\n', '2'), conf('', '3\nport=2')]
    expect(each('f.ini', texts)).toEqual(['stands-twice', texts[1], 'stands-twice'])
    expect(takeInText('f.ini', sidesOf(texts), 'mine')).toMatchObject({ why: { names: ['[all] port'] } })
    expect(each('f.sh', texts)[0]).toBe(conf('port=1\n', '3\nport=2'))
  })

  test('may have a line twice that is no setting', () => {
    const line = 'include another file\n'
    const texts: Texts = [conf('', '1'), conf(line, '2'), conf('', `3\n${line.trim()}`)]
    expect(each('f.ini', texts)[0]).toBe(conf(line, `3\n${line.trim()}`))
  })

  const script = (run: string): string => `one: 1\nrun: |\n  ${run}\nzero: 1\n`
  const statement = '{% if wanted %}\nmore: 1\n{% endif %}\n'
  test.each<readonly [string, Texts]>([
    ['each side', ['', '', ''].map(() => statement) as unknown as Texts],
    ['the release', ['', statement, '']],
    ['the patch', ['', '', statement]],
  ])('need not be YAML where %s is a template of it', (_who, [base, upstream, patch]) => {
    const texts: Texts = [
      `${script('get one')}${base}`,
      `${script('fetch it from there')}${upstream}`,
      `${script('build mine')}${patch}`,
    ]
    const taken = takeInText('f.yml.j2', sidesOf(texts), 'mine')
    const more = [base, upstream, patch].some((text) => text !== '') ? statement : ''
    expect(taken).toEqual({
      kind: 'taken',
      lines: splitLines(`${script('build mine')}${more}`),
      isChosen: true,
    })
  })
})

describe('a setting that both put in at two places merges by its lines, and not by its settings', () => {
  const base = `one:\n  a: 1\n  b: 2\n  c: 3\n${'d: 4\ne: 5\nf: 6\n'}`
  const script = (text: string): string => `  run: |\n    ${text}\n    end\n`
  const texts: Texts = [
    base,
    base.replace('  a: 1\n', `${script('theirs')}  a: 1\n`),
    base.replace('  c: 3\n', `  c: 3\n${script('mine')}`),
  ]

  test('one side is had as though the other had not touched it; both cannot be, and it is said which', () => {
    const [mine, theirs, both] = each('f.yml', texts)
    expect(mine).toContain('mine')
    expect(mine).not.toContain('theirs')
    expect(mine?.match(/run:/g)).toHaveLength(1)
    expect(theirs).toBe(texts[1])
    expect(both).toBe('stands-twice')
    expect(takeInText('f.yml', sidesOf(texts), 'both')).toMatchObject({ why: { names: ['one.run'] } })
    expect(takeInText('f.yml', sidesOf(texts), 'mine')).toMatchObject({ isChosen: true })
  })

  test('with other ends of lines it is the same', () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n')
    const [mine = '', theirs = ''] = each('f.yml', texts)
    expect(each('f.yml', texts.map(crlf) as unknown as Texts)).toEqual([
      crlf(mine),
      crlf(theirs),
      'stands-twice',
    ])
    expect(each('f.yml', [texts[0], crlf(texts[1]), texts[2]]).slice(0, 2)).toEqual([
      crlf(mine),
      crlf(theirs),
    ])
  })

  test('where the release put the same in at another place as well, nobody can say which of the two is meant', () => {
    const other = 'other:\n  a: 1\n'
    const [mine, theirs] = each('f.yml', [
      `${texts[0]}${other}`,
      `${texts[1]}${other}${script('theirs')}`,
      `${texts[2]}${other}`,
    ])
    expect(mine).toBe('place-unclear')
    expect(theirs).toBe(`${texts[1]}${other}${script('theirs')}`)
  })
})

describe('a text with its conflicts marked', () => {
  const labels = { base: 'v2.28.0', upstream: 'v2.29.0', patch: 'My patch' }
  const marked = (...texts: Texts): { readonly text: string; readonly places: number } => {
    const { lines, places } = markConflicts('f', sidesOf(texts), labels)
    return { text: lines.join(''), places }
  }

  test('has all three sides where it is open, and what merged everywhere else', () => {
    expect(marked('a\nb\nc\nd\ne\n', 'A\nb\nthere\nd\ne\n', 'a\nb\nmine\nd\nE\n')).toEqual({
      text: 'A\nb\n<<<<<<< v2.29.0\nthere\n||||||| v2.28.0\nc\n=======\nmine\n>>>>>>> My patch\nd\nE\n',
      places: 1,
    })
  })

  test('each mark has a line of its own where the last line has no end', () => {
    const { text } = marked('a\nb', 'a\nthere', 'a\nmine')
    expect(text.split('\n').slice(0, 8)).toEqual([
      'a',
      '<<<<<<< v2.29.0',
      'there',
      '||||||| v2.28.0',
      'b',
      '=======',
      'mine',
      '>>>>>>> My patch',
    ])
  })

  test('has the line ends of the release', () => {
    expect(marked('a\nb\n', 'a\r\nthere\r\n', 'a\nmine\n').text).toMatch(/^a\r\n<<<<<<< v2.29.0\r\nthere\r\n/)
  })

  test('has no mark where nothing is open', () => {
    expect(marked('a\n', 'a\n', 'b\n')).toEqual({ text: 'b\n', places: 0 })
  })
})
