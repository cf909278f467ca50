import { expect, test } from 'vitest'
import { jsonLog } from '../../../src/entry/server/json-log.ts'
import { logWarnings } from '../../../src/entry/server/log-warnings.ts'
import { until } from '../../support/until.ts'

function logged(fields: Readonly<Record<string, unknown>>): { line: string; read: Record<string, unknown> } {
  const lines: string[] = []
  jsonLog((line) => lines.push(line)).error('message not done', fields)
  const [line = ''] = lines
  return { line, read: JSON.parse(line) as Record<string, unknown> }
}

test.each(['message', 'level', 'time'])('a field named %s costs the line nothing of its own', (name) => {
  const { read } = logged({ [name]: 'm-1', error: 'broken' })
  expect(read).toMatchObject({ level: 'error', message: 'message not done', error: 'broken' })
  expect(Date.parse(String(read['time']))).toBeGreaterThan(0)
  expect(read[`field_${name}`]).toBe('m-1')
})

test('what JSON cannot say is said in words', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  expect(logged({ circle, big: 1n }).read).toMatchObject({ message: 'message not done', big: '1' })
})

test('what would act on a terminal does not reach it', () => {
  const { line, read } = logged({ error: 'a\u001b[31mred\u009b31m \u202egnp.exe\u2028next' })
  // eslint-disable-next-line no-control-regex -- controls are what is looked for
  expect(line.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\u2028]/)
  expect(read['error']).toBe('a\u001b[31mred\u009b31m \u202egnp.exe\u2028next')
})

test('warnings of Node are lines like all others', async () => {
  const before = process.listeners('warning')
  const lines: string[] = []
  logWarnings(jsonLog((line) => lines.push(line)))
  process.emitWarning('a tag that nobody knows: !\u202e')
  await until(() => lines.length > 0)
  process.removeAllListeners('warning')
  for (const each of before) process.on('warning', each)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    message: 'warning',
    said: 'a tag that nobody knows: !\u202e',
  })
})
