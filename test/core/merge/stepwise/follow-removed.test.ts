import { describe, expect, test } from 'vitest'
import { sayReason } from '../../../../src/core/explain/say-reason.ts'
import { carryStory, type CarryStory } from '../../../support/carry.ts'

function task(name: string, { word = 'state', value = 'present' } = {}): string {
  return `- name: ${name}\n  package:\n    name: tools of ${name}\n    ${word}: ${value}\n  when: ${name}_wanted\n\n`
}

const CHECK = task('check')
const CHANGED = task('check', { value: 'latest' })
const REST = task('first') + task('second')

/** The patch takes the check away; upstream's commits follow. */
function removed(upstream: CarryStory['upstream'], patch: CarryStory['patch'] = {}) {
  return carryStory({
    isClone: true,
    base: { 'here.yml': REST + CHECK, 'there.yml': task('third') },
    patch: { 'here.yml': REST, ...patch },
    upstream,
  })
}

describe('a task that the patch takes away', () => {
  test('is taken away where upstream moved it, and told', async () => {
    const carried = await removed({ move: { 'here.yml': REST, 'there.yml': CHECK + task('third') } })
    expect(carried.text('there.yml')).toBe(task('third'))
    expect(carried.verdict).toBe('adapted')
    const { to, upstream } = carried.file('here.yml')
    expect(to).toBe('there.yml')
    expect(upstream).toEqual([carried.commits.get('move')])
    expect(sayReason(carried.file('here.yml'))).toContain(
      '`name: check`: the release moved it to `there.yml`; what you remove is removed there.',
    )
  })

  test('is upstream’s where upstream took it away for good', async () => {
    const carried = await removed({ drop: { 'here.yml': REST } })
    expect(carried.verdict).toBe('upstreamed')
    expect(carried.nothingLeft).toBe(true)
  })

  test('is a conflict at its new place where upstream changed it on the way or later', async () => {
    const later = await removed({
      change: { 'here.yml': REST + CHANGED },
      move: { 'here.yml': REST, 'there.yml': CHANGED + task('third') },
    })
    expect(later.text('there.yml')).toBe(CHANGED + task('third'))
    const file = later.file('here.yml')
    expect(file).toMatchObject({ verdict: 'conflict', to: 'there.yml' })
    expect(file.regions).toMatchObject([
      { line: 1, sides: { base: CHECK.slice(0, -1), upstream: CHANGED.slice(0, -1), patch: '' } },
    ])
    expect(sayReason(file)).toContain('the release moved it to `there.yml`; what you remove stands there.')
  })

  test('is known by its name where the release has hardly a line of it as it was', async () => {
    const anew = '- name: check\n  command: another way\n  register: outcome\n  run_once: true\n'
    const carried = await removed({
      move: { 'here.yml': REST, 'there.yml': CHECK + task('third') },
      anew: { 'there.yml': anew + task('third') },
    })
    expect(carried.file('here.yml')).toMatchObject({ verdict: 'conflict', to: 'there.yml' })
  })

  test('waits with all that went there, where one of several was changed', async () => {
    const second = task('other')
    const carried = await carryStory({
      isClone: true,
      base: { 'here.yml': REST + CHECK + second, 'there.yml': task('third') },
      patch: { 'here.yml': REST },
      upstream: { move: { 'here.yml': REST, 'there.yml': task('third') + CHANGED + second } },
    })
    expect(carried.nothingLeft).toBe(true)
    expect(carried.file('here.yml').regions).toHaveLength(2)
  })

  test('is taken away in a new file, and what the patch changes beside it stays where it is', async () => {
    const mine = { 'here.yml': task('first', { word: 'mine' }) + task('second') }
    const carried = await removed({ move: { 'here.yml': REST, 'new.yml': CHECK } }, mine)
    expect(carried.text('new.yml')).toBe('')
    expect(carried.text('here.yml')).toBe(mine['here.yml'])
    expect(carried.file('here.yml')).toMatchObject({ verdict: 'adapted', to: 'here.yml, new.yml' })
  })

  test('stays where the patch put it there itself', async () => {
    const both = { 'here.yml': REST, 'there.yml': task('third') + CHECK }
    const carried = await removed({ move: both }, { 'there.yml': both['there.yml'] })
    expect(carried.nothingLeft).toBe(true)
    expect(carried.verdict).toBe('upstreamed')
  })

  test('stays where a later patch of the series puts it itself', async () => {
    const carried = await carryStory({
      isClone: true,
      base: { 'here.yml': REST + CHECK, 'there.yml': task('third') },
      patch: { 'here.yml': REST },
      later: { 'there.yml': task('third') + CHECK },
      upstream: { move: { 'here.yml': REST, 'there.yml': CHECK + task('third') } },
    })
    expect(carried.nothingLeft).toBe(true)
  })

  test('is not taken for one of its name that stood there before', async () => {
    const carried = await carryStory({
      isClone: true,
      base: { 'here.yml': REST + CHECK, 'there.yml': CHECK },
      patch: { 'here.yml': REST },
      upstream: { drop: { 'here.yml': REST, 'there.yml': CHECK + task('third') } },
    })
    expect(carried.nothingLeft).toBe(true)
    expect(carried.verdict).toBe('upstreamed')
  })

  test('is nowhere to be taken away where the release has it no more', async () => {
    const carried = await removed({
      move: { 'here.yml': REST, 'there.yml': CHECK + task('third') },
      drop: { 'there.yml': task('third') },
    })
    expect(carried.nothingLeft).toBe(true)
    expect(carried.verdict).toBe('upstreamed')
  })
})

describe('a line that the patch takes from a task', () => {
  const LESS = CHECK.replace('  when: check_wanted\n', '')
  const story = (there: string) =>
    carryStory({
      isClone: true,
      base: { 'here.yml': REST + CHECK, 'there.yml': task('third') },
      patch: { 'here.yml': REST + LESS },
      upstream: { move: { 'here.yml': REST, 'there.yml': there + task('third') } },
    })

  test('is taken from it where upstream moved the task', async () => {
    const carried = await story(CHECK)
    expect(carried.text('there.yml')).toBe(LESS + task('third'))
    expect(carried.text('here.yml')).toBe(REST)
    expect(carried.file('here.yml')).toMatchObject({ verdict: 'adapted', to: 'there.yml' })
  })

  test('is taken from it where other lines of the task were changed on the way', async () => {
    const carried = await story(CHANGED)
    expect(carried.text('there.yml')).toBe(CHANGED.replace('  when: check_wanted\n', '') + task('third'))
  })

  test('is asked about where the release has that line in another form', async () => {
    const there = CHECK.replace('check_wanted', 'check_wanted or all')
    const carried = await story(there)
    expect(carried.nothingLeft).toBe(true)
    expect(carried.file('here.yml')).toMatchObject({ verdict: 'conflict', to: 'there.yml' })
    expect(carried.file('here.yml').regions?.[0]?.sides.patch).toBe(LESS.slice(0, -1))
  })

  test('is upstream’s where the task came without it', async () => {
    expect((await story(LESS)).verdict).toBe('upstreamed')
  })
})

describe('what is known by no name', () => {
  const play = (...roles: string[]): string =>
    `- hosts: all\n  roles:\n${roles.map((role) => `    - { role: ${role}, tags: ${role} }\n`).join('')}`
  const IMPORT = '- import_playbook: playbooks/cluster.yml\n'
  const story = (there: string) =>
    carryStory({
      isClone: true,
      base: { 'cluster.yml': play('one', 'two', 'three', 'four') },
      patch: { 'cluster.yml': play('one', 'three', 'four') },
      upstream: { move: { 'cluster.yml': IMPORT, 'playbooks/cluster.yml': there } },
    })

  test('a role that the patch takes from a play is taken from it where upstream moved the play, and the play stays', async () => {
    const carried = await story(play('one', 'two', 'three', 'four'))
    expect(carried.text('playbooks/cluster.yml')).toBe(play('one', 'three', 'four'))
    expect(carried.text('cluster.yml')).toBe(IMPORT)
  })

  test('the same where upstream put another role into it on the way', async () => {
    const carried = await story(play('one', 'two', 'three', 'four', 'five'))
    expect(carried.text('playbooks/cluster.yml')).toBe(play('one', 'three', 'four', 'five'))
  })
})

describe('a file that upstream took apart', () => {
  test('loses the task in the part that has it now', async () => {
    const carried = await removed({
      split: { 'here.yml': undefined, 'most.yml': REST, 'checks.yml': CHECK + task('more') },
    })
    expect(carried.text('checks.yml')).toBe(task('more'))
    expect(carried.text('most.yml')).toBe(REST)
  })

  test('and that the patch deletes is deleted where its tasks went', async () => {
    const carried = await carryStory({
      isClone: true,
      base: { 'here.yml': CHECK, 'there.yml': REST },
      patch: { 'here.yml': undefined },
      upstream: { join: { 'here.yml': undefined, 'there.yml': REST + CHECK } },
    })
    expect(carried.text('there.yml')).toBe(REST)
    expect(carried.file('here.yml')).toMatchObject({ verdict: 'adapted', to: 'there.yml' })
  })
})

test('a variable that the patch takes away is followed to the top of another file, not into a map of it', async () => {
  const story = (there: string) =>
    carryStory({
      isClone: true,
      base: { 'here.yml': 'one: 1\nthe_limit: 20\n', 'there.yml': 'two: 2\n' },
      patch: { 'here.yml': 'one: 1\n' },
      upstream: { move: { 'here.yml': 'one: 1\n', 'there.yml': there } },
    })
  expect((await story('two: 2\nthe_limit: 20\n')).text('there.yml')).toBe('two: 2\n')
  expect((await story('two:\n  the_limit: 20\n')).verdict).toBe('upstreamed')
})
