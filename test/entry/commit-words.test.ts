import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { committerAt } from '../../src/app/repository/committer-at.ts'
import { SIGN_OFF } from '../../src/core/series/trailer.ts'
import { demoWorld, type World } from '../support/demo.ts'
import { multiarch } from '../support/run-multiarch.ts'
import { commitFile } from '../support/step.ts'

const SETTINGS = '.github/multiarch.yml'
const WORDS = "commits: { prefix: 'chore(deps):', sign-off: true }\n"
const OURS = SIGN_OFF.join(': ')

/** The demo's fork, one of whose patches its author signed off, with settings. */
async function worldWith(settings: string): Promise<World> {
  const world = await demoWorld()
  const playbook = readFileSync(join(world.path, 'cluster.yml'), 'utf8')
  const message = 'Keep notes\n\nSigned-off-by: Ada <ada@example.org>'
  commitFile(world, 'cluster.yml', `${playbook}# Ada was here.\n`, message)
  commitFile(world, SETTINGS, settings, 'Settings')
  return world
}

/** Our commits on a branch, the newest first: subject and sign-offs. */
function commitsOn(world: World, branch: string, below = 'main') {
  const log = world.git('log', '--first-parent', '-z', '--format=%s%x1f%B%x1f%ce', branch, `^${below}`)
  return log
    .split('\0')
    .filter((each) => each !== '')
    .map((each) => {
      const [subject = '', body = '', by = ''] = each.split('\x1f')
      return { subject, by, signed: body.split('\n').filter((line) => line.startsWith('Signed-off-by: ')) }
    })
}

test('a sign-off names who commits', () => {
  const { name, email } = committerAt(0)
  expect(OURS).toBe(`Signed-off-by: ${name} <${email}>`)
})

describe('with a prefix and sign-offs', () => {
  test('a step: our own words have the prefix, patches keep theirs and their authors’ sign-offs, and each is signed off once', async () => {
    const world = await worldWith(WORDS)
    const { out } = await multiarch('upgrade', world.path)
    expect(out.replaceAll(/\s+/g, ' ')).toContain('chore(deps): upgrade Kubespray from v2.8.0 to v2.9.0')
    const commits = commitsOn(world, 'multiarch/kubespray-2.9.0')
    expect(commits.at(-1)?.subject).toBe('chore(deps): move to Kubespray v2.9.0')
    for (const { signed, by } of commits) {
      expect(by).toBe(committerAt(0).email)
      expect(signed.filter((each) => each === OURS)).toEqual([OURS])
    }
    const notes = commits.find(({ subject }) => subject === 'Keep notes')
    expect(notes?.signed).toEqual(['Signed-off-by: Ada <ada@example.org>', OURS])
    expect((await multiarch('upgrade', world.path)).out).toContain('Nothing to do')
  })

  test.each([
    ['given', '', WORDS],
    ['changed', WORDS, "commits: { prefix: '[infra]' }\n"],
    ['taken away', WORDS, 'follow: latest\n'],
  ])('a branch is ours when the words are %s after it was written', async (_, before, after) => {
    const world = await worldWith(before)
    await multiarch('upgrade', world.path)
    const old = world.git('rev-parse', 'multiarch/kubespray-2.9.0')
    commitFile(world, SETTINGS, after, 'Other words')
    const { code, out } = await multiarch('upgrade', world.path)
    expect(code).not.toBe(2)
    expect(out).toContain('Wrote branch `multiarch/kubespray-2.9.0`')
    expect(world.git('rev-parse', 'multiarch/kubespray-2.9.0')).not.toBe(old)
    const signed = commitsOn(world, 'multiarch/kubespray-2.9.0').flatMap((each) => each.signed)
    expect(signed.includes(OURS)).toBe(after.includes('sign-off'))
  })

  test('a step that is merged is one of ours: the next one stands on it, and signs nothing off twice', async () => {
    const world = await worldWith(WORDS)
    await multiarch('upgrade', world.path)
    world.git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'multiarch/kubespray-2.9.0')
    const plan = JSON.parse((await multiarch('plan', world.path, '--json')).out) as {
      base: { release: string; found: string }
      patches: { title: string }[]
    }
    expect(plan.base).toMatchObject({ release: 'v2.9.0', found: 'trailer' })
    expect(plan.patches.filter(({ title }) => title.includes('chore(deps): move'))).toEqual([])
    const { code } = await multiarch('upgrade', world.path)
    expect(code).not.toBe(2)
    const branch = world
      .git('for-each-ref', '--format=%(refname:short)', 'refs/heads/multiarch/')
      .trim()
      .split('\n')
      .at(-1)
    const notes = commitsOn(world, branch ?? '').find(({ subject }) => subject === 'Keep notes')
    if (notes) expect(notes.signed).toEqual(['Signed-off-by: Ada <ada@example.org>', OURS])
  })

  test('patches of an audit are ours as before', async () => {
    const world = await worldWith(WORDS)
    const audit = () => multiarch('audit', world.path, '--architectures', 'amd64,arm64,arm', '--fix')
    expect((await audit()).out).toContain('I wrote branch')
    for (const { subject, signed } of commitsOn(world, 'multiarch/audit')) {
      expect(subject).toMatch(/^chore\(deps\): [a-z]/)
      expect(signed).toEqual([OURS])
    }
    commitFile(world, SETTINGS, 'follow: latest\n', 'Other words')
    expect((await audit()).code).not.toBe(2)
  })

  test('a workflow that is proposed beside them, under whatever prefix', async () => {
    const world = await worldWith(WORDS)
    const init = () => multiarch('init', world.path, '--workflow')
    expect((await init()).code).toBe(0)
    expect(commitsOn(world, 'multiarch/onboarding')).toMatchObject([
      { subject: 'chore(deps): add the settings of kubespray-multiarch', signed: [OURS] },
    ])
    expect((await init()).out).toContain('Nothing to do')
    commitFile(world, SETTINGS, 'follow: latest\n', 'Other words')
    expect((await init()).code).toBe(0)
    expect(commitsOn(world, 'multiarch/onboarding')[0]?.subject).toBe(
      'Add the settings of kubespray-multiarch',
    )
  })
})
