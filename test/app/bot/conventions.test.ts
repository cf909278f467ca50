import { describe, expect, test } from 'vitest'
import { memoryCache } from '../../../src/adapters/memory/memory-cache.ts'
import { bot } from '../../../src/app/bot/bot.ts'
import { logOnly } from '../../../src/app/bot/log-only.ts'
import type { Host, Workplace } from '../../../src/ports/host.ts'
import { botWorld, CONFIG, type BotStory } from '../../support/bot-world.ts'

describe('hours in which a pull request may be opened', () => {
  // The world's clock begins on a Saturday at midnight, UTC.
  const SETTINGS = 'pull-requests: { schedule: [before 5am on monday], time-zone: Europe/Berlin }\n'

  test('outside of them the dashboard says when it is proposed, and a sweep goes on looking until then', async () => {
    const world = await botWorld({ [CONFIG]: SETTINGS })
    const sweep = () => world.useCases.lookIfChanged(world.place)
    await sweep()
    expect(await world.pull()).toBeUndefined()
    expect((await world.objects.listRefs('refs/heads/multiarch/')).size).toBe(0)
    const { body = '' } = (await world.dashboard()) ?? {}
    expect(body).toContain(
      'I propose Kubespray v2.30.0 when `pull-requests.schedule` in the settings allows it',
    )
    expect(body).toContain('`before 5am on monday` (`Europe/Berlin`), next on 2026-02-02 00:00.')
    const before = await world.seen()
    await sweep()
    expect(await world.seen()).toBe(before)
    world.clock.at = Date.parse('2026-02-01T23:00Z')
    await sweep()
    expect((await world.pull())?.state).toBe('open')
    expect((await world.dashboard())?.body).not.toContain('when `pull-requests.schedule`')
  })

  test('one that is open is kept up to date at any time', async () => {
    const world = await botWorld({ [CONFIG]: SETTINGS })
    world.clock.at = Date.parse('2026-02-02T03:00Z')
    await world.look()
    const opened = await world.pull()
    world.clock.at = Date.parse('2026-02-02T12:00Z')
    await world.push('main', { 'notes.md': 'mine\n' })
    await world.look()
    expect((await world.pull())?.head.oid).not.toBe(opened?.head.oid)
    expect((await world.dashboard())?.body).not.toContain('when `pull-requests.schedule`')
  })
})

test('a pull request is assigned to those whom it can be assigned to, once', async () => {
  const world = await botWorld({ [CONFIG]: "pull-requests: { assignees: ['@ada', nobody] }\n" })
  const asked: (readonly string[])[] = []
  const { pullRequests } = world.forge
  const assign: typeof pullRequests.assign = async (number, logins) => {
    asked.push(logins)
    return pullRequests.assign(number, logins)
  }
  const forge = { ...world.forge, pullRequests: { ...pullRequests, assign } }
  for (let looks = 0; looks < 2; looks++) await world.useCases.lookAfter({ ...world.place, forge })
  expect(asked).toEqual([['ada', 'nobody']])
})

/** Whatever of a place is not known to ask breaks the test: a new method of a port does, until it is known. */
const ASKS = new Set([
  ...['from', 'openUnder', 'read', 'on', 'lately', 'ours', 'find', 'mark', 'of', 'look'],
  ...[
    'readCommits',
    'readTree',
    'readBlobs',
    'lend',
    'listRefs',
    'defaultBranch',
    'resolve',
    'mergeBase',
    'log',
    'close',
  ],
])

function forbidding<T extends object>(port: T): T {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member === 'object' && member !== null) return forbidding(member)
      if (typeof member !== 'function') return member
      return (...given: unknown[]): unknown => {
        if (!ASKS.has(String(name))) throw new Error(`${String(name)} was called`)
        return Reflect.apply(member, target, given)
      }
    },
  })
}

/** A bot that may only log, over a host on which every write is an error; what it would do. */
function loggingBot({ host, engine, clock }: BotStory) {
  const would: string[] = []
  const note = (message: string, fields?: object) => {
    const { what } = (fields ?? {}) as { readonly what?: string }
    if (message === 'would write') would.push(String(what))
  }
  const log = { info: note, error: note }
  const forbidden: Host = {
    ...host,
    open: async (repository) => {
      const { objects, forge } = await host.open(repository)
      return { repository, objects: forbidding(objects), forge: forbidding(forge) }
    },
  }
  const useCases = bot({ engine, clock, log, settled: memoryCache() })
  return { would, useCases, open: () => logOnly(forbidden, log).open({ owner: 'me', name: 'kubespray' }) }
}

describe('a bot that only logs', () => {
  type Doing = (
    place: Workplace,
    useCases: ReturnType<typeof loggingBot>['useCases'],
    world: BotStory,
  ) => Promise<void>
  const number = async (world: BotStory) => (await world.pull())?.number ?? 0

  interface Row {
    readonly name: string
    readonly config?: string
    before?(this: void, world: BotStory): Promise<unknown>
    readonly doing: Doing
    readonly would: readonly string[]
  }
  const look: Doing = (place, useCases) => useCases.lookAfter(place)
  /** A step is open, and what it was made from has moved on. */
  const movedOn = async (world: BotStory): Promise<void> => {
    await world.look()
    await world.push('main', { 'notes.md': 'mine\n' })
  }
  const saying = (text: string) => async (world: BotStory) => {
    await movedOn(world)
    await world.people.comment('ada', await number(world), text)
  }
  const answer: Doing = async (place, useCases, world) => useCases.answerComments(place, await number(world))
  const branch = 'multiarch/kubespray-2.30.0'
  const step = ['create a ref', 'open a pull request', 'add labels', 'report a check', 'open an issue']

  test.each<Row>([
    { name: 'no settings', config: 'none', doing: look, would: step.slice(0, 3) },
    { name: 'wrong settings', config: 'folow: latest\n', doing: look, would: step.slice(3) },
    {
      name: 'a step that is due',
      config: 'pull-requests: { assignees: [ada], reviewers: [ada] }\n',
      doing: look,
      would: [...step, 'ask for a review', 'assign a pull request'],
    },
    { name: 'a sweep', doing: (place, useCases) => useCases.lookIfChanged(place), would: step },
    {
      name: 'a hold',
      before: saying('/multiarch hold'),
      doing: answer,
      would: ['react', 'create a ref', 'comment'],
    },
    {
      name: 'a rebase',
      before: saying('/multiarch rebase'),
      doing: answer,
      would: ['move a ref', 'comment'],
    },
    {
      name: 'a button',
      before: movedOn,
      doing: (place, useCases) => useCases.pressButton(place, { branch, action: 'rebase', by: 'ada' }),
      would: ['move a ref'],
    },
    {
      name: 'a box of the dashboard',
      before: movedOn,
      doing: async (place, useCases, world) => {
        const { number = 0 } = (await world.dashboard()) ?? {}
        await useCases.answerDashboard(place, { number, by: 'ada', ticked: ['hold'] })
      },
      // What was decided is written nowhere, so the dashboard has nothing else to say.
      would: ['create a ref'],
    },
    {
      name: 'an apology',
      before: movedOn,
      doing: (place, useCases) => useCases.apologize(place, { branch }, 'x'),
      would: ['report a check'],
    },
  ])('$name: nothing is written, and what would be is logged', async (row) => {
    const { config = 'follow: latest\n', before, doing } = row
    const world = await botWorld(config === 'none' ? {} : { [CONFIG]: config })
    await before?.(world)
    const seen = await world.seen()
    const { would, useCases, open: opened } = loggingBot(world)
    await doing(await opened(), useCases, world)
    expect(await world.seen()).toBe(seen)
    for (const each of row.would) expect(would).toContain(each)
  })
})
