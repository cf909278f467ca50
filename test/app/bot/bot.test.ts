import { describe, expect, test } from 'vitest'
import { CONFIG_CHECK, STEP_CHECK } from '../../../src/app/bot/bot-world.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { botWorld, CONFIG, type BotStory } from '../../support/bot-world.ts'

/** Everything a job changes it changes the first time. */
async function twice(world: BotStory, job: () => Promise<void>): Promise<void> {
  await job()
  const once = await world.seen()
  await job()
  expect(await world.seen()).toBe(once)
}

describe('onboarding', () => {
  test('a job that died before the label was on is made up for; whoever wants none says so in the file', async () => {
    const world = await botWorld({})
    await world.look()
    const { number = 0 } = (await world.pull('multiarch/onboarding')) ?? {}
    await world.forge.labels.remove(number, 'multiarch')
    await twice(world, world.look)
    expect((await world.pull('multiarch/onboarding'))?.labels).toEqual(['multiarch'])
    await world.forge.labels.remove(number, 'multiarch')
    await world.push('multiarch/onboarding', { '.github/multiarch.yml': 'pull-requests: { labels: [] }\n' })
    await twice(world, world.look)
    expect((await world.pull('multiarch/onboarding'))?.labels).toEqual([])
  })

  test('a fork without a config gets one pull request with what was found, and nothing else', async () => {
    const world = await botWorld({})
    await twice(world, world.look)
    const pull = await world.pull('multiarch/onboarding')
    expect(pull).toMatchObject({ state: 'open', base: { branch: 'main' }, labels: ['multiarch'] })
    expect(pull?.body).toMatchInlineSnapshot(`
      "This adds the settings of kubespray-multiarch, with what I found in this repository. **Nothing else happens until you merge it.** Change the file on this branch if something is wrong ([what can be set](https://redirect.github.com/kubespray-multiarch/kubespray-multiarch/blob/HEAD/docs/configuration.md)): I look again, and the preview below follows.

      ## What I found

      - \`main\` stands on Kubespray [\`v2.29.0\`](https://redirect.github.com/kubernetes-sigs/kubespray/releases/tag/v2.29.0).
      - Architectures: \`amd64\`, \`arm64\`.
      - Inventories: \`inventory/home\`.

      1 patch of your own:

      1. Use image\\_arch in the calico URL

      ## What I would do

      1. **Kubespray \`v2.30.0\`**, Kubernetes stays \`1.30.0\` · [release notes](https://redirect.github.com/kubernetes-sigs/kubespray/releases/tag/v2.30.0) · [what upstream changed](https://redirect.github.com/kubernetes-sigs/kubespray/compare/v2.29.0...v2.30.0)

      ## If you do not want this

      Close this pull request. I will not open it again, and I do nothing in this repository without the file.
      "
    `)
    expect(await world.pull()).toBeUndefined()
    expect(await world.dashboard()).toBeUndefined()
  })

  test('editing the file updates the preview, and a broken one is said at its line', async () => {
    const world = await botWorld({})
    await world.look()
    await world.push('multiarch/onboarding', { [CONFIG]: 'folow: latest\n' })
    await twice(world, world.look)
    expect((await world.pull('multiarch/onboarding'))?.body).toContain(
      '`.github/multiarch.yml:1`: I do not know the key `folow`; did you mean `follow`?',
    )
    await world.push('multiarch/onboarding', { [CONFIG]: 'follow: latest\n' })
    await world.look()
    expect((await world.pull('multiarch/onboarding'))?.body).toContain('What I would do')
  })

  test('merged, the first step follows', async () => {
    const world = await botWorld({})
    await world.look()
    await world.people.merge((await world.pull('multiarch/onboarding'))?.number ?? 0)
    await twice(world, world.look)
    expect(await world.pull()).toMatchObject({ state: 'open', title: 'Kubespray v2.30.0' })
  })

  test('closed, it is not opened again', async () => {
    const world = await botWorld({})
    await world.look()
    await world.people.close((await world.pull('multiarch/onboarding'))?.number ?? 0)
    await twice(world, world.look)
    expect(await world.forge.pullRequests.from('multiarch/onboarding')).toHaveLength(1)
    expect(await world.pull()).toBeUndefined()
  })

  test('a repository that is no fork of Kubespray hears nothing', async () => {
    const world = await botWorld({})
    await world.push('main', { RELEASE: undefined })
    await twice(world, world.look)
    expect(await world.pull('multiarch/onboarding')).toBeUndefined()
  })

  test.each([['archived', { facts: { archived: true } }]])(
    'a repository that is %s is left alone',
    async (_, options) => {
      const world = await botWorld({}, options)
      await twice(world, world.look)
      expect(await world.pull('multiarch/onboarding')).toBeUndefined()
    },
  )
})

describe('the life of a step', () => {
  test('a release is proposed with label and check, and the dashboard says so', async () => {
    const world = await botWorld()
    await twice(world, world.look)
    const pull = await world.pull()
    expect(pull).toMatchObject({ state: 'open', draft: false, labels: ['multiarch'] })
    expect(await world.forge.checks.find(pull?.head.oid as never, STEP_CHECK)).toMatchObject({
      state: 'success',
    })
    expect((await world.dashboard())?.body).toMatchInlineSnapshot(`
      "\`main\` stands on Kubespray \`v2.29.0\`.

      ## What waits for you

      <!-- multiarch:top 1:0 -->
      - **Review and merge** [#1 Kubespray v2.30.0](https://forge.example/me/kubespray/pull/1): All carried

      ## The way ahead

      1. **Kubespray \`v2.30.0\`**, Kubernetes stays \`1.30.0\` · [release notes](https://redirect.github.com/kubernetes-sigs/kubespray/releases/tag/v2.30.0) · [what upstream changed](https://redirect.github.com/kubernetes-sigs/kubespray/compare/v2.29.0...v2.30.0)

      ## Your patches

      |  | patch | in [#1](https://forge.example/me/kubespray/pull/1) |
      | --- | --- | --- |
      | 1 | Use image\\_arch in the calico URL | clean |

      - [ ] Look again now <!-- multiarch:box look -->
      - [ ] Hold: propose and move nothing <!-- multiarch:box hold -->

      <!-- multiarch:day 2026-01-31 -->
      [Settings](../blob/HEAD/.github/multiarch.yml) · [what can be set](https://redirect.github.com/kubespray-multiarch/kubespray-multiarch/blob/HEAD/docs/configuration.md) · [how I behave](https://redirect.github.com/kubespray-multiarch/kubespray-multiarch/blob/HEAD/docs/app.md) · [commands](https://redirect.github.com/kubespray-multiarch/kubespray-multiarch/blob/HEAD/docs/commands.md) (\`/multiarch help\` lists them)

      Last change seen on 2026-01-31. I write here only when something changed.
      "
    `)
  })

  test('merged, the fork is up to date, and says so', async () => {
    const world = await botWorld()
    await world.look()
    await world.people.merge((await world.pull())?.number ?? 0)
    await twice(world, world.look)
    expect((await world.dashboard())?.body).toContain('`main` stands on Kubespray `v2.30.0`.')
    expect((await world.dashboard())?.body).toContain('there is no step to take from `v2.30.0`')
  })

  test('closed unmerged, the release is skipped until somebody says resume', async () => {
    const world = await botWorld()
    await world.look()
    const first = await world.pull()
    await world.people.close(first?.number ?? 0)
    await twice(world, world.look)
    expect(await world.forge.pullRequests.from('multiarch/kubespray-2.30.0')).toHaveLength(1)
    expect((await world.dashboard())?.body).toContain('## Skipped\n\n- [`v2.30.0`](')
    const answer = await world.say('ada', (await world.dashboard())?.number ?? 0, '/multiarch resume')
    expect(answer).toContain('I go on')
    expect((await world.pull())?.number).toBeGreaterThan(first?.number ?? 0)
    expect((await world.pull())?.state).toBe('open')
  })

  test('a patch release takes the place of an untouched step, and leaves one a person worked on', async () => {
    const world = await botWorld()
    await world.look()
    world.engine.releases = ['v2.29.0', 'v2.30.1'] as ReleaseTag[]
    await twice(world, world.look)
    expect(await world.pull()).toMatchObject({ state: 'closed' })
    expect(await world.pull('multiarch/kubespray-2.30.1')).toMatchObject({ state: 'open' })

    const touched = await botWorld()
    await touched.look()
    await touched.push('multiarch/kubespray-2.30.0', { mine: 'x' })
    touched.engine.releases = ['v2.29.0', 'v2.30.1'] as ReleaseTag[]
    await twice(touched, touched.look)
    expect(await touched.pull()).toMatchObject({ state: 'open' })
  })

  test('with `advance: on-applied` the next step waits for the word', async () => {
    const world = await botWorld({ [CONFIG]: 'advance: on-applied\n' })
    world.engine.releases = ['v2.29.0', 'v2.30.0', 'v2.31.0'] as ReleaseTag[]
    await world.look()
    await world.people.merge((await world.pull())?.number ?? 0)
    await twice(world, world.look)
    expect(await world.pull('multiarch/kubespray-2.31.0')).toBeUndefined()
    expect((await world.dashboard())?.body).toContain('- **Apply** `v2.30.0` to the cluster')
    expect(await world.say('ada', (await world.dashboard())?.number ?? 0, '/multiarch applied')).toContain(
      'Noted',
    )
    expect(await world.pull('multiarch/kubespray-2.31.0')).toMatchObject({ state: 'open' })
  })

  test('a box that somebody ticked stays ticked, as long as its entry is there', async () => {
    const world = await botWorld()
    world.engine.conflicting = true
    await world.look()
    const pull = await world.pull()
    const ticked = (pull?.body ?? '').replace('- [ ] **Settle** it', '- [x] **Settle** it')
    expect(ticked).not.toBe(pull?.body)
    await world.forge.pullRequests.update(pull?.number ?? 0, { body: ticked })
    await twice(world, world.look)
    expect((await world.pull())?.body).toBe(ticked)
    await world.push('multiarch/kubespray-2.30.0', { conflict: undefined })
    await world.look()
    expect((await world.pull())?.body).not.toContain('**Settle**')
  })

  test('a conflict is a draft with a failing check, and a person’s resolution turns it green', async () => {
    const world = await botWorld()
    world.engine.conflicting = true
    await twice(world, world.look)
    expect(await world.pull()).toMatchObject({ draft: true })
    await world.push('multiarch/kubespray-2.30.0', { conflict: undefined })
    const answer = await world.say(
      'ada',
      (await world.pull())?.number ?? 0,
      'Settled it.\n\n/multiarch recheck',
    )
    expect(answer).toContain('Nothing is left to settle')
    const pull = await world.pull()
    expect(pull).toMatchObject({ draft: false })
    expect(await world.forge.checks.find(pull?.head.oid as never, STEP_CHECK)).toMatchObject({
      state: 'success',
    })
    await twice(world, world.look)
    expect((await world.pull())?.head.oid).toBe(pull?.head.oid)
  })
})

describe('a broken config', () => {
  test('is said on its commit and the dashboard, stops everything, and mended is forgotten', async () => {
    const world = await botWorld({ [CONFIG]: 'follow: newest\n' })
    await twice(world, world.look)
    expect(await world.forge.checks.find(world.main, CONFIG_CHECK)).toMatchObject({ state: 'failure' })
    expect((await world.dashboard())?.body).toContain('`.github/multiarch.yml:1`: `follow` is `newest`')
    expect(await world.pull()).toBeUndefined()
    const answer = await world.say('ada', (await world.dashboard())?.number ?? 0, '/multiarch plan')
    expect(answer).toContain('`follow` is `newest`')
    await world.push('main', { [CONFIG]: 'follow: latest\n' })
    await twice(world, world.look)
    expect((await world.dashboard())?.body).not.toContain('What stops me')
    expect(await world.pull()).toMatchObject({ state: 'open' })
  })

  test('does without a dashboard where issues are off', async () => {
    const world = await botWorld({ [CONFIG]: 'follow: newest\n' }, { facts: { issues: false } })
    await twice(world, world.look)
    expect(await world.forge.checks.find(world.main, CONFIG_CHECK)).toMatchObject({ state: 'failure' })
  })
})
