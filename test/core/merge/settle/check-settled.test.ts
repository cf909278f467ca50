import { describe, expect, test } from 'vitest'
import { checkSettled } from '../../../../src/core/merge/settle/check-settled.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const GOOD = 'a: 1\nb: 2\n'

describe('what a person made of a conflict', () => {
  test.each<
    readonly [string, path: string, settled: string, sides: readonly string[], found: readonly string[]]
  >([
    ['is as it should be', 'f.yml', GOOD, [GOOD, GOOD], []],
    ['has a mark', 'f.yml', 'a: 1\n>>>>>>> mine\n', [GOOD, GOOD], ['mark 2']],
    ['has a mark at the end of a line of CRLF', 'f.txt', 'a\r\n<<<<<<<\r\n', ['a', 'a'], ['mark 2']],
    ['has the marks of diff3', 'f.txt', '||||||| base\n=======\n', ['a', 'a'], ['mark 1']],
    ['underlines a title', 'f.md', 'Title\n=======\n', ['a', 'a'], []],
    ['has more angles than a mark', 'f.txt', '<<<<<<<< eight\n', ['a', 'a'], []],
    ['is no YAML any more', 'f.yml', 'a: 1\n}: 2\n', [GOOD, GOOD], ['no-yaml 2']],
    ['was none on one side', 'f.yml', 'a: [\n', [GOOD, 'a: [\n'], []],
    ['is a template', 'f.yml.j2', 'a: 1\n{% if x %}\na: 2\n{% endif %}\n', ['{% if x %}\n', GOOD], []],
    ['has a key twice', 'f.yml', 'a: 1\na: 2\n', [GOOD, GOOD], ['no-yaml 2']],
    ['has a key twice, as one side has', 'f.yml', 'a: 1\na: 2\n', [GOOD, 'a: 1\na: 3\n'], []],
    ['is no text', 'f.yml', '\0<<<<<<< x\n', [GOOD, GOOD], []],
  ])('%s', (...[, path, settled, sides, found]) => {
    const unsettled = checkSettled(path, bytes(settled), sides.map(bytes))
    expect(unsettled.map(({ kind, line }) => `${kind} ${line}`)).toEqual(found)
  })
})
