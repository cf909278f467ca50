import { expect, test } from 'vitest'
import { isAsked, withReferences } from '../../../../src/core/inventory/calls/follow-reference.ts'

test.each([
  ['a path over two variables', 'ROOT=/srv\nENV=$ROOT/prod\n', '$ENV/hosts.ini', '/srv/prod/hosts.ini'],
  [
    'one that nobody sets stays as it is written',
    'ENV=$ROOT/prod\n',
    '$ENV/hosts.ini',
    '$ROOT/prod/hosts.ini',
  ],
  ['one that is set twice', 'ENV=a\nENV=b\n', '$ENV/hosts.ini', '$ENV/hosts.ini'],
])('%s', (_title, text, written, path) => {
  expect(withReferences(text, written)).toBe(path)
})

test('a variable that sets itself comes to an end', () => {
  expect(withReferences('ENV=$ENV/prod\n', '$ENV/hosts.ini')).toMatch(/^\$ENV(?:\/prod)*\/hosts\.ini$/)
})

/** Each variable is so often the next one, four deep: put in, there would be that many to the fourth. */
function layers(times: number): string {
  return ['AB', 'BC', 'CD', 'DE'].map(([name, next]) => `${name}=${`$${next}/`.repeat(times)}\n`).join('')
}

test.each([100, 1_000])(
  'variables of which each is %i times the next are put in a bounded number of times',
  (times) => {
    const text = layers(times)
    // Each of a hundred that are followed is a line of the file at most.
    expect(withReferences(text, '$A/hosts.ini').length).toBeLessThan(102 * text.length)
    expect(isAsked(text, '$A/'.repeat(times))).toBe(false)
  },
)

test('what a script reads from whoever runs it, in a line of nothing but that word', () => {
  expect(isAsked('read -rp "Which release? " VERSION\n', '$VERSION')).toBe(true)
  expect(isAsked(`${'read '.repeat(60_000)}\n`, '$VERSION')).toBe(false)
})
