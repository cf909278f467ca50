import { expect, test } from 'vitest'
import { sectionHead } from '../../../src/core/text/section-head.ts'

test.each([
  ['[edge]', '[edge]'],
  ['[edge]\n', '[edge]'],
  ['[edge]\r\n', '[edge]'],
  ['  [edge:vars]  ', '[edge:vars]'],
  ['[edge] # why', '[edge]'],
  ['[edge]# see [core]', '[edge]'],
  ['[edge]  ; why\n', '[edge]'],
  ['[[edge]]', '[[edge]]'],
  ['[plugins."io.edge".core]', '[plugins."io.edge".core]'],
  ['[plugins."{{ names[0] }}"]', '[plugins."{{ names[0] }}"]'],
])('%j opens a section', (line, head) => {
  expect(sectionHead(line)).toBe(head)
})

test.each([
  '',
  'edge',
  '[]',
  '[edge',
  'edge]',
  'a = [edge]',
  '# [edge]',
  '[1:3].example.org',
  '["a", "b"],',
  '[a], [b]',
  '[edge] why',
])('%j opens none', (line) => {
  expect(sectionHead(line)).toBeUndefined()
})

test('a line of brackets without end takes no time', () => {
  expect(sectionHead('['.repeat(50_000))).toBeUndefined()
  expect(sectionHead(`${'['.repeat(5_000)}a${'[]'.repeat(5_000)}`)).toBeUndefined()
})
