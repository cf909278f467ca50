import { expect, test } from 'vitest'
import type { Oid } from '../../src/core/model/oid.ts'
import { onboarded, type AppStory } from '../support/app-story.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const INVENTORY = 'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml'

const START = 'Start it with make, from the bastion only.'

/** Onboarded, with a patch of the README that collides with the release. */
async function inConflict(): Promise<AppStory> {
  const story = await onboarded(undefined, { releases: ['v2.8.0', 'v2.9.0'], before: collide })
  expect(await story.pull(BRANCH)).toMatchObject({ draft: true, state: 'open' })
  return story
}

async function collide(story: Pick<AppStory, 'push' | 'file'>): Promise<void> {
  const own = story.file('main', 'README.md').split('\n').slice(0, -1)
  await story.push(
    'main',
    { 'README.md': `${own.join('\n')}\n${START}\n` },
    { message: 'Say where to start' },
  )
}

test('a conflict is a draft with a failing check; a person’s resolution turns it green', async () => {
  const story = await inConflict()
  const { number, title, body } = await story.pull(BRANCH)
  expect(title).toBe('Upgrade Kubespray from v2.8.0 to v2.9.0: 1 conflict to settle')
  expect(body).toMatch(
    /- \[ \] \*\*Settle\*\* \[patch \d\]\(#user-content-patch-\d\), “Say where to start”, in \[`README\.md:5`\]\(\S+\/blob\/[0-9a-f]{40}\/README\.md#L5\)/,
  )
  expect(await story.check(BRANCH)).toMatchObject({ state: 'failure', title: '1 conflict to settle' })
  expect(await story.dashboard()).toContain('| 7 | Say where to start | conflict |')

  const readme = story.file(BRANCH, 'README.md')
  await story.push(BRANCH, { 'README.md': `${readme}\n<<<<<<< release\n${START}\n` })
  expect(await story.say('ada', number, 'Like this?\n\n/multiarch recheck')).toContain(
    'Something is left for you to settle',
  )
  await story.push(BRANCH, { 'README.md': `${readme}\n${START}\n` }, { message: 'Say it below' })
  await story.settle()
  const answer = await story.say('ada', number, '/multiarch recheck')
  expect(answer).toContain('1 adapted')
  expect(answer).toContain('Nothing is left to settle.')
  const after = await story.pull(BRANCH)
  expect(after).toMatchObject({ draft: false, title: 'Upgrade Kubespray from v2.8.0 to v2.9.0' })
  expect(after.body).toContain('Adapted by a person, in a commit on this branch.')
  expect(after.body).toContain(
    '2 commits of yours are on the branch, so I do not move it by myself any more.',
  )
  expect(await story.check(BRANCH)).toMatchObject({ state: 'success' })
  await story.merge(BRANCH)
  expect(story.file('main', 'README.md')).toContain(START)
  expect(await story.dashboard()).toContain('up to date')
})

test('a person’s commits survive a rebase, and the branch is not moved without their word', async () => {
  const story = await inConflict()
  const { number } = await story.pull(BRANCH)
  const readme = story.file(BRANCH, 'README.md')
  const mine = await story.push(BRANCH, { 'README.md': `${readme}\n${START}\n` }, { message: 'Say it below' })
  await story.settle()
  await story.push('main', { 'inventory/homelab/notes.md': 'Two boards.\n' }, { message: 'Take notes' })
  await story.settle()
  expect(story.tipOf(BRANCH), 'left alone').toBe(mine)
  expect((await story.pull(BRANCH)).body).toContain('The branch it goes to has moved on since')

  const answer = await story.say('ada', number, '/multiarch rebase')
  expect(answer).toContain('I built the branch again on the newest state.')
  expect(answer).toContain('The commit that you added is on top of it, as before.')
  expect(story.tipOf(BRANCH)).not.toBe(mine)
  expect(story.file(BRANCH, 'README.md')).toContain(START)
  expect(story.file(BRANCH, 'inventory/homelab/notes.md')).toBe('Two boards.')
  expect(story.log('-1', BRANCH)[0]).toContain('Ada Ada Say it below')
  const after = await story.pull(BRANCH)
  expect(after.draft).toBe(false)
  expect(after.body).not.toContain('has moved on since')
  expect(await story.say('ada', number, '/multiarch rebase')).toContain('so I left it alone')
})

test('commits that do not go onto the new branch leave it as it is; recreate throws them away and names them', async () => {
  const story = await inConflict()
  const { number } = await story.pull(BRANCH)
  const text = story.file(BRANCH, INVENTORY)
  const mine = await story.push(BRANCH, { [INVENTORY]: text.replace('v1.13.5', 'v1.13.4') })
  await story.settle()
  const own = story.file('main', INVENTORY)
  await story.push('main', { [INVENTORY]: own.replace(/kube_version.*\n/, '') })
  await story.settle()
  const refused = await story.say('ada', number, '/multiarch rebase')
  expect(refused).toContain(`The commit ${mine} does not go onto the new branch by itself`)
  expect(refused).toContain('So I left the branch as it is')
  expect(story.tipOf(BRANCH)).toBe(mine)
  expect(await story.say('ada', number, '/multiarch recreate')).toContain(mine)
  expect(story.tipOf(BRANCH)).not.toBe(mine)
})

test('a commit of ours that somebody amended is theirs: nothing builds over it', async () => {
  const story = await onboarded(undefined, { releases: ['v2.8.0', 'v2.9.0'] })
  const { number } = await story.pull(BRANCH)
  const [tip = '', parent = ''] = story.git('rev-list', '-2', BRANCH).split('\n')
  const message = story.git('log', '-1', '--format=%B', tip)
  const amended = await story.push(BRANCH, { 'README.md': 'Mine.\n' }, { onto: parent as Oid, message })
  await story.settle()
  expect(await story.say('ada', number, '/multiarch rebase')).toContain(
    'Commits of mine were changed or removed on the branch',
  )
  await story.push('main', { 'inventory/homelab/notes.md': 'Two boards.\n' })
  await story.settle()
  expect(story.tipOf(BRANCH)).toBe(amended)
})

test('who may not write is refused politely, and only once', async () => {
  const story = await onboarded(undefined, { releases: ['v2.8.0', 'v2.9.0'] })
  const { number } = await story.pull(BRANCH)
  const before = story.tipOf(BRANCH)
  expect(await story.say('eve', number, '/multiarch recheck')).toMatchInlineSnapshot(
    `"Sorry, \`@eve\`: commands change this repository, so I take them only from people who may write to it. Somebody with write permission can give the same command. <!-- multiarch:refused eve -->"`,
  )
  await story.say('eve', number, '/multiarch recreate')
  const comments = await (await story.forge()).comments.on(number)
  expect(comments.map(({ author }) => author.kind)).toEqual(['person', 'us', 'person'])
  expect(story.tipOf(BRANCH)).toBe(before)
})
