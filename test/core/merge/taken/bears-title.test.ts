import { expect, test } from 'vitest'
import { bearsTitle } from '../../../../src/core/merge/taken/bears-title.ts'

const TITLE = 'Add support for arm images'

test.each([
  ['its subject', 'Add support for arm images', true],
  ['its subject with the number of a pull request', 'Add support for arm images (#4261)', true],
  ['its subject, spelt in another way', 'add  support for ARM images.', true],
  ['the subject of a backport', '[release-2.26] Add support for arm images (#4261) (#4300)', true],
  [
    'one of the titles that a squash gathers',
    'ARM (#1)\n\n* Add a check\n\n* Add support for arm images\n',
    true,
  ],
  ['a longer title', 'Add support for arm images and more', false],
  ['a line of its text that is no title', 'ARM (#1)\n\nAdd support for arm images\n', false],
])('a commit bears a title in %s: %s', (_title, message, expected) => {
  expect(bearsTitle(message, TITLE)).toBe(expected)
})

test('a title of few words is anybody’s', () => {
  expect(bearsTitle('Bump the version', 'Bump the version')).toBe(false)
})
