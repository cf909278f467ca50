import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { runAction } from '../../src/entry/action/run-action.ts'
import type { GitHub } from '../github/github.ts'
import { snapshotOf } from '../github/snapshot.ts'
import type { Repo } from '../github/world.ts'
import { isWrite } from './fault-plan.ts'
import { numberOf, STEP, stepOpen } from './fault-stories.ts'
import { connectTo } from './github-workplace.ts'
import { faultWorld, FORK } from './fault-world.ts'

interface DeathAt {
  /** At which request, counted from 1. */
  readonly call: number
  /** Before the request had its effect, or after it and before anybody heard of it. */
  readonly when: 'before' | 'after'
}

/** From that request on nothing is heard of whoever asks: all that a process's end is to GitHub. */
function dieAt(github: GitHub, { call, when }: DeathAt): void {
  github.fail({ shape: 'cut-connection', skip: call - 1, when })
  github.fail({ shape: 'cut-connection', skip: call - 1, times: Infinity })
}

/** What came of a command whose process ended at one of its requests, after the next look. */
export interface Death extends DeathAt {
  /** What was asked for there. */
  readonly kind: string
  /** Whether all is as if nobody had died. */
  readonly equal: boolean
  /** How many answers of ours the command has. */
  readonly answers: number
}

/** Where a process may end: what only reads has no effect to be before or after. */
export function deathsAt(kinds: readonly string[]): readonly (DeathAt & { readonly kind: string })[] {
  return kinds.flatMap((kind, index) =>
    (isWrite(kind) ? (['before', 'after'] as const) : (['before'] as const)).map((when) => ({
      ...{ call: index + 1, when, kind },
    })),
  )
}

/** How many answers of ours a comment has. */
export function answersTo(id: number, { comments }: Repo): number {
  return [...comments.values()].filter(({ body }) => body.includes(`<!-- multiarch:answer ${id} -->`)).length
}

type World = Awaited<ReturnType<typeof faultWorld>>

interface Form {
  /** Does what the webhook of the comment asks for; however it ends. */
  onComment(this: void, number: number): Promise<unknown>
  /** The next look, by a process that knows nothing. */
  look(this: void): Promise<unknown>
}

/** Walks through each request between a command's webhook and its answer, in the App in one process. */
export function deathsInProcess(command: string): Promise<readonly Death[]> {
  return walk(command, (world) =>
    Promise.resolve({
      onComment: (number) => world.newProcess().begin({ kind: 'comments', repository: FORK, number }),
      look: () => world.newProcess().work({ kind: 'sweep', repository: FORK }),
    }),
  )
}

/** The same in the Action: a run for the comment, and the next one by the clock. */
export function deathsInAction(command: string): Promise<readonly Death[]> {
  return walk(command, async (world) => {
    const [installation] = world.github.world.installations
    if (!installation) throw new Error('there is no installation')
    const { token } = await connectTo(world.github, installation).grant()
    const folder = mkdtempSync(join(tmpdir(), 'multiarch-deaths-'))
    const log = { info: () => {}, error: () => {} }
    const run = (event: string, payload: object) => {
      const path = join(folder, 'event.json')
      writeFileSync(path, JSON.stringify(payload))
      const env = {
        ...{ INPUT_TOKEN: token, INPUT_LOGIN: `${world.github.world.app.slug}[bot]` },
        ...{ GITHUB_REPOSITORY: `${FORK.owner}/${FORK.name}`, GITHUB_API_URL: world.github.url },
        ...{ GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: path, WRITE_PAUSE_MS: '0' },
      }
      return runAction(env, log, { tell: () => {}, pause: () => Promise.resolve() }).catch(String)
    }
    return {
      onComment: (number) =>
        run('issue_comment', {
          ...{ action: 'created', repository: { full_name: `${FORK.owner}/${FORK.name}` } },
          ...{ issue: { number }, comment: { body: command, user: { type: 'User' } } },
          sender: { login: 'ada', type: 'User' },
        }),
      look: () => run('schedule', {}),
    }
  })
}

async function walk(command: string, open: (world: World) => Promise<Form>): Promise<readonly Death[]> {
  const world = await faultWorld(['v2.8.0', 'v2.9.0'])
  await stepOpen(world)
  const number = numberOf(world, STEP)
  const id = await world.people.comment('ada', number, command)
  const { onComment, look } = await open(world)
  const start = snapshotOf(world.fork)
  const from = world.clock.at
  const restart = () => {
    start.restore()
    world.clock.at = from
    world.github.world.missing.clear()
  }
  const afterLook = async () => {
    world.github.clearFaults()
    world.clock.at += 3600_000
    await look()
    return world.seen()
  }
  try {
    // The first time fills what is known of upstream, so that every other time asks the same.
    await onComment(number)
    restart()
    const before = world.github.requests.length
    await onComment(number)
    const kinds = world.github.requests.slice(before).map(({ kind }) => kind)
    const expected = await afterLook()
    const deaths: Death[] = []
    for (const at of deathsAt(kinds)) {
      restart()
      dieAt(world.github, at)
      await onComment(number)
      const equal = isDeepStrictEqual(await afterLook(), expected)
      deaths.push({ ...at, equal, answers: answersTo(id, world.fork) })
    }
    if (world.github.violations.length > 0) throw new Error(world.github.violations.join('\n'))
    return deaths
  } finally {
    await world.github.close()
  }
}
