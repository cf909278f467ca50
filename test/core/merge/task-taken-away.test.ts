import { describe, expect, test } from 'vitest'
import { mergeTexts } from '../../support/file-merge.ts'

function task(name: string, more = ''): string {
  return `- name: ${name}\n  do: it\n  when: ${name}_wanted\n${more}\n`
}

describe('a line that the patch puts at the end of a task', () => {
  test('is never put into the task before it, where the release has its own no more', () => {
    const rest = task('first') + task('second')
    const { open, text } = mergeTexts('a.yml', [
      rest + task('third'),
      rest,
      rest + task('third', '  become: true\n'),
    ])
    expect(open).toHaveLength(1)
    expect(text).toBe(rest)
  })

  test('stays in its task where the release took away the one before or behind it', () => {
    const own = task('second', '  become: true\n')
    const base = task('first') + task('second') + task('third')
    const patch = task('first') + own + task('third')
    expect(mergeTexts('a.yml', [base, task('second') + task('third'), patch]).text).toBe(own + task('third'))
    expect(mergeTexts('a.yml', [base, task('first') + task('second'), patch]).text).toBe(task('first') + own)
  })

  test('stays in it under the name that the release gives it', () => {
    const base = '- name: first\n  do: it\n- name: second\n'
    const { text, open } = mergeTexts('a.yml', [
      base,
      '- name: first\n  do: it\n- name: second, anew\n',
      '- name: first\n  do: it\n- name: second\n  become: true\n',
    ])
    expect({ text, open }).toEqual({
      text: '- name: first\n  do: it\n- name: second, anew\n  become: true\n',
      open: [],
    })
  })
})
