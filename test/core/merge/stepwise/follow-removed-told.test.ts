import { describe, expect, test } from 'vitest'
import { carryStory, type CarryStory } from '../../../support/carry.ts'

function task(name: string, state = 'present'): string {
  return `- name: ${name}\n  package:\n    name: tools of ${name}\n    state: ${state}\n  when: ${name}_wanted\n\n`
}

const [CHECK, OTHER, REST, THERE] = [
  task('check'),
  task('other'),
  task('first') + task('second'),
  task('third'),
]
const MOVED = { 'here.yml': REST, 'there.yml': THERE + CHECK }

/** The patch takes the check out of `here.yml`; upstream's commits follow. */
function removed(upstream: CarryStory['upstream'], around: Partial<CarryStory> = {}) {
  return carryStory({
    isClone: true,
    base: { 'here.yml': REST + CHECK, 'there.yml': THERE },
    patch: { 'here.yml': REST },
    upstream,
    ...around,
  })
}

function codes({ reasons }: { readonly reasons: readonly { readonly code: string }[] }): readonly string[] {
  return reasons.map(({ code }) => code)
}

describe('a task that the patch takes away and upstream moved', () => {
  test('is told by where it was and which commit moved it, and by nothing else', async () => {
    const carried = await removed({ move: MOVED })
    expect(carried.file('here.yml').reasons).toMatchObject([
      { code: 'removal-moved', key: 'name: check', to: 'there.yml' },
      { code: 'commits-met', commits: [{ oid: carried.commits.get('move') }] },
    ])
  })

  test('is taken away there by the second file of a patch as well', async () => {
    const carried = await removed(
      { move: MOVED },
      {
        base: { 'a.yml': 'one: 1\n', 'here.yml': REST + CHECK, 'there.yml': THERE },
        patch: { 'a.yml': 'one: 2\n', 'here.yml': REST },
      },
    )
    expect(carried.text('there.yml')).toBe(THERE)
    expect(carried.text('a.yml')).toBe('one: 2\n')
  })

  test('is taken away there where a later patch puts it into another file', async () => {
    const carried = await removed({ move: MOVED }, { later: { 'a.yml': CHECK } })
    expect(carried.text('there.yml')).toBe(THERE)
  })

  test('is told beside what collides in its file, and waits with that', async () => {
    const carried = await removed(
      { move: { 'here.yml': REST + task('other', 'latest'), 'there.yml': THERE + CHECK } },
      { base: { 'here.yml': REST + OTHER + CHECK, 'there.yml': THERE } },
    )
    expect(carried.nothingLeft).toBe(true)
    const file = carried.file('here.yml')
    expect(file).toMatchObject({ verdict: 'conflict', to: 'here.yml' })
    expect(codes(file)).toContain('removal-stands')
    expect(file.reasons.length).toBeGreaterThan(1)
  })

  test('is shown in the first of several files where upstream changed what went there, and all are named', async () => {
    const carried = await removed(
      {
        move: {
          'here.yml': REST,
          'there.yml': THERE + task('check', 'latest'),
          'more.yml': task('other', 'latest'),
        },
      },
      { base: { 'here.yml': REST + CHECK + OTHER, 'there.yml': THERE } },
    )
    const file = carried.file('here.yml')
    expect(file.regions).toHaveLength(1)
    expect(file.reasons).toMatchObject([
      { code: 'removal-stands', to: 'there.yml' },
      { code: 'removal-stands', to: 'more.yml' },
      { code: 'collides-with' },
    ])
  })

  test.each([
    ['one above and one below become one', `${THERE}${CHECK}${OTHER}`, THERE + OTHER],
    ['one below stays', `${THERE.trimEnd()}\n${CHECK}${OTHER}`, THERE + OTHER],
    ['one above stays', `${THERE}${CHECK.trimEnd()}\n${OTHER}`, THERE + OTHER],
    ['one above stays at the end', `${THERE}${CHECK.trimEnd()}\n`, THERE],
  ])('leaves blank lines as they are: %s', async (_, there, left) => {
    const carried = await removed({ move: { 'here.yml': REST, 'there.yml': there } })
    expect(carried.text('there.yml')).toBe(left)
  })
})

describe('a task that the patch takes away stands on', () => {
  test.each<[string, CarryStory['upstream']]>([
    ['in a document that shows it', { move: { 'here.yml': REST, 'there.md': CHECK } }],
    [
      'where upstream has another one of its name for it',
      {
        move: {
          'here.yml': REST,
          'there.yml': `${THERE}- name: check\n  command: another way\n  register: outcome\n`,
        },
      },
    ],
  ])('%s', async (_, upstream) => {
    const carried = await removed(upstream)
    expect(carried.nothingLeft).toBe(true)
    expect(carried.verdict).toBe('upstreamed')
  })

  test('where the patch takes it out of a document', async () => {
    const carried = await removed(
      { move: { 'here.md': REST, 'there.yml': THERE + CHECK } },
      { base: { 'here.md': REST + CHECK, 'there.yml': THERE }, patch: { 'here.md': REST } },
    )
    expect(carried.nothingLeft).toBe(true)
  })

  test('where the patch puts it into a block of the same file', async () => {
    const block = `- when: always\n  block:\n${CHECK.trimEnd().replace(/^/gm, '    ')}\n`
    const carried = await removed({ move: MOVED }, { patch: { 'here.yml': REST + block } })
    expect(carried.text('there.yml')).toBe(MOVED['there.yml'])
  })

  test('as a comment: it does nothing', async () => {
    const said = '# said about the check\n'
    const carried = await removed(
      { move: { 'here.yml': REST, 'there.yml': THERE + said } },
      { base: { 'here.yml': REST + said, 'there.yml': THERE } },
    )
    expect(carried.text('there.yml')).toBe(THERE + said)
  })
})

describe('a task in a block to which upstream moved it', () => {
  const inBlock = (...tasks: readonly string[]): string =>
    `- when: always\n  block:\n${tasks.map((each) => each.trimEnd().replace(/^/gm, '    ')).join('\n')}\n`

  test('is taken out of the block', async () => {
    const carried = await removed({ move: { 'here.yml': REST, 'there.yml': inBlock(OTHER, CHECK) } })
    expect(carried.text('there.yml')).toBe(inBlock(OTHER))
  })

  test.each([
    ['it is all that the block has', CHECK, inBlock(CHECK)],
    ['with another one it is all that the block has', CHECK + OTHER, inBlock(CHECK, OTHER)],
  ])('is asked about where %s: Ansible reads no empty block', async (_, gone, there) => {
    const carried = await removed(
      { move: { 'here.yml': REST, 'there.yml': THERE + there } },
      { base: { 'here.yml': REST + gone, 'there.yml': THERE } },
    )
    expect(carried.nothingLeft).toBe(true)
    expect(carried.file('here.yml')).toMatchObject({ verdict: 'conflict', to: 'there.yml' })
  })

  test('a play that is all of its playbook is asked about as well', async () => {
    const play = (host: string): string => `- hosts: ${host}\n  roles:\n    - role_of_${host}\n`
    const carried = await carryStory({
      isClone: true,
      base: { 'cluster.yml': play('one') + play('two') },
      patch: { 'cluster.yml': play('one') },
      upstream: {
        split: {
          'cluster.yml': `${play('one')}- import_playbook: two.yml\n`,
          'two.yml': `---\n${play('two')}`,
        },
      },
    })
    expect(carried.nothingLeft).toBe(true)
    expect(carried.file('cluster.yml')).toMatchObject({ verdict: 'conflict', to: 'two.yml' })
  })
})

describe('a file that the release has no more, or the patch', () => {
  test('loses the task where upstream put all of it into another one', async () => {
    const carried = await removed({ join: { 'here.yml': undefined, 'there.yml': THERE + REST + CHECK } })
    expect(carried.text('there.yml')).toBe(THERE + REST)
    expect(carried.file('here.yml')).toMatchObject({ verdict: 'adapted', to: 'there.yml' })
  })

  test('is deleted by the patch alone: what upstream took out of it is told', async () => {
    const carried = await removed({ move: MOVED }, { patch: { 'here.yml': undefined } })
    expect(carried.verdict).toBe('conflict')
    expect(codes(carried.file('here.yml'))).toContain('removal-stands')
  })
})
