import { expect, test } from 'vitest'
import { isTelling, lineWeight } from '../../../src/core/text/line-weight.ts'

test.each([
  ['six letters or digits say something', 'abc 12 d', 1],
  ['five say little', 'abc 12', 0.2],
  ['signs say nothing', '--- {{ }}', 0],
  ['nor do lines that are drawn', '# ─────── ═══════ ———————', 0],
  ['nor do small pictures', '# 🚀🚀🚀🚀🚀🚀', 0],
  ['Cyrillic says as much as Latin', '# шесть+', 0.2],
  ['and of six letters something', '# Узлы яд', 1],
  ['Greek', '# κόμβοι', 1],
  ['Arabic', '# العقدة', 1],
  ['letters with marks', '# nœuds é', 1],
  ['three Chinese signs say something', '# 主节点', 1],
  ['two say little', '# 节点', 0.2],
  ['Japanese', '# ノード', 1],
  ['Korean', '# 노드들', 1],
])('%s', (_title, line, weight) => {
  expect(lineWeight(line)).toBe(weight)
  expect(isTelling(line)).toBe(weight === 1)
})
