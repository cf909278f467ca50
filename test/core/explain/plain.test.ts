import fc from 'fast-check'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, test } from 'vitest'
import { visible } from '../../../src/core/explain/blocks/inert.ts'
import { inlineMarkdown, prose } from '../../../src/core/explain/blocks/markdown.ts'
import { flat, ours, sentence } from '../../../src/core/explain/blocks/text.ts'
import { code, folded, plain, plainHtml } from '../../../src/core/explain/blocks/plain.ts'
import { codeSpan } from '../../../src/core/model/code-span.ts'
import { runs } from '../../support/fast-check.ts'

/** Pieces that Markdown, HTML or GitHub do something with, and ordinary words between them. */
const text = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          ...['word', ' ', "don't", '"', '&', '#', '-', '1.', '2)', '+', '=', '$x$'],
        ),
      },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          ...[
            '@octocat',
            '#12',
            'a/b#34',
            'GH-5',
            'Fixes #1',
            'closes: #2',
            'https://evil.example/x',
            'www.evil.example',
            ':tada:',
          ],
          ...[
            '&#39;',
            '&amp;',
            '&lt;b&gt;',
            '<b>',
            '</summary>',
            '<!-- x -->',
            '[x](y)',
            '![x](y)',
            '`',
            '``',
            '*x*',
            '__x__',
            '~~x~~',
          ],
          ...[
            '\\',
            '\\*',
            '|',
            '# x',
            '- [ ] x',
            '> x',
            '---',
            '/multiarch drop 1',
            '\n',
            '\t',
            '\u202e',
            '\u001b[31m',
            '\u0085',
          ],
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

/** What a reader sees of a text of somebody's: on one line, with what hides spelt out. */
function seen(said: string): string {
  return visible(said.replace(/\s+/g, ' ').trim())
}

/** Without the zero-width spaces that take the life out. */
function bare(rendered: string): string {
  return rendered.replaceAll('\u200b', '')
}

/** GitHub acts on these wherever they stand in rendered text. */
const LIVE = [
  /@[a-z\d]/i,
  /#\d/,
  /\bGH-\d/i,
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#?\d/i,
  /https?:\/\//i,
  /\bwww\.\w/i,
  /:[\w+-]+:/,
  /^\/multiarch/,
]

function isLive(rendered: string): boolean {
  return LIVE.some((pattern) => pattern.test(rendered))
}

/** The text of nodes that hold nothing but text. */
function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  if (!('children' in node) || !['root', 'list', 'listItem', 'paragraph'].includes(node.type))
    throw new Error(`not plain text: ${node.type}`)
  return node.children.map(textOf).join('')
}

const ENTITY: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  dollar: '$',
}

function decoded(html: string): string {
  return html.replace(/&(amp|lt|gt|quot|apos|dollar);/g, (_, name: string) => ENTITY[name] as string)
}

describe('text of other people reads as it was written, and nothing in it is live', () => {
  test('as plain text, by itself and in a list', () => {
    fc.assert(
      fc.property(text, (said) => {
        const alone = textOf(fromMarkdown(plain(said)))
        const listed = textOf(fromMarkdown(`- ${plain(said)}`))
        expect(bare(alone)).toBe(bare(seen(said)))
        expect(listed).toBe(alone)
        expect(isLive(alone)).toBe(false)
      }),
      runs(300),
    )
  })

  test('in the title of a fold', () => {
    fc.assert(
      fc.property(text, (said) => {
        const [html, ...rest] = fromMarkdown(folded(plainHtml(said), 'body')).children
        expect(rest.map(({ type }) => type)).toEqual(['paragraph', 'html'])
        const [, title = '', ...more] = html?.type === 'html' ? html.value.split(/<\/?summary>/) : []
        expect(more).toHaveLength(1)
        expect(title).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|apos|dollar);)/)
        expect(bare(decoded(title))).toBe(bare(seen(said)))
        expect(isLive(decoded(title))).toBe(false)
      }),
      runs(300),
    )
  })

  test('as code', () => {
    fc.assert(
      fc.property(text, (said) => {
        const [paragraph] = fromMarkdown(`x ${code(said)} x`).children
        const node = paragraph?.type === 'paragraph' ? paragraph.children[1] : undefined
        expect(node?.type).toBe('inlineCode')
        const value = node?.type === 'inlineCode' ? node.value : ''
        expect(value.trim()).toBe(visible(said.replace(/\s+/g, ' ')).trim())
      }),
      runs(300),
    )
  })

  test('in a sentence of ours that quotes it', () => {
    fc.assert(
      fc.property(text, (said) => {
        const quoted = said.replaceAll('`', '')
        const [paragraph] = fromMarkdown(prose(`I read \`x\` and ${quoted}.`)).children
        const nodes = paragraph?.type === 'paragraph' ? paragraph.children : []
        expect(nodes.map(({ type }) => type)).toEqual(['text', 'inlineCode', 'text'])
      }),
      runs(200),
    )
  })
})

test.each([
  ["don't & <won't>", 'don&apos;t &amp; &lt;won&apos;t&gt;'],
  ['costs $5 or $6', 'costs &dollar;5 or &dollar;6'],
])('%s in a fold', (said, html) => {
  expect(plainHtml(said)).toBe(html)
})

/** Markdown knows no code that is only blanks. */
const shown = text.filter((each) => each.trim() !== '')

test('what is code in a sentence reads back, however many backticks are in it', () => {
  fc.assert(
    fc.property(shown, shown, (path, other) => {
      const said = `I read ${codeSpan(path)} and ${codeSpan(other)}.`
      const codes = sentence(said).flatMap((piece) =>
        typeof piece !== 'string' && piece.kind === 'code' ? [piece.text] : [],
      )
      expect(codes).toEqual([path, other])
      expect(flat(sentence(said)).replace(/\s+/g, ' ')).toBe(said.replace(/\s+/g, ' '))
      expect(flat(ours(said))).toBe(said)
      const [paragraph] = fromMarkdown(inlineMarkdown(sentence(said))).children
      const nodes = paragraph?.type === 'paragraph' ? paragraph.children : []
      expect(nodes.map(({ type }) => type)).toEqual(['text', 'inlineCode', 'text', 'inlineCode', 'text'])
    }),
    runs(200),
  )
})

test('a path with a backtick is one piece of code', () => {
  expect(prose(`${codeSpan('roles/a`b/x.yml')} is gone.`)).toBe('``roles/a`b/x.yml`` is gone.')
})
