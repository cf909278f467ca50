import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recall } from '../../../../src/core/merge/settle/recall.ts'
import { recallMoved } from '../../../../src/core/merge/settle/recall-moved.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'
import { runs } from '../../../support/fast-check.ts'

const BASE = `---
- name: Prepare
  command: prepare

- name: Install
  become: true
  command: install --fast
  register: installed
  when: install_fast

- name: Clean up
  command: clean
`
const [RELEASE, PATCH, MADE] = ['--slow', '--fast --arm', '--slow --arm'].map((words) =>
  BASE.replace('--fast', words),
) as [string, string, string]

interface Case {
  readonly base?: string
  readonly upstream?: string
  readonly patch?: string
  readonly path?: string
  readonly made?: string
}

/** What is made of another conflict by the answer to `install`. */
function again({
  base = BASE,
  upstream = RELEASE,
  patch = PATCH,
  path = 'tasks/main.yml',
  made = MADE,
}: Case): string {
  const sides = { base, upstream, patch }
  const now = {
    base: splitLines(sides.base),
    upstream: splitLines(sides.upstream),
    patch: splitLines(sides.patch),
  }
  const then = { base: splitLines(BASE), upstream: splitLines(RELEASE), patch: splitLines(PATCH) }
  const recalled = recall(
    { path: 'tasks/main.yml', sides: then, made: splitLines(made) },
    { path, sides: now },
  )
  return recalled.kind === 'recalled' ? recalled.lines.join('') : recalled.why.code
}

const MANY = Array.from({ length: 200 }, (_, at) => `- name: Step ${at}\n  command: do ${at}\n`).join('')

describe('an answer is given again where the same meets', () => {
  test.each<readonly [string, Case, string]>([
    ['the very same', {}, MADE],
    ['at another path', { path: 'roles/x/tasks/install.yaml' }, MADE],
    [
      'far below',
      { upstream: RELEASE.replace('---\n', `---\n${MANY}`) },
      MADE.replace('---\n', `---\n${MANY}`),
    ],
    [
      'where the release changed something else',
      { upstream: RELEASE.replace('command: clean', 'command: clean --all') },
      MADE.replace('command: clean', 'command: clean --all'),
    ],
    [
      'where the patch has more by now',
      { patch: PATCH.replace('command: prepare', 'command: prepare --arm') },
      MADE.replace('command: prepare', 'command: prepare --arm'),
    ],
    [
      'with other ends of lines',
      Object.fromEntries(
        Object.entries({ base: BASE, upstream: RELEASE, patch: PATCH }).map(([side, text]) => [
          side,
          text.replaceAll('\n', '\r\n'),
        ]),
      ),
      MADE.replaceAll('\n', '\r\n'),
    ],
    [
      'with what the person did beside it',
      {
        made: MADE.replace('command: clean', 'command: clean --mine'),
        upstream: RELEASE.replace('---\n', `---\n${MANY}`),
      },
      MADE.replace('command: clean', 'command: clean --mine').replace('---\n', `---\n${MANY}`),
    ],
  ])('%s', (_, now, made) => {
    expect(again(now)).toBe(made)
  })
})

describe('it is not given where something else may be meant', () => {
  test.each<readonly [string, Case, string]>([
    ['the release has other words', { upstream: RELEASE.replace('--slow', '--slower') }, 'other-lines'],
    ['the patch has other words', { patch: PATCH.replace('--arm', '--arm64') }, 'other-lines'],
    ['the patch was written on other words', { base: BASE.replace('--fast', '--quick') }, 'other-lines'],
    ['nothing collides', { patch: BASE }, 'other-lines'],
    [
      'the task runs on another condition',
      { upstream: RELEASE.replace('when: install_fast', 'when: not install_fast') },
      'other-place',
    ],
    [
      'the task has another name',
      { upstream: RELEASE.replace('name: Install', 'name: Remove') },
      'other-place',
    ],
    [
      'it stands in another template statement',
      {
        path: 'tasks/main.yml.j2',
        upstream: RELEASE.replace('---\n', '---\n{% if arm %}\n').concat('{% endif %}\n'),
      },
      'other-place',
    ],
    [
      'what else the person did does not fit',
      {
        made: MADE.replace('command: clean', 'command: clean --mine'),
        upstream: RELEASE.replace('command: clean', 'command: clean --theirs'),
      },
      'collides',
    ],
  ])('%s', (_, now, code) => {
    expect(again(now)).toBe(code)
  })

  test('the answer uses a name that the file lost', () => {
    const made = MADE.replace('--slow --arm', '--slow {{ build_host }}')
    const head = 'build_host: a\n'
    const then = [BASE, RELEASE, PATCH].map((text) => splitLines(`${text}# ${head}`))
    const [base = [], upstream = [], patch = []] = then
    const now = { base, upstream: splitLines(RELEASE), patch }
    const told = recall(
      { path: 'x.yml', sides: { base, upstream, patch }, made: splitLines(`${made}# ${head}`) },
      { path: 'x.yml', sides: now },
    )
    expect(told).toEqual({ kind: 'not-recalled', why: { code: 'names-lost', names: ['build_host'] } })
  })
})

describe('in another file', () => {
  const then = {
    path: 'tasks/main.yml',
    sides: { base: splitLines(BASE), upstream: splitLines(RELEASE), patch: splitLines(PATCH) },
    made: splitLines(MADE),
  }
  const task = RELEASE.split('\n\n')[1] ?? ''
  test.each<readonly [string, string, string]>([
    [
      'the task alone',
      `---\n${MANY}\n${task}\n`,
      `---\n${MANY}\n${task.replace('--slow', '--slow --arm')}\n`,
    ],
    ['with another condition', `---\n${task.replace('when: ', 'when: not ')}\n`, 'other-place'],
    ['with a line in between', `---\n${task.replace('\n  when', '\n  args: {}\n  when')}\n`, 'other-place'],
    ['none of it', `---\n${MANY}`, 'other-lines'],
  ])('%s', (_, text, made) => {
    const told = recallMoved(then, { path: 'tasks/other.yml', lines: splitLines(text) })
    expect(told.kind === 'recalled' ? told.lines.join('') : told.why.code).toBe(made)
  })
})

describe('whatever the texts are', () => {
  const word = fc.stringMatching(/^[a-z]{6,9}$/)
  const some = (most: number) => fc.array(word, { minLength: 1, maxLength: most })
  const texts = fc.record({
    above: fc.uniqueArray(word, { minLength: 3, maxLength: 8 }),
    below: fc.uniqueArray(word, { minLength: 3, maxLength: 8 }),
    sides: fc
      .tuple(some(3), some(3), some(3))
      .filter(([a, b, c]) => new Set([a, b, c].map(String)).size === 3),
    made: fc.array(word, { maxLength: 4 }),
    // What the release has come to since, away from what met.
    more: fc.tuple(fc.array(word, { maxLength: 20 }), fc.array(word, { maxLength: 20 })),
    path: fc.constantFrom('README.md', 'run.sh', 'x.conf'),
  })
  const lines = (...parts: readonly (readonly string[])[]) => parts.flat().map((each) => `${each}\n`)

  test('an answer takes away and puts in what it did then, and nothing of the person’s is lost', () => {
    let given = 0
    fc.assert(
      fc.property(texts, ({ above, below, sides: [b, u, p], made, more: [head, tail], path }) => {
        const around = (of: readonly string[]) => lines(above, of, below)
        const then = { base: around(b), upstream: around(u), patch: around(p) }
        const now = { ...then, upstream: lines(head, above, u, below, tail) }
        const told = recall({ path, sides: then, made: around(made) }, { path, sides: now })
        if (told.kind === 'not-recalled') return
        given++
        expect(told.lines).toEqual(lines(head, above, made, below, tail))
      }),
      runs(300),
    )
    expect(given).toBeGreaterThan(150)
  })

  test('of other lines, on any of the three sides, it is never given', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('base', 'upstream', 'patch'), fc.nat(), (text, side, at) => {
        const {
          above,
          below,
          sides: [b, u, p],
          made,
          path,
        } = text
        const around = (of: readonly string[]) => lines(above, of, below)
        const then = { base: around(b), upstream: around(u), patch: around(p) }
        const met = { base: b, upstream: u, patch: p }
        const other = met[side].map((each, row) => (row === at % met[side].length ? `${each}x` : each))
        const now = { ...then, [side]: around(other) }
        const told = recall({ path, sides: then, made: around(made) }, { path, sides: now })
        expect(told.kind).toBe('not-recalled')
      }),
      runs(300),
    )
  })
})
