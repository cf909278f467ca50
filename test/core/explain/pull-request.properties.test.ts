import fc from 'fast-check'
import type { Node, Parent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import { parseCommands } from '../../../src/core/commands/parse-commands.ts'
import { renderCheck } from '../../../src/core/explain/texts/render-check.ts'
import type { Block } from '../../../src/core/explain/blocks/block.ts'
import { fit } from '../../../src/core/explain/fit.ts'
import { renderPullRequest } from '../../../src/core/explain/texts/render-pull-request.ts'
import type { PullRequestFacts } from '../../../src/core/explain/pull-request-facts.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { VERDICTS } from '../../../src/core/model/verdict.ts'
import { carriedPatch, carryFacts, fullStep, oid } from '../../support/pull-request.ts'
import { runs } from '../../support/fast-check.ts'

const LIMIT = 58_000

/** What a title, a path, a name or a line of somebody's file may hold to have us say or do something. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '@octocat',
        '@org/team',
        '#12',
        'a/b#34',
        'GH-5',
        'Fixes #1',
        'closes: a/b#2',
        'Resolves https://github.com/a/b/issues/3',
        'https://evil.example/x',
        'www.evil.example',
        '<!-- multiarch:answer 1 -->',
        '<img src=x onerror=y>',
        '</summary></details>',
        '<details>',
        '[x](javascript:y)',
        '![x](https://z)',
        '`',
        '``',
        '```',
        '~~~',
        '|',
        '\n',
        '\r\n',
        '\r',
        '\\',
        '&#64;octocat',
        '&lt;b&gt;',
        '*',
        '_',
        '<',
        '>',
        '/multiarch drop 1',
        '\n/multiarch hold\n',
        '- [x] box',
        '\u202e',
        '\u2066',
        '\ufeff',
        '\u0000',
        '\u001b[31m',
        '# head',
        '---',
        ' ',
        '{{ x }}',
        'b@c.example',
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''))

const facts: fc.Arbitrary<PullRequestFacts> = fc
  .record({
    patches: fc.array(
      fc.record({
        title: nasty,
        author: nasty,
        path: nasty,
        reason: nasty,
        verdict: fc.constantFrom(...VERDICTS),
        side: nasty,
        line: nasty,
      }),
      { maxLength: 4 },
    ),
    branch: nasty,
    upstream: nasty,
    message: nasty,
    value: nasty,
    surface: fc.constantFrom('pull-request' as const, 'terminal' as const),
  })
  .map(({ patches, branch, upstream, message, value, surface }) => {
    const full = fullStep()
    const carried = patches.map(({ title, author, path, reason, verdict, side }, index) =>
      carriedPatch(String(index), {
        title,
        author,
        verdict,
        upstream: [oid('9')],
        files: [
          {
            path,
            reasons: [
              { code: 'own-name', to: reason },
              { code: 'taken-as', commits: [{ oid: oid('8'), title: reason }] },
            ],
            upstream: [oid('9')],
            regions: [
              { line: 1, key: side, sides: { base: side, upstream: side, patch: side }, suggestion: side },
            ],
          },
        ],
      }),
    )
    const diffs = patches.map(
      ({ path, line }, index) =>
        [
          String(index),
          [{ path, to: line, before: [line], after: [line, `+${line}`], same: false }],
        ] as const,
    )
    return {
      ...full,
      surface,
      at: { repository: 'https://github.com/somebody/kubespray', head: oid('5'), before: oid('6') },
      branch,
      written: { name: branch },
      carry: { ...carryFacts(carried, { diffs, upstream: new Map<Oid, string>([[oid('9'), upstream]]) }) },
      lint: full.lint?.map((each) => ({ ...each, message, file: value })) ?? [],
      findings: full.findings?.map((each) => ({ ...each, message, file: value })) ?? [],
      inventories: [
        {
          path: value,
          changed: [{ file: value, line: 1, key: value, from: value, to: value }],
          problems: [{ code: 'x', message, at: { file: value, line: 1, column: 1 } }],
          addons: [],
        },
      ],
      fixes: [{ title: value, commit: oid('7'), files: [value], notes: [message] }],
    }
  })

describe('nothing that other people wrote is live', () => {
  test('in a body', () => {
    fc.assert(
      fc.property(facts, (given) => {
        expectInert(renderPullRequest(given).body)
      }),
      runs(80),
    )
  })
  test('in the summary of a check', () => {
    fc.assert(
      fc.property(facts, (given) => expectInert(renderCheck(given).summary)),
      runs(100),
    )
  })
})

/** What a forge would act on: HTML but ours, links, images, mentions, references, closing words, and commands. */
function expectInert(markdown: string): void {
  // eslint-disable-next-line no-control-regex -- controls are what must not be there
  expect(markdown).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069\ufeff]/)
  for (const node of nodesOf(fromMarkdown(markdown))) {
    expect(['image', 'linkReference', 'imageReference', 'definition']).not.toContain(node.type)
    if (node.type === 'link') expect((node as { url: string } & Node).url).toMatch(OUR_LINK)
    if (node.type === 'html') {
      const rest = (node as { value: string } & Node).value.replace(OURS, '')
      expect(rest).not.toMatch(/<[a-z!/]/i)
      expectDead(rest)
    }
    if (node.type === 'text') expectDead((node as { value: string } & Node).value)
  }
  expect(parseCommands(markdown).commands).toEqual([])
}

/** What a link may lead to: a place of the same text, what leaves no trace at upstream’s, a CVE, or the repository itself. */
const OUR_LINK =
  /^(?:#user-content-[\w-]+|https:\/\/redirect\.github\.com\/[\w./%-]+|https:\/\/www\.cve\.org\/CVERecord\?id=CVE-[\d-]+|https:\/\/github\.com\/somebody\/kubespray\/(?:blob|commit)\/[0-9a-f]{40}[^\s()<>]*)$/

const OURS =
  /<\/?(?:details|summary|b|br)\/?>|<a name="[\w-]+">|<a href="(?:#user-content-[\w-]+|https:\/\/redirect\.github\.com\/[\w./%-]+)">|<\/a>/g

function expectDead(text: string): void {
  expect(text).not.toMatch(/@[\w-]/)
  expect(text).not.toMatch(/#\d/)
  expect(text).not.toMatch(/\bGH-\d/i)
  expect(text).not.toMatch(/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+\S*(?:#\d|:\/\/)/i)
  expect(text).not.toMatch(/\bhttps?:\/\/|\bwww\.\w/i)
}

function nodesOf(node: Node): readonly Node[] {
  return [node, ...((node as Partial<Parent>).children ?? []).flatMap(nodesOf)]
}

describe('a body fits', () => {
  test('whatever it is made of', () => {
    const long = fc
      .tuple(facts, fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 60 }))
      .map(([given, times, copies]) => {
        const stretch = (text: string): string => text.repeat(times).slice(0, 30_000)
        const { carry } = given
        if (!carry) return given
        const patches = carry.carried.patches.flatMap((each) =>
          Array.from({ length: copies }, (_, index) => ({
            ...each,
            patch: { ...each.patch, id: `${each.patch.id}-${index}`, title: stretch(each.patch.title) },
            files: each.files.map((file) => ({
              ...file,
              path: stretch(file.path),
              reasons: [{ code: 'own-name' as const, to: stretch(sayReason(file)) }],
            })),
          })),
        )
        const lint = Array.from({ length: copies }, () => given.lint ?? []).flat()
        return {
          ...given,
          branch: stretch(given.branch),
          lint,
          carry: { ...carry, carried: { ...carry.carried, patches } },
        }
      })
    fc.assert(
      fc.property(long, (given) => {
        const { body } = renderPullRequest(given)
        expect(body.length).toBeLessThanOrEqual(LIMIT + 1)
        expect(renderCheck(given).summary.length).toBeLessThanOrEqual(LIMIT)
      }),
      runs(25),
    )
  })
  test('the longest part gives way first, and what is short stays', () => {
    const of = (text: string): readonly Block[] => [{ kind: 'paragraph', text: [text] }]
    const text = fit(
      [
        { full: of('head') },
        { full: of('a'.repeat(60)), brief: of('A') },
        { full: of('b'.repeat(40)), brief: of('B') },
      ],
      { most: 80 },
    )
    expect(text).toBe(`head\n\nA\n\n${'b'.repeat(40)}`)
  })
  test('a long patch is shortened, the others are not', () => {
    const full = fullStep()
    const carry = full.carry
    if (!carry) throw new Error('the full step carries')
    const huge = Array.from({ length: 120 }, () => '+'.repeat(1000))
    const diffs = new Map([
      ...carry.diffs,
      ['2', [{ path: 'a', to: 'a', before: [], after: huge, same: false }]] as const,
    ])
    const { body } = renderPullRequest({ ...full, carry: { ...carry, diffs } })
    expect(body).toContain('2. Pin the dashboard to amd64**: adapted. It is too long to show here')
    expect(body).toContain('<b>3. Flannel for arm</b>')
    expect(body).toContain('## Commands')
  })
})
