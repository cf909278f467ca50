import { describe, expect, test } from 'vitest'
import { loadDecisions } from '../../../src/app/bot/load-decisions.ts'
import { STEP_CHECK } from '../../../src/app/bot/bot-world.ts'
import { botWorld, CONFIG } from '../../support/bot-world.ts'

/** A world with its pull request open. */
async function withStep(config = 'follow: latest\n') {
  const world = await botWorld({ [CONFIG]: config })
  await world.look()
  const number = (await world.pull())?.number ?? 0
  const head = async () => (await world.pull())?.head.oid
  return { ...world, number, head, ask: (body: string, login = 'ada') => world.say(login, number, body) }
}

/** An answer without the mark at its end. */
function text(answer: string): string {
  return answer.replace(/\s*<!--.*?-->\s*/gs, '')
}

describe('every command is answered', () => {
  test.each([
    ['recheck', 'I looked at the branch as it is now: 1 clean. Nothing is left to settle.'],
    ['rebase', 'The branch is as I would build it now, so I left it alone. The patches: 1 clean.'],
    ['recreate', 'The branch is as I would build it now, so I left it alone. The patches: 1 clean.'],
    ['plan', '1. Kubespray v2.29.0 → v2.30.0, Kubernetes 1.30.0'],
    ['explain 1', 'It is clean.'],
    [
      'explain etcd',
      'I find no patch `etcd` in this pull request. Its number in the table is the surest name.',
    ],
    [
      'keep calico',
      '“Use image\\_arch in the calico URL” is carried as it is, so there was nothing to take back. The branch is as I would build it now, so I left it alone. The patches: 1 clean.',
    ],
    [
      'skip v2.30.0',
      'I will not propose [`v2.30.0`](https://redirect.github.com/kubernetes-sigs/kubespray/releases/tag/v2.30.0). `/multiarch resume` takes that back.',
    ],
    [
      'hold',
      'I hold: nothing is proposed or moved in this repository until somebody writes `/multiarch resume`.',
    ],
    ['resume', 'I go on: nothing is on hold, and no release counts as skipped.'],
    [
      'applied',
      'Noted: the cluster runs `v2.29.0`. Nothing waited for it: without `advance: on-applied` the next step follows the merge.',
    ],
    ['rechek', 'Line 1: I do not know the command `rechek`. Did you mean `/multiarch recheck`?'],
  ])('/multiarch %s', async (command, expected) => {
    const { ask } = await withStep()
    expect(text(await ask(`/multiarch ${command}`))).toBe(expected)
  })

  test('help lists what can be said here', async () => {
    const { ask } = await withStep()
    expect(await ask('/multiarch')).toContain(
      '- `/multiarch keep <patch>` carries a patch that I proposed to drop',
    )
  })
})

test('no comment is answered twice, and an answer is one comment', async () => {
  const world = await withStep()
  await world.ask('/multiarch plan\n/multiarch explain 1')
  await world.useCases.answerComments(world.place, world.number)
  const comments = await world.forge.comments.on(world.number)
  expect(comments).toHaveLength(2)
  expect(text(comments[1]?.body ?? '')).toBe(
    '1. Kubespray v2.29.0 → v2.30.0, Kubernetes 1.30.0\n\nIt is clean.',
  )
})

test('a job that died before its answer is taken up again', async () => {
  const world = await withStep()
  const id = await world.people.comment('ada', world.number, '/multiarch hold')
  // Seen and done, but not answered: that is where it died.
  await world.forge.reactions.add(id, 'eyes')
  await world.useCases.answerComments(world.place, world.number)
  expect((await world.forge.comments.on(world.number)).at(-1)?.body).toContain('I hold')
})

test('who may not write is refused politely, and once', async () => {
  const world = await withStep()
  expect(await world.ask('/multiarch recreate', 'eve')).toContain('only from people who may write')
  await world.ask('/multiarch recreate', 'eve')
  await world.ask('/multiarch drop 1', 'eve')
  expect(await world.forge.comments.on(world.number)).toHaveLength(4)
  expect((await loadDecisions(world.objects)).dropped).toEqual([])
})

test('a bot is not answered, and neither are we', async () => {
  const world = await withStep()
  await world.people.comment('helpful[bot]', world.number, '/multiarch recheck')
  await world.forge.comments.add(world.number, '/multiarch recheck')
  await world.useCases.answerComments(world.place, world.number)
  expect(await world.forge.comments.on(world.number)).toHaveLength(2)
})

test('commands elsewhere than on our pull requests and the dashboard are not ours to answer', async () => {
  const world = await withStep()
  const issue = await world.people.openIssue('ada', { title: 'Talk', body: '' })
  await world.say('ada', issue, '/multiarch plan')
  expect(await world.forge.comments.on(issue)).toHaveLength(1)
  await world.push('multiarch/imitation', { a: 'b' })
  const pull = await world.people.openPullRequest('eve', {
    ...{ title: 'Kubespray v2.31.0', body: '', branch: 'multiarch/imitation', onto: 'main' },
  })
  await world.say('ada', pull, '/multiarch recreate')
  expect(await world.forge.comments.on(pull)).toHaveLength(1)
})

test('a dropped patch is left out, and kept again', async () => {
  const world = await withStep()
  await world.ask('/multiarch drop 1')
  expect((await world.pull())?.body).toContain('Without the patch.')
  expect((await loadDecisions(world.objects)).dropped).toEqual(['p-1'])
  await world.ask('/multiarch keep 1')
  expect((await world.pull())?.body).toContain('The patch is clean.')
})

test('a hold stops new steps and ends with resume', async () => {
  const world = await withStep()
  await world.ask('/multiarch hold')
  await world.people.merge(world.number)
  world.engine.releases = ['v2.29.0', 'v2.30.0', 'v2.31.0'] as never
  await world.look()
  expect(await world.pull('multiarch/kubespray-2.31.0')).toBeUndefined()
  const dashboard = (await world.dashboard())?.number ?? 0
  expect((await world.dashboard())?.body).toContain('**On hold**')
  await world.say('ada', dashboard, '/multiarch resume')
  expect(await world.pull('multiarch/kubespray-2.31.0')).toMatchObject({ state: 'open' })
})

test('recreate throws a person’s commits away, and names them', async () => {
  const world = await withStep()
  const mine = await world.push('multiarch/kubespray-2.30.0', { mine: 'x' })
  expect(await world.ask('/multiarch rebase')).toContain('So I left the branch as it is')
  expect(await world.head()).toBe(mine)
  expect(await world.ask('/multiarch recreate')).toContain(mine)
  expect(await world.head()).not.toBe(mine)
})

test('skip closes the pull request of that release', async () => {
  const world = await withStep()
  await world.ask('/multiarch skip v2.30.0')
  expect(await world.pull()).toMatchObject({ state: 'closed' })
})

test.each([
  ['v9.9.9', /Upstream has no release `v9\.9\.9`.*nearest that it has is \[`v2\.30\.0`/],
  ['v02.30.0', /`v02\.30\.0` is no release of Kubespray/],
])('skip of %s, which is no release, is answered and not kept', async (tag, says) => {
  const world = await withStep()
  for (const known of ['v2.29.0', 'v2.30.0'])
    await world.objects.moveRef({ name: `refs/tags/${known}`, from: undefined, to: world.main })
  expect((await world.ask(`/multiarch skip ${tag}`)).replace(/\s+/g, ' ')).toMatch(says)
  expect((await loadDecisions(world.objects)).skipped).toEqual([])
})

test('what an older version of mine kept as a skip and is no release stops neither skip nor resume', async () => {
  const world = await withStep()
  await world.history.commit(
    'Decide: skip\n\nMultiarch-Skip: v02.9.0\n',
    {},
    { ref: 'refs/multiarch/decisions' },
  )
  await world.ask('/multiarch skip v2.30.0')
  expect((await loadDecisions(world.objects)).skipped).toEqual(['v2.30.0'])
  await world.ask('/multiarch resume')
  expect((await loadDecisions(world.objects)).skipped).toEqual([])
})

test('a command that makes no sense on the dashboard says where it does', async () => {
  const world = await withStep()
  const dashboard = (await world.dashboard())?.number ?? 0
  expect(text(await world.say('ada', dashboard, '/multiarch recheck'))).toBe(
    '`/multiarch recheck` needs a pull request of mine; write it there.',
  )
})

test('a closed pull request has nothing to recheck', async () => {
  const world = await withStep()
  await world.people.close(world.number)
  expect(text(await world.ask('/multiarch recheck'))).toBe(
    'This pull request is closed, so there is nothing to do on it.',
  )
})

describe('buttons', () => {
  const press = { branch: 'multiarch/kubespray-2.30.0', by: 'ada' }

  test('recheck judges the branch as it is now', async () => {
    const world = await withStep()
    await world.push('multiarch/kubespray-2.30.0', { conflict: 'open' })
    await world.useCases.pressButton(world.place, { ...press, action: 'recheck' })
    expect(await world.pull()).toMatchObject({ draft: true })
    expect(await world.forge.checks.find((await world.head()) as never, STEP_CHECK)).toMatchObject({
      state: 'failure',
    })
  })

  test.each([
    ['somebody who may not write', { ...press, by: 'eve', action: 'recreate' }],
    ['a button we do not have', { ...press, action: 'merge' }],
    ['a command with an argument', { ...press, action: 'drop' }],
    ['a branch without a pull request', { ...press, branch: 'multiarch/none', action: 'recheck' }],
  ])('%s changes nothing', async (_, pressed) => {
    const world = await withStep()
    await world.push('multiarch/kubespray-2.30.0', { conflict: 'open' })
    const before = await world.seen()
    await world.useCases.pressButton(world.place, pressed)
    expect(await world.seen()).toBe(before)
  })
})

describe('boxes of the dashboard', () => {
  async function tick(box: string, by: string) {
    const world = await withStep()
    const issue = await world.dashboard()
    await world.people.edit(issue?.number ?? 0, {
      body: (issue?.body ?? '').replace(`- [ ] ${box}`, `- [x] ${box}`),
    })
    await world.useCases.answerDashboard(world.place, { number: issue?.number ?? 0, by })
    return { world, issue }
  }

  test('hold', async () => {
    const { world } = await tick('Hold', 'ada')
    expect((await loadDecisions(world.objects)).held).toBe(true)
    expect((await world.dashboard())?.body).toContain('- [ ] Go on')
  })

  test('a tick of somebody who may not write is taken back', async () => {
    const { world, issue } = await tick('Hold', 'eve')
    expect((await loadDecisions(world.objects)).held).toBe(false)
    expect((await world.dashboard())?.body).toBe(issue?.body)
  })
})

test('a defect is apologized for with its id, on each comment that waits', async () => {
  const world = await withStep()
  await world.people.comment('ada', world.number, '/multiarch plan')
  await world.useCases.apologize(world.place, { number: world.number }, 'job-42')
  await world.useCases.apologize(world.place, { number: world.number }, 'job-42')
  const comments = await world.forge.comments.on(world.number)
  expect(comments).toHaveLength(2)
  expect(comments[1]?.body).toContain('`job-42`')
})
