import { describe, expect, test } from 'vitest'
import { isBesidePlays } from '../../../src/core/merge/is-beside-plays.ts'
import { carryStory, longText } from '../../support/carry.ts'

test.each([
  ['docs/operations/upgrades.md', true],
  ['README.md', true],
  ['contrib/terraform/openstack/main.tf', true],
  ['.gitlab-ci/packet.yml', true],
  ['Vagrantfile', true],
  ['pipeline.Dockerfile', true],
  ['.pre-commit-config.yaml', true],
  ['.ansible-lint-ignore', true],
  ['roles/kubernetes/node/README.md', false],
  ['roles/kubernetes/docs/tasks/main.yml', false],
  ['extra_playbooks/upgrade-only-k8s.yml', false],
  ['inventory/sample/group_vars/all/all.yml', false],
  ['requirements.txt', false],
  ['cluster.yml', false],
])('%s: no play reads it: %s', (path, isBeside) => {
  expect(isBesidePlays(path)).toBe(isBeside)
})

describe('a file that the patch deletes and the release changed', () => {
  const story = (path: string, later: Readonly<Record<string, string | undefined>>) =>
    carryStory({
      isClone: true,
      base: { [path]: longText('text'), 'cluster.yml': 'plays\n' },
      patch: { [path]: undefined },
      upstream: { change: later },
    })

  test('stays deleted where no play reads it, and is told', async () => {
    const carried = await story('docs/a.md', { 'docs/a.md': longText('text', { 3: 'anew' }) })
    expect(carried.text('docs/a.md')).toBeUndefined()
    expect(carried.file('docs/a.md')).toMatchObject({
      verdict: 'adapted',
      reasons: [{ code: 'deleted-beside-plays' }],
    })
  })

  test('stays deleted under the name that the release gives it', async () => {
    const moved = { 'docs/a.md': undefined, 'docs/b/a.md': longText('text', { 3: 'anew' }) }
    expect((await story('docs/a.md', moved)).text('docs/b/a.md')).toBeUndefined()
  })

  test('is a conflict where a play can read it, also where it is moved to', async () => {
    const path = 'roles/a/tasks/main.yml'
    expect((await story(path, { [path]: longText('text', { 3: 'anew' }) })).verdict).toBe('conflict')
    const moved = { 'scripts/a.sh': undefined, 'roles/a/files/a.sh': longText('text', { 3: 'anew' }) }
    const carried = await story('scripts/a.sh', moved)
    expect(carried.verdict).toBe('conflict')
    expect(carried.text('roles/a/files/a.sh')).toBeDefined()
  })
})
