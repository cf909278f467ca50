import { createHmac, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { gitText } from '../github/git.ts'
import { removeRepo } from '../github/world.ts'
import { appStory, CONFIG, onboarded, type AppStory } from '../support/app-story.ts'

const EARLY = { releases: ['v2.8.0', 'v2.9.0'] }
const BRANCH = 'multiarch/kubespray-2.9.0'

/** Sends the server a webhook of one's own making. */
async function send(
  { server, github }: AppStory,
  event: string,
  { body, secret = github.world.app.webhookSecret }: { body: string; secret?: string },
): Promise<string> {
  const answer = await fetch(`${server.url}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  })
  return `${answer.status} ${(await answer.text()).trim()}`
}

const PUSH = JSON.stringify({ ref: 'refs/heads/main', repository: { full_name: 'ada/kubespray' } })

test('at the door: forged, wrongly signed, huge, unknown and broken webhooks get a clear answer each', async () => {
  const story = await appStory(EARLY)
  const forged = await fetch(`${story.server.url}/api/github/webhooks`, { method: 'POST', body: PUSH })
  expect(forged.status).toBe(401)
  const padding = 'x'.repeat(25 * 1024 * 1024)
  expect({
    wrongSecret: await send(story, 'push', { body: PUSH, secret: 'wrong' }),
    huge: await send(story, 'push', { body: JSON.stringify({ padding }) }).catch(() => 'cut off'),
    justFits: await send(story, 'push', { body: JSON.stringify({ padding: padding.slice(100) }) }),
    unknown: await send(story, 'galaxy', { body: '{"action":"collided"}' }),
    notJson: await send(story, 'push', { body: '{' }),
    empty: await send(story, 'push', { body: '{}' }),
    strange: await send(story, 'issue_comment', { body: '{"action":"created","comment":null,"issue":[]}' }),
    elsewhere: await send(story, 'push', { body: PUSH.replace('ada/kubespray', 'no/such') }),
    wayOut: await send(story, 'push', { body: PUSH.replace('ada/kubespray', '../../etc') }),
  }).toEqual({
    wrongSecret: '401 The signature does not match. Is the webhook secret the same on both sides?',
    huge: expect.stringMatching(/^413 GitHub sends at most 25 MB|^cut off/) as string,
    justFits: '202 Nothing to do.',
    unknown: '202 Nothing to do.',
    notJson: '400 The body is no JSON object.',
    empty: '202 Nothing to do.',
    strange: '202 Nothing to do.',
    elsewhere: '202 Jobs: 1.',
    wayOut: '202 Nothing to do.',
  })
  await story.settle()
  expect((await fetch(`${story.server.url}/healthz`)).status).toBe(200)
})

test('repositories that are no place to work in: nothing is said there, and the others go on', async () => {
  const story = await appStory(EARLY)
  const { github, fork } = story
  const repo = (name: string) => github.createRepo({ owner: 'ada', name, hasIssues: true })
  const empty = repo('empty')
  const other = repo('other')
  const archived = github.createRepo({ owner: 'ada', name: 'archived', forkOf: story.upstream })
  archived.archived = true
  const deleted = github.createRepo({ owner: 'ada', name: 'deleted', forkOf: story.upstream })
  const readme = gitText(other.gitDir, ['hash-object', '-w', '--stdin'], 'Recipes for soup\n')
  const tree = gitText(other.gitDir, ['mktree'], `100644 blob ${readme}\tREADME.md\n`)
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  const commit = gitText(other.gitDir, [...who, 'commit-tree', tree, '-m', 'Soup'])
  gitText(other.gitDir, ['update-ref', 'refs/heads/main', commit])
  github.install([empty, other, archived, deleted, fork])
  removeRepo(github.world, deleted)
  await story.settle()
  for (const each of [empty, other, archived]) expect([...each.threads.values()], each.name).toEqual([])
  expect(await story.open()).toEqual(['multiarch/onboarding'])
  expect(story.lines.filter((line) => line.includes('not onboarded')).length).toBeGreaterThan(0)
})

test('a suspended installation is left alone, and taken up again when it wakes', async () => {
  const story = await appStory(EARLY)
  const installation = story.github.install([story.fork])
  await story.settle()
  await story.people.merge((await story.pull('multiarch/onboarding')).number)
  await story.quiet()
  const before = story.seen()
  story.github.suspend(installation, 'suspend')
  await story.quiet()
  story.jobs.splice(0)
  expect(await send(story, 'push', { body: PUSH })).toBe('202 Jobs: 1.')
  await story.quiet()
  expect(story.seen()).toEqual(before)
  story.jobs.splice(0)
  story.github.suspend(installation, 'unsuspend')
  await story.settle()
  expect(await story.open()).toEqual([BRANCH])
})

test('uninstalled, nothing is done any more; installed again, it goes on at once', async () => {
  const story = await onboarded(undefined, EARLY)
  const [installation] = story.github.world.installations
  if (installation) story.github.uninstall(installation)
  await story.quiet()
  const before = story.seen()
  expect(await send(story, 'push', { body: PUSH })).toBe('202 Jobs: 1.')
  await story.quiet()
  expect(story.seen()).toEqual(before)
  story.jobs.splice(0)
  story.github.install([story.fork])
  await story.settle()
  const { number } = await story.pull(BRANCH)
  expect(await story.say('ada', number, '/multiarch recheck')).toContain('Nothing is left to settle')
})

test('a config of more than a megabyte, one that is a link, and one full of anchors are told or passed over', async () => {
  const story = await onboarded('addons: { ingress_nginx: keep }\n', EARLY)
  await story.push('main', { [CONFIG]: `# ${'x'.repeat(1_100_000)}\n` })
  await story.settle()
  expect(await story.dashboard()).toContain('This file has 1101 kB and I read at most 100')
  const bomb = Array.from({ length: 12 }, (_, at) => `a${at}: &a${at} [${`*a${at - 1}, `.repeat(9)}]`).join(
    '\n',
  )
  await story.push('main', { [CONFIG]: bomb.replace('*a-1, '.repeat(9), 'x') })
  await story.settle()
  expect(await story.dashboard()).toContain('What stops me')
  await story.push('main', { [CONFIG]: { mode: '120000', content: '/etc/passwd' } })
  await story.settle()
  expect(await story.open()).toEqual([BRANCH])
  expect(await story.dashboard()).not.toContain('root:')
})

test('what imitates us is not ours: a fork’s branch of our name, another’s pull request, a comment elsewhere', async () => {
  const story = await onboarded(undefined, EARLY)
  const { people } = story
  const before = story.tipOf(BRANCH)
  const imitation = await people.openPullRequest('eve', {
    ...{ title: 'Kubespray v2.9.0', body: 'Merge me.', branch: BRANCH, onto: 'main', elsewhere: true },
  })
  const issue = await people.openIssue('ada', { title: 'Talk', body: '/multiarch recreate' })
  await people.comment('ada', imitation, '/multiarch recreate')
  await people.comment('ada', issue, '/multiarch recreate')
  await story.settle()
  const forge = await story.forge()
  expect(await forge.comments.on(imitation)).toHaveLength(1)
  expect(await forge.comments.on(issue)).toHaveLength(1)
  expect(story.tipOf(BRANCH)).toBe(before)
  expect((await story.pull(BRANCH)).author.kind).toBe('us')
})
