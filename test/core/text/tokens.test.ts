import { expect, test } from 'vitest'
import { tokens, wordBag, wordSimilarity } from '../../../src/core/text/tokens.ts'

test.each([
  ['names, numbers and versions whole', 'a_b: v1.2-rc1 x', ['a_b', ':', 'v1.2-rc1', 'x']],
  ['the same in every script', 'узел: v1.2 größe', ['узел', ':', 'v1.2', 'größe']],
  ['letters that are put together of two', 'cafe\u0301 x', ['cafe\u0301', 'x']],
  ['Chinese and Japanese sign by sign', '主节点 a', ['主', '节', '点', 'a']],
  ['a picture is one sign', '🚀a', ['🚀', 'a']],
])('%s', (_title, line, words) => {
  expect(tokens(line)).toEqual(words)
})

test.each([
  ['# the nodes of the first rack', '# the nodes of the other rack'],
  ['# узлы первой стойки слева тут', '# узлы второй стойки слева тут'],
  ['# 第一机架的所有节点', '# 第二机架的所有节点'],
])('a word changed leaves most of a line alike: %s', (a, b) => {
  const alike = wordSimilarity(wordBag(a), wordBag(b))
  expect(alike).toBeGreaterThan(0.5)
  expect(alike).toBeLessThan(1)
})
