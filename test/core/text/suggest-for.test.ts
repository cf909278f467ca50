import { expect, test } from 'vitest'
import { suggestFor } from '../../../src/core/text/suggest-for.ts'

test.each([
  {
    what: 'a flag behind the word it stands behind, in a command that upstream replaced',
    base: 'run: ctr -n k8s.io images pull {{ x }}\n',
    upstream: 'run: nerdctl -n k8s.io pull --quiet\n',
    patch: 'run: ctr -n k8s.io images pull --snapshotter=y {{ x }}\n',
    expected: 'run: nerdctl -n k8s.io pull --snapshotter=y --quiet\n',
  },
  {
    what: 'a line behind the line it stands behind',
    base: 'a\nb\n',
    upstream: 'a\nc\n',
    patch: 'a\nmine\nb\n',
    expected: 'a\nmine\nc\n',
  },
])('$what', ({ base, upstream, patch, expected }) => {
  expect(suggestFor({ base, upstream, patch })).toBe(expected)
})

test.each([
  ['a changed value', 'a: 1\n', 'a: 2\n', 'a: 3\n'],
  ['lines taken away', 'a\nb\n', 'a\nc\n', 'a\n'],
  ['nothing left of upstream’s', 'a\nb\n', '', 'a\nmine\nb\n'],
  ['two neighbours to choose from', 'a\nb\n', 'a\na\n', 'a\nmine\nb\n'],
  ['no neighbour', 'a\nb\n', 'c\nd\n', 'a\nmine\nb\n'],
  ['what both put in', '', 'u\n', 'p\n'],
])('nothing for %s', (_title, base, upstream, patch) => {
  expect(suggestFor({ base, upstream, patch })).toBeUndefined()
})
