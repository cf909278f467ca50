import { describe, expect, test } from 'vitest'
import { loadDecisions } from '../../../src/app/bot/load-decisions.ts'
import { renderDecisions } from '../../../src/core/commands/decisions.ts'
import * as say from '../../../src/core/explain/texts/answer-comment.ts'
import { marker } from '../../../src/core/explain/marker.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { TryLater } from '../../../src/ports/try-later.ts'
import { botWorld, CONFIG, type BotStory } from '../../support/bot-world.ts'

const BRANCH = 'multiarch/kubespray-2.30.0'

/** A step is open. */
async function withStep(): Promise<BotStory & { readonly number: number }> {
  const world = await botWorld()
  await world.look()
  return { ...world, number: (await world.pull())?.number ?? 0 }
}

/** What we said in a thread, without the marks. */
async function said({ forge }: BotStory, number: number): Promise<readonly string[]> {
  const comments = await forge.comments.on(number)
  return comments
    .filter(({ author }) => author.kind === 'us')
    .map(({ body }) => body.replace(/\s*<!--.*?-->\s*/gs, ''))
}

const HELD =
  'I hold: nothing is proposed or moved in this repository until somebody writes `/multiarch resume`.'

describe('a command is answered by our mark at the end of our own comment, and by nothing else', () => {
  test.each<[string, (world: BotStory, number: number, id: number) => Promise<unknown>]>([
    ['the process died after its reaction', ({ forge }, _, id) => forge.reactions.add(id, 'eyes')],
    [
      'a stranger wrote our mark',
      ({ people }, number, id) => people.comment('eve', number, `Done. ${marker('answer', id)}`),
    ],
    [
      'a bot wrote our mark',
      ({ people }, number, id) => people.comment('nice[bot]', number, `Done. ${marker('answer', id)}`),
    ],
    [
      'a patch that we quoted holds our mark',
      ({ forge }, number, id) =>
        forge.comments.add(
          number,
          `\`\`\`diff\n+${marker('answer', id)}\n\`\`\`\n\n${marker('answer', 1)}\n`,
        ),
    ],
    [
      'we quoted our mark and nothing follows it but words',
      ({ forge }, number, id) => forge.comments.add(number, `${marker('answer', id)} is our mark.`),
    ],
    [
      'an answer to another quotes a refusal',
      ({ forge }, number, id) =>
        forge.comments.add(number, say.answerComment(1, [`Look:\n\n${say.mayNotCommand('ada')} ${id}`])),
    ],
  ])('%s: a look does it all the same, once', async (_, meanwhile) => {
    const world = await withStep()
    const id = await world.people.comment('ada', world.number, '/multiarch hold')
    await meanwhile(world, world.number, id)
    for (let looks = 0; looks < 3; looks++) await world.look()
    expect((await loadDecisions(world.objects)).held).toBe(true)
    expect((await said(world, world.number)).filter((each) => each === HELD)).toHaveLength(1)
  })

  test('an answer is found again whatever GitHub does to line ends', () => {
    for (const end of ['', '\n', '\r\n\r\n'])
      expect(say.readAnswer(`Yes.\r\n\r\n${marker('answer', 42)}${end}`)).toEqual({ to: 42 })
    expect(say.readAnswer(say.answerComment(7, [say.mayNotCommand('eve-l')]))).toEqual({
      to: 7,
      refuses: 'eve-l',
    })
    expect(say.readAnswer(`Yes. ${marker('answer', 42)} No.`)).toBeUndefined()
  })
})

describe('a look finds what waits in every thread that a webhook would have been answered in', () => {
  test.each<[string, (world: BotStory) => Promise<number>]>([
    ['an open step', async (world) => (await world.pull())?.number ?? 0],
    ['the dashboard', async (world) => (await world.dashboard())?.number ?? 0],
    [
      'a step that was closed',
      async (world) => {
        const number = (await world.pull())?.number ?? 0
        await world.people.close(number)
        return number
      },
    ],
    [
      'a step that was merged',
      async (world) => {
        const number = (await world.pull())?.number ?? 0
        await world.people.merge(number)
        return number
      },
    ],
    [
      'a dashboard that was closed',
      async (world) => {
        const number = (await world.dashboard())?.number ?? 0
        await world.people.close(number)
        return number
      },
    ],
  ])('%s', async (_, thread) => {
    const world = await withStep()
    const number = await thread(world)
    await world.people.comment('ada', number, '/multiarch hold')
    await world.useCases.lookIfChanged(world.place)
    expect(await said(world, number)).toContain(HELD)
  })

  test.each(['open', 'merged', 'closed'])('the proposed settings, %s', async (state) => {
    const world = await botWorld({})
    await world.look()
    const number = (await world.pull('multiarch/onboarding'))?.number ?? 0
    if (state === 'merged') await world.people.merge(number)
    if (state === 'closed') await world.people.close(number)
    await world.people.comment('ada', number, '/multiarch help')
    await world.useCases.lookIfChanged(world.place)
    expect((await said(world, number)).join()).toContain('These are the commands I know here')
  })

  test('a hold that waits is done before the look proposes anything', async () => {
    const world = await withStep()
    await world.people.merge(world.number)
    world.engine.releases = ['v2.29.0', 'v2.30.0', 'v2.31.0'] as never
    await world.people.comment('ada', world.number, '/multiarch hold')
    await world.look()
    expect(await world.pull('multiarch/kubespray-2.31.0')).toBeUndefined()
  })

  test('what fails in one thread keeps neither the others nor the look waiting', async () => {
    const world = await withStep()
    const dashboard = (await world.dashboard())?.number ?? 0
    await world.people.comment('ada', world.number, '/multiarch recheck')
    await world.people.comment('ada', dashboard, '/multiarch hold')
    world.engine.judge = () => Promise.reject(new Error('broken'))
    await expect(world.look()).rejects.toThrow('broken')
    expect(await said(world, dashboard)).toContain(HELD)
    expect((await world.dashboard())?.body).toContain('**On hold**')
  })
})

describe('who may not command', () => {
  test('is told once in a thread, and made a writer is answered from then on', async () => {
    const world = await withStep()
    for (const body of ['/multiarch recreate', '/multiarch drop 1', '/multiarch plan'])
      await world.say('eve', world.number, body)
    expect(await said(world, world.number)).toHaveLength(1)
    await world.people.grant('eve', 'write')
    await world.look()
    // A command is judged when it is read: what was refused is not done later.
    expect(await said(world, world.number)).toHaveLength(1)
    expect((await loadDecisions(world.objects)).dropped).toEqual([])
    await world.people.comment('eve', world.number, '/multiarch hold')
    await world.look()
    expect(await said(world, world.number)).toContain(HELD)
  })
})

describe('a repository that is not to be seen', () => {
  async function unseen(times: number) {
    const world = await withStep()
    await world.people.comment('ada', world.number, '/multiarch hold')
    const read = world.forge.repository.read.bind(world.forge.repository)
    let left = times
    world.forge.repository.read = () => (left-- > 0 ? Promise.resolve(undefined) : read())
    return world
  }

  test('once is a moment: the command is done', async () => {
    const world = await unseen(1)
    await world.useCases.answerComments(world.place, world.number)
    expect(await said(world, world.number)).toEqual([HELD])
  })

  test('for longer: nothing is said there, no command is spent, and no sweep takes it for settled', async () => {
    const world = await unseen(Infinity)
    await world.useCases.answerComments(world.place, world.number)
    await world.useCases.lookIfChanged(world.place)
    expect(await said(world, world.number)).toEqual([])
    world.forge.repository.read = () => Promise.resolve({ ...FACTS })
    await world.useCases.lookIfChanged(world.place)
    expect(await said(world, world.number)).toEqual([HELD])
  })
})

const FACTS = {
  ...{ owner: 'me', name: 'kubespray', defaultBranch: 'main' },
  ...{ archived: false, private: false, issues: true },
}

test('an apology says that nothing more is tried, and how to ask again; asked again, it is done', async () => {
  const world = await withStep()
  await world.people.comment('ada', world.number, '/multiarch hold')
  await world.useCases.apologize(world.place, { number: world.number }, 'job-42')
  await world.look()
  expect(await said(world, world.number)).toEqual([expect.stringContaining('write the command once more')])
  expect((await loadDecisions(world.objects)).held).toBe(false)
  await world.say('ada', world.number, '/multiarch hold')
  expect((await said(world, world.number)).at(-1)).toBe(HELD)
})

test('reopened, an older step is the one that is due: the younger waits, and comes again after it', async () => {
  const world = await botWorld()
  world.engine.releases = ['v2.29.0', 'v2.30.0', 'v2.31.0'] as never
  await world.look()
  const older = (await world.pull())?.number ?? 0
  await world.people.close(older)
  await world.look()
  const younger = await world.pull('multiarch/kubespray-2.31.0')
  expect(younger?.state).toBe('open')
  await world.people.reopen(older)
  await world.look()
  expect((await world.pull('multiarch/kubespray-2.31.0'))?.state).toBe('closed')
  expect(await said(world, younger?.number ?? 0)).toEqual([
    `#${older} comes before this one and is open again, and I go one step at a time. I close this, and propose it again once that one is settled.`,
  ])
  const before = await world.seen()
  await world.look()
  expect(await world.seen()).toBe(before)
  await world.people.merge(older)
  await world.look()
  const again = await world.pull('multiarch/kubespray-2.31.0')
  expect(again).toMatchObject({ state: 'open' })
  expect(again?.number).toBeGreaterThan(younger?.number ?? 0)
})

describe('decisions that cannot be read', () => {
  async function decided(message: string) {
    const world = await withStep()
    const tree = await world.objects.writeTree(new Map())
    const who = { name: 'ada', email: 'ada@example.com', time: 1_700_000_000, zone: '+0000' }
    const to = await world.objects.writeCommit({
      ...{ tree, parents: [], author: who, committer: who, message },
    })
    await world.objects.moveRef({ name: 'refs/multiarch/decisions', from: undefined, to })
    return world
  }

  test.each([
    ['Multiarch-Skip: v02.9.0', 'Multiarch-Skip: v02.9.0'],
    ['Multiarch-Skip: v2.30.0\nMultiarch-Sleep: until May', 'Multiarch-Sleep: until May'],
    ['nothing of ours', 'Multiarch-Unread: the whole text'],
  ])(
    '%j is told on the dashboard, outlives other decisions, and resume takes it away',
    async (text, told) => {
      const world = await decided(`Decide: skip\n\n${text}\n`)
      await world.look()
      expect((await world.dashboard())?.body).toContain(`stands \`${told}\`, which I cannot read`)
      await world.say('ada', world.number, '/multiarch hold')
      expect(await loadDecisions(world.objects)).toMatchObject({ held: true, unread: [told] })
      await world.say('ada', world.number, '/multiarch resume')
      expect((await loadDecisions(world.objects)).unread).toBeUndefined()
      expect((await world.dashboard())?.body).not.toContain('I cannot read')
      expect(renderDecisions(await loadDecisions(world.objects))).not.toContain(told)
    },
  )

  test('a commit that is not there is no permission to go on', async () => {
    const world = await decided('Decide: hold\n\nMultiarch-Hold: yes\n')
    const read = world.objects.readCommits.bind(world.objects)
    const [ref] = [...(await world.objects.listRefs('refs/multiarch/')).values()]
    world.objects.readCommits = async (oids) =>
      new Map([...(await read(oids.filter((oid: Oid) => oid !== ref)))])
    await expect(world.look()).rejects.toThrow('is not there')
  })
})

test('a refusal that GitHub gives once is asked about once more, and nobody is told of it', async () => {
  const world = await botWorld({ [CONFIG]: 'follow: latest\n' })
  const moveRef = world.objects.moveRef.bind(world.objects)
  let refused = 0
  world.objects.moveRef = (move) =>
    refused++ === 0
      ? Promise.reject(new Refusal({ code: 'branch-protected', message: 'Protected.' }))
      : moveRef(move)
  await world.look()
  expect((await world.pull(BRANCH))?.state).toBe('open')
  expect((await world.dashboard())?.body).not.toContain('What stops me')
})

test('a reaction is for show: without it the command is answered, and only a limit puts it off', async () => {
  const world = await withStep()
  await world.people.comment('ada', world.number, '/multiarch hold')
  world.forge.reactions.add = () => Promise.reject(new TryLater('a limit', 1))
  await expect(world.useCases.answerComments(world.place, world.number)).rejects.toThrow('a limit')
  world.forge.reactions.add = () => Promise.reject(new Error('gone'))
  await world.useCases.answerComments(world.place, world.number)
  expect(await said(world, world.number)).toEqual([HELD])
})
