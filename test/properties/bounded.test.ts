import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readChallenge } from '../../src/adapters/registry/read-challenge.ts'
import { parseCommands } from '../../src/core/commands/parse-commands.ts'
import { html } from '../../src/core/explain/blocks/html.ts'
import { prose } from '../../src/core/explain/blocks/markdown.ts'
import { sentence } from '../../src/core/explain/blocks/text.ts'
import { code, plain } from '../../src/core/explain/blocks/plain.ts'
import { readIni } from '../../src/core/inventory/read-ini.ts'
import { bearsTitle } from '../../src/core/merge/taken/bears-title.ts'
import { mergeFile } from '../../src/core/merge/file-merge.ts'
import { trailersOf } from '../../src/core/model/commit.ts'
import { releaseCommitIn, stepRecordedIn, withTrailers } from '../../src/core/series/trailer.ts'
import { literalsIn } from '../../src/core/audit/rules/audit-written-out.ts'
import { readTemplate } from '../../src/core/catalogue/jinja/read-template.ts'
import { UnknownForm } from '../../src/core/catalogue/jinja/tokens-of.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'
import { splitSpans, TEMPLATE, withoutEnd } from '../../src/core/text/split-spans.ts'
import { readJinja } from '../../src/core/yaml/jinja/read-jinja.ts'
import { blockLines, readOutline } from '../../src/core/yaml/outline/read-outline.ts'
import { readDocument } from '../../src/core/yaml/values/read-values.ts'
import { scanBlock } from '../../src/core/yaml/values/scan-block.ts'
import { parseYaml } from '../../src/core/yaml/tree/parse-yaml.ts'
import { anyForeignText } from '../support/foreign-text.ts'
import { runs } from '../support/fast-check.ts'

/** Everything that reads text of other people, as one call each. */
const readers: readonly (readonly [string, (text: string) => unknown])[] = [
  ['YAML', parseYaml],
  ['YAML line by line', (text) => scanBlock(text.split('\n'))],
  ['a file of tasks', (text) => readDocument(`- ${text}`)],
  ['an outline', (text) => readOutline(splitLines(text))],
  ['INI', readIni],
  ['Jinja', readJinja],
  ['a template', readable],
  ['a message', (text) => [trailersOf(text), stepRecordedIn(text), withTrailers(text, [['A', 'b']])]],
  ['a commit of ours', (message) => releaseCommitIn({ parents: [], message })],
  ['a title', (text) => bearsTitle(text, `a b c d ${text}`)],
  ['a comment', (text) => parseCommands(`/multiarch ${text}`)],
  ['a sentence', (text) => [prose(text), plain(text), code(text)]],
  ['a report', (text) => html([{ kind: 'paragraph', text: sentence(text) }], () => '')],
  ['architectures in tasks', (text) => literalsIn('roles/a/tasks/main.yml', text)],
  ['architectures in a template', (text) => literalsIn('roles/a/templates/a.j2', text)],
  ['a challenge', readChallenge],
  ['a merge of YAML', (text) => mergedWith('a.yml', text)],
  ['a merge of text', (text) => mergedWith('a.sh', text)],
]

/** The template, or the one fault that says that it is none. */
function readable(text: string): unknown {
  try {
    return readTemplate(text)
  } catch (error) {
    if (error instanceof UnknownForm) return undefined
    throw error
  }
}

function mergedWith(path: string, text: string): unknown {
  const upstream = splitLines(text)
  const base = upstream.slice(0, Math.ceil(upstream.length / 2))
  return mergeFile(path, { base, upstream, patch: [...base, 'own: line\n'] })
}

describe('any text is read in the end', () => {
  test.each(readers)('%s', (_title, read) => {
    fc.assert(
      fc.property(anyForeignText(), (text) => {
        read(text)
      }),
      runs(200),
    )
  })
})

/**
 * A line as people do not write it, long enough that work in its square would take hours: nothing is measured, the test
 * ends or it does not.
 */
const LENGTH = 100_000
const lines: readonly (readonly [string, string])[] = [
  ['blanks', ' '.repeat(LENGTH)],
  ['blanks before a word', `${' '.repeat(LENGTH)}x`],
  ['blanks in a comment', `# key: ${' '.repeat(LENGTH)}x\r`],
  ['blanks behind a key', `key: ${' '.repeat(LENGTH)}\u2028"`],
  ['blanks in a key', `$${' '.repeat(LENGTH)}"`],
  ['blanks in brackets', `[a${' '.repeat(LENGTH)}] x`],
  ['empty lines', '\n'.repeat(LENGTH)],
  ['empty lines of blanks', '\n '.repeat(LENGTH / 2)],
  ['line breaks of no line', '\r'.repeat(LENGTH)],
  ['quotes', `a="${'\\"'.repeat(LENGTH / 2)}`],
  ['open quotes', `{{ ${"'\\".repeat(LENGTH / 2)}`],
  ['open expressions', '{{a'.repeat(LENGTH / 3)],
  ['open statements', '{% raw %}'.repeat(LENGTH / 9)],
  ['open comments', '{#'.repeat(LENGTH / 2)],
  ['hashes', ' #'.repeat(LENGTH / 2)],
  ['colons', ':#'.repeat(LENGTH / 2)],
  ['dashes', `${'-'.repeat(LENGTH)}0${'-'.repeat(1000)}`],
  ['dots', `a b c d${'.'.repeat(LENGTH)}x`],
  ['backticks', '`'.repeat(LENGTH)],
  ['backticks in pairs', '`` '.repeat(LENGTH / 3)],
  ['backticks of growing runs', Array.from({ length: 800 }, (_, i) => '`'.repeat(i)).join(' ')],
  ['numbers of pull requests', `a b c d${' (#1)'.repeat(LENGTH / 5)} x`],
  ['letters', 'A'.repeat(LENGTH)],
  ['underscores', `A${'_0'.repeat(LENGTH / 2)}`],
  ['digits', '0:'.repeat(LENGTH / 2)],
  ['keys of a trailer', 'Multiarch-Step:\n'.repeat(LENGTH / 16)],
  ['a flow mapping', `{${'a: 1, '.repeat(LENGTH / 6)}`],
]

describe('the length of a line is no more than its length', () => {
  test.each(lines)('%s', (_title, line) => {
    for (const [, read] of readers) read(line)
  })
})

test('a text cut at its marks is the text, and no piece between them holds a span', () => {
  fc.assert(
    fc.property(anyForeignText(), (text) => {
      const pieces = splitSpans(text, TEMPLATE)
      expect(pieces.join('')).toBe(text)
      expect(pieces.length % 2).toBe(1)
      for (const [at, piece] of pieces.entries())
        expect(/^(?:\{\{[^]*\}\}|\{%[^]*%\})$/.test(piece)).toBe(at % 2 === 1)
    }),
    runs(300),
  )
})

test('the end that is taken away holds nothing else', () => {
  expect(withoutEnd('a.b. .', ' .')).toBe('a.b')
  expect(withoutEnd('...', '.')).toBe('')
  expect(withoutEnd('a', '')).toBe('a')
})

test('an outline gives any text back byte for byte', () => {
  fc.assert(
    fc.property(anyForeignText(), (text) => {
      expect(blockLines(readOutline(splitLines(text))).join('')).toBe(text)
    }),
    runs(500),
  )
})
