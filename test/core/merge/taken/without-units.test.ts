import { describe, expect, test } from 'vitest'
import { carryStory, longText, type Carried } from '../../../support/carry.ts'

const SOMEBODY = { name: 'Some Body', email: 'some@body.example' }
const PATH = 'roles/a/tasks/main.yml'

function task(name: string): readonly string[] {
  return [`- name: Install ${name}`, '  package:', `    name: ${name}_package`, '    state: present']
}

/** Paragraphs with one blank line between them. */
function text(...paragraphs: (readonly string[])[]): string {
  return paragraphs.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n')
}

const [FIRST, OWN, THEIRS, LAST] = ['first', 'own', 'theirs', 'last'].map(task) as Four
type Four = [readonly string[], readonly string[], readonly string[], readonly string[]]

function carried(patch: string, upstream: string, base = text(FIRST, LAST)): Promise<Carried> {
  const story = { base: { [PATH]: base }, patch: { [PATH]: patch }, upstream: { took: { [PATH]: upstream } } }
  return carryStory({ ...story, author: SOMEBODY })
}

describe('the blank lines around a piece that is left out', () => {
  test.each([
    ['between others', text(FIRST, THEIRS, LAST)],
    ['behind all', text(FIRST, LAST, THEIRS)],
    ['before all', text(THEIRS, FIRST, LAST)],
  ])('all of the patch is upstream’s, %s: not even a blank line is carried', async (_where, patch) => {
    // Upstream has one more of its own beside it, so that the texts alone do not say that both are one.
    const upstream = patch.replace('- name: Install theirs', `${OWN.join('\n')}\n\n- name: Install theirs`)
    const one = await carried(patch, upstream)
    expect(one.verdict).toBe('upstreamed')
    expect(one.text(PATH)).toBe(upstream)
  })

  test.each([
    ['the first', text(FIRST, THEIRS, OWN, LAST)],
    ['the last', text(FIRST, OWN, THEIRS, LAST)],
  ])('%s of two pieces is upstream’s: one blank line stands beside the other', async (_which, patch) => {
    const one = await carried(patch, text(FIRST, THEIRS, LAST))
    expect(one.verdict).toBe('adapted')
    const result = one.text(PATH) ?? ''
    expect(result).not.toMatch(/\n\n\n/)
    expect(result.split('\n\n').map((part) => part.trim().split('\n').length)).toEqual([4, 4, 4, 4])
    expect(result.match(/Install theirs/g)).toHaveLength(1)
    expect(result.match(/Install own/g)).toHaveLength(1)
  })

  test('blank lines that are all a patch puts in are carried', async () => {
    const spaced = text(FIRST, LAST).replace('\n\n', '\n\n\n')
    const one = await carried(spaced, text(FIRST, LAST, THEIRS))
    expect(one.text(PATH)).toContain('\n\n\n')
  })
})

test('a file that the patch renames and the release no longer has stays under the patch’s name, and is told', async () => {
  const [old, mine] = [longText('alpha'), longText('alpha', { 2: 'a line of mine' })]
  const one = await carryStory({
    base: { 'roles/a/files/run.sh': old, 'roles/a/other.yml': longText('other') },
    patch: { 'roles/a/files/run.sh': undefined, 'roles/a/templates/run.sh.j2': mine },
    upstream: { 'drop the script': { 'roles/a/files/run.sh': undefined } },
    author: SOMEBODY,
  })
  expect(one.verdict).toBe('adapted')
  expect(one.text('roles/a/templates/run.sh.j2')).toBe(mine)
  expect(one.text('roles/a/files/run.sh')).toBeUndefined()
  expect(one.file('roles/a/files/run.sh')).toMatchObject({ to: 'roles/a/templates/run.sh.j2' })
})
