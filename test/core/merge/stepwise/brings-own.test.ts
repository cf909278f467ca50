import { describe, expect, test } from 'vitest'
import { bringsOwn } from '../../../../src/core/merge/stepwise/brings-own.ts'
import { carryStory } from '../../../support/carry.ts'

const block = (name: string, command: string): string =>
  `- name: ${name}\n  command: ${command}\n  when: needed\n\n`
const rest = block('Third of them', 'third') + block('Fourth of them', 'fourth')

/** Of a patch that edits one task and puts another in the place of a second, upstream has the edit and takes the second away. */
const story = (own: string): Parameters<typeof carryStory>[0] => ({
  base: { 'tasks/main.yml': block('First of them', 'first') + block('Second of them', 'second') + rest },
  patch: { 'tasks/main.yml': block('First of them', 'first --now') + own + rest },
  upstream: { 'do both': { 'tasks/main.yml': block('First of them', 'first --now') + rest } },
  title: 'Do the first at once and the second otherwise',
  author: { name: 'Some Body', email: 'some@body.example' },
})

describe('upstream took away what a patch edits and has the rest of it', () => {
  test('an edit of what is gone goes with it', async () => {
    const carried = await carryStory(story(block('Second of them', 'second --slowly')))
    expect(carried.verdict).not.toBe('clean')
    for (const line of carried.file('tasks/main.yml').leftOut ?? []) expect(line.why).not.toBe('form')
  })

  test('a task of another name in its place is the patch’s own: it is asked about, with its lines', async () => {
    const carried = await carryStory(story(block('Own and other task', 'other')))
    expect(carried.verdict).toBe('conflict')
    const leftOut = carried.file('tasks/main.yml').leftOut ?? []
    expect(leftOut.map(({ text, why }) => [text, why])).toContainEqual(['- name: Own and other task', 'open'])
  })
})

describe('what is no edit of the lines in whose place it stands', () => {
  const region = (base: string, patch: string): Parameters<typeof bringsOwn>[1] => ({
    line: 1,
    sides: { base, upstream: '', patch },
  })
  test.each([
    ['a value', 'a.yml', 'key: 1\n', 'key: 2\n', false],
    ['another key', 'a.yml', 'key: 1\n', 'other: 1\n', true],
    ['a value of an item', 'a.yml', '- name: a\n  x: 1\n', '- name: a\n  x: 2\n', false],
    ['an item of another name', 'a.yml', '- name: a\n  x: 1\n', '- name: b\n  x: 1\n', true],
    ['words of an item without a name', 'a.yml', '- one two\n', '- one three\n', false],
    [
      'a variable that nobody knows',
      'a.conf',
      'option = {{ some_name }}\n',
      'option = {{ own_name }}\n',
      true,
    ],
    [
      'a variable that the file has',
      'a.conf',
      'option = {{ some_name }}\n',
      'option = {{ the_other }}\n',
      false,
    ],
    ['words of a sentence', 'a.sh', 'echo all is well\n', 'echo nothing is well\n', false],
  ])('%s', (...[, path, base, patch, isOwn]) => {
    expect(bringsOwn(path, region(base, patch), ['uses = {{ the_other }}\n'])).toBe(isOwn)
  })
})

describe('upstream took away what a patch edits and has a part of the rest', () => {
  const setting = (name: string): string => `{% if c %}\n${name} = 1\n{% endif %}\n`
  const [one, two, three, four] = ['opt_one', 'opt_two', 'opt_three', 'opt_four'].map(setting) as [
    string,
    string,
    string,
    string,
  ]
  test('what the patch does elsewhere in the file does not go with it', async () => {
    const moved = four.replace('if c', 'if d')
    const own = setting('own_one')
    const carried = await carryStory({
      base: { 'a.conf.j2': one + two + three + moved + setting('opt_five') },
      patch: {
        'a.conf.j2': moved + one + setting('opt_new') + two + own + three + setting('opt_five'),
      },
      upstream: {
        'Move it': { 'a.conf.j2': moved + one + setting('opt_new') + two + three + setting('opt_five') },
        'Go on': {
          'a.conf.j2': moved + one + setting('opt_new') + two + three.replace('1', '2') + setting('opt_five'),
        },
      },
      author: { name: 'Some Body', email: 'some@body.example' },
    })
    const isAsked = carried.verdict === 'conflict'
    expect(isAsked || carried.text('a.conf.j2')?.includes('own_one')).toBe(true)
    expect(carried.verdict).not.toBe('obsolete')
  })
})
