import { describe, expect, test } from 'vitest'
import { carryStory, type CarryStory } from '../../../support/carry.ts'

function task(name: string, state = 'present'): string {
  return `- name: ${name}\n  package:\n    name: tools of ${name}\n    state: ${state}\n  when: ${name}_wanted\n\n`
}

const [CHECK, REST, THERE, MORE] = [
  task('check'),
  task('first') + task('second'),
  task('third'),
  task('more'),
]

/** The patch takes the check out of `here.yml`; upstream's commits follow. */
function removed(upstream: CarryStory['upstream'], around: Partial<CarryStory> = {}) {
  return carryStory({
    isClone: true,
    base: { 'here.yml': REST + CHECK, 'there.yml': THERE, 'more.yml': MORE },
    patch: { 'here.yml': REST },
    upstream,
    ...around,
  })
}

describe('a task that the patch takes away is found', () => {
  test.each<[string, CarryStory['upstream'], string]>([
    [
      'under the names that its file had on the way',
      {
        rename: { 'here.yml': undefined, 'mid.yml': REST + CHECK },
        move: { 'mid.yml': REST, 'there.yml': THERE + CHECK },
        again: { 'mid.yml': undefined, 'last.yml': REST },
      },
      'there.yml',
    ],
    [
      'where upstream moved it on',
      {
        move: { 'here.yml': REST, 'there.yml': THERE + CHECK },
        on: { 'there.yml': THERE, 'more.yml': MORE + CHECK },
      },
      'more.yml',
    ],
    [
      'where upstream renamed the file that it went to',
      {
        move: { 'here.yml': REST, 'new.yml': CHECK + THERE },
        on: { 'new.yml': undefined, 'newer.yml': CHECK + THERE },
      },
      'newer.yml',
    ],
    [
      'where it went once more after it was back',
      {
        move: { 'here.yml': REST, 'there.yml': THERE + CHECK },
        back: { 'here.yml': REST + CHECK, 'there.yml': THERE },
        again: { 'here.yml': REST, 'more.yml': MORE + CHECK },
      },
      'more.yml',
    ],
  ])('%s', async (_, upstream, path) => {
    const carried = await removed(upstream)
    expect(carried.text(path)).not.toContain('check')
    expect(carried.file('here.yml')).toMatchObject({ verdict: 'adapted', to: path })
  })

  test('in each of the files that upstream put it into', async () => {
    const carried = await removed({
      split: { 'here.yml': REST, 'there.yml': THERE + CHECK, 'more.yml': CHECK + MORE },
    })
    expect(carried.text('there.yml')).toBe(THERE)
    expect(carried.text('more.yml')).toBe(MORE)
    expect(carried.file('here.yml')).toMatchObject({ verdict: 'adapted' })
  })
})

test('a task of its name that upstream moved out of another file of the patch is another one', async () => {
  const carried = await removed(
    {
      drop: { 'here.yml': REST },
      move: { 'a.yml': MORE, 'there.yml': THERE + CHECK },
    },
    {
      base: { 'here.yml': REST + CHECK, 'a.yml': MORE + CHECK, 'there.yml': THERE },
      patch: { 'here.yml': REST, 'a.yml': task('own') + MORE + CHECK },
    },
  )
  expect(carried.text('there.yml')).toBe(THERE + CHECK)
  expect(carried.text('a.yml')).toBe(task('own') + MORE)
})

test('another task of its name, which the other file had before, is no place that the fork gave it', async () => {
  const another = '- name: check\n  command: another way\n  register: outcome\n  run_once: true\n\n'
  const carried = await removed(
    { move: { 'here.yml': REST, 'there.yml': another + CHECK } },
    { base: { 'here.yml': REST + CHECK, 'there.yml': another } },
  )
  expect(carried.text('there.yml')).toBe(another)
})

test('what left the other file before the task went there is another one', async () => {
  const another = '- name: check\n  command: another way\n  register: outcome\n  run_once: true\n\n'
  const carried = await removed(
    {
      first: { 'there.yml': task('new') + THERE + another },
      left: { 'there.yml': task('new') + THERE, 'more.yml': MORE + another },
      move: { 'here.yml': REST, 'there.yml': task('new') + THERE + CHECK },
    },
    { base: { 'here.yml': REST + CHECK, 'there.yml': THERE + another, 'more.yml': MORE } },
  )
  expect(carried.file('here.yml')).toMatchObject({ verdict: 'adapted', to: 'there.yml' })
  expect(carried.text('more.yml')).toBe(MORE + another)
})

describe('one of two tasks of one name that the patch takes away', () => {
  const [ONE, TWO] = [task('check'), task('check').replace('check_wanted', 'it_is_not')]
  const around = {
    base: { 'here.yml': ONE + REST + TWO, 'there.yml': THERE },
    patch: { 'here.yml': REST + TWO },
  }

  test('is taken away where upstream moved it, and the other stays', async () => {
    const carried = await removed({ move: { 'here.yml': REST + TWO, 'there.yml': THERE + ONE } }, around)
    expect(carried.text('there.yml')).toBe(THERE)
    expect(carried.text('here.yml')).toBe(REST + TWO)
  })

  test('is not the one that upstream moved', async () => {
    const carried = await removed({ move: { 'here.yml': ONE + REST, 'there.yml': THERE + TWO } }, around)
    expect(carried.text('there.yml')).toBe(THERE + TWO)
    expect(carried.text('here.yml')).toBe(REST)
    expect(carried.verdict).not.toBe('conflict')
  })
})

describe('a variable that the patch takes away, and upstream in the commit that gives other files other names', () => {
  const [ONE, REST_OF_IT] = ['own_version: "1"\n', 'some_other: value of it\n']
  const base = { 'vars/a.yml': REST_OF_IT + ONE, 'old/main.yml': `${ONE}third_of_it: word\n` }
  const upstream = {
    rename: {
      'vars/a.yml': REST_OF_IT,
      'old/main.yml': undefined,
      'new/main.yml': `${ONE}third_of_it: word\n`,
    },
  }
  test.each([
    ['the patch leaves them their names', {}],
    [
      'the patch gives them these names, and another value there',
      { 'old/main.yml': undefined, 'new/main.yml': 'own_version: "2"\nthird_of_it: word\n' },
    ],
  ])('stays in the file that has it all the time: %s', async (_, more) => {
    const patch = { 'vars/a.yml': REST_OF_IT, ...more }
    const carried = await carryStory({ isClone: true, base, patch, upstream })
    const text = carried.text('new/main.yml')
    expect(carried.verdict === 'conflict' || text?.includes('own_version')).toBe(true)
    expect(carried.file('vars/a.yml').verdict).toBe('upstreamed')
  })
})
