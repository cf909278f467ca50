import { expect, test } from 'vitest'
import { quotedPath } from '../../../src/core/patchfile/quoted-path.ts'
import { emptyWorld } from '../../support/demo.ts'
import { written } from '../../support/patch-mail.ts'

test.each([
  'plain.yml',
  'a b.yml',
  "it's.yml",
  'a"b',
  'a\\b',
  'a\tb\nc',
  'ü',
  'ü "x"',
  '\u0001\u007f',
  '漢字',
  '{a}~',
])('a name is written as git writes it: %j', (path) => {
  const world = emptyWorld()
  written(world, { [path]: 'x\n' })
  expect(quotedPath(path)).toBe(world.git('ls-files').trim())
  expect(quotedPath(path, true)).toBe(world.git('-c', 'core.quotePath=false', 'ls-files').trim())
})
