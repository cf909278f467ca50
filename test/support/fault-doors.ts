import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GITHUB_PACE } from '../../src/adapters/github/api/pace.ts'
import { groupOf, keyOf, type Job } from '../../src/app/jobs/job.ts'
import { runAction } from '../../src/entry/action/run-action.ts'
import { workThrough } from '../../src/entry/lambda/work.ts'
import { issueToken } from '../github/actors.ts'
import { removeFolder } from './remove-folder.ts'
import type { Begun, FaultWorld } from './fault-world.ts'

/** How a job comes to a process of the App, and what becomes of it where it is put off or fails. */
interface Door {
  /** Tried once. Whoever does not let it go on has lost it with its process. */
  begin(this: void, job: Job): Promise<Begun>
}

/** As its queue has it done. Says how it ended. */
export async function workBy({ begin }: Door, job: Job): Promise<string> {
  return (await begin(job)).goOn()
}

export type DoorName = keyof typeof DOORS

/** Opens a process that has just started. */
export const DOORS = {
  /** A server, or a worker: what its queue does with a job. */
  app: (world: FaultWorld): Door => world.newProcess(),
  lambda,
  action,
} as const satisfies Readonly<Record<string, (world: FaultWorld) => Door>>

/** As often as `deploy` has a message received before it goes to the dead letters. */
const MOST_RECEIVES = 8

/** The function behind the queue; each time a message is received, a container that knows what the one before knew. */
function lambda(world: FaultWorld): Door {
  const { host, useCases, log } = world.newProcess()
  const { clock } = world
  const receive = async (body: Job, queuedAt: number, times: number): Promise<number | undefined> => {
    let hidden = clock.at
    const record = {
      ...{ messageId: 'm', receiptHandle: 'r' },
      body: JSON.stringify({ key: keyOf(body), group: groupOf(body), body, queuedAt }),
      attributes: { ApproximateReceiveCount: String(times), MessageGroupId: groupOf(body) },
    }
    const { batchItemFailures } = await workThrough(
      { Records: [record] },
      { awsRequestId: 'a', getRemainingTimeInMillis: () => 600_000 },
      {
        ...{ host, useCases, log, clock, maxReceives: MOST_RECEIVES },
        hide: async (_, until) => void (hidden = until),
      },
    )
    return batchItemFailures.length > 0 ? hidden : undefined
  }
  return {
    begin: async (job) => {
      const queuedAt = clock.at
      const first = await receive(job, queuedAt, 1)
      const goOn = async () => {
        let until = first
        for (let times = 2; until !== undefined; times++) {
          if (times > MOST_RECEIVES) return 'given up'
          clock.at = Math.max(clock.at + 1, until)
          until = await receive(job, queuedAt, times)
        }
        return 'done'
      }
      return { outcome: first === undefined ? 'done' : `later ${first - clock.at}`, goOn }
    },
  }
}

/** A run of a workflow, which nobody repeats: the next one is started by the clock. */
function action(world: FaultWorld): Door {
  const run = async (job: Job): Promise<string> => {
    const { github, clock } = world
    const { owner, name } = job.repository
    const installation = github.world.installations.find(({ repositories }) =>
      [...repositories].some((each) => each.owner === owner && each.name === name),
    )
    if (!installation) throw new Error(`there is no installation on ${owner}/${name}`)
    const { permissions, repositories } = installation
    const { token } = issueToken(github.world, {
      kind: 'installation',
      installation,
      permissions,
      repositories,
    })
    const folder = mkdtempSync(join(tmpdir(), 'multiarch-action-'))
    const [event, payload] = eventOf(job)
    const path = join(folder, 'event.json')
    writeFileSync(path, JSON.stringify(payload))
    const env = {
      ...{ INPUT_TOKEN: token, INPUT_LOGIN: `${github.world.app.slug}[bot]` },
      ...{ GITHUB_REPOSITORY: `${owner}/${name}`, GITHUB_API_URL: github.url },
      ...{ GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: path, WRITE_PAUSE_MS: '0' },
    }
    const pause = async (milliseconds: number) => void (clock.at += milliseconds)
    const back = standStill(clock, pause)
    try {
      const code = await runAction(env, { info: () => {}, error: () => {} }, { tell: () => {}, pause })
      return code === 0 ? 'done' : `code ${code}`
    } catch (error) {
      return String(error)
    } finally {
      back()
      removeFolder(folder)
    }
  }
  return {
    begin: async (job) => {
      const outcome = await run(job)
      return { outcome, goOn: () => Promise.resolve(outcome) }
    },
  }
}

/** A run reads the clock of its process and waits by it. */
function standStill(clock: { now(): number }, pause: typeof GITHUB_PACE.pause): () => void {
  const now = Date.now.bind(Date)
  const before = GITHUB_PACE.pause
  Date.now = () => clock.now()
  Object.assign(GITHUB_PACE, { pause })
  return () => {
    Date.now = now
    Object.assign(GITHUB_PACE, { pause: before })
  }
}

/** The event of a workflow that asks for a job. */
function eventOf(job: Job): readonly [string, object] {
  const repository = { full_name: `${job.repository.owner}/${job.repository.name}` }
  const sender = { login: 'ada', type: 'User' }
  const bot = { type: 'Bot' }
  switch (job.kind) {
    case 'comments':
      return [
        'issue_comment',
        {
          ...{ action: 'created', repository, issue: { number: job.number } },
          ...{ comment: { body: '/multiarch', user: { type: 'User' } }, sender },
        },
      ]
    case 'button':
      return [
        'check_run',
        {
          ...{ action: 'requested_action', repository, sender },
          requested_action: { identifier: job.press.action },
          check_run: { check_suite: { head_branch: job.press.branch } },
        },
      ]
    case 'dashboard': {
      const body = (job.ticked ?? []).map((box) => `- [x] ${box} <!-- multiarch:box ${box} -->`).join('\n')
      return [
        'issues',
        { action: 'edited', repository, sender, issue: { number: job.number, body, user: bot } },
      ]
    }
    case 'recheck': {
      const head = { ref: job.branch, repo: repository }
      return ['pull_request', { action: 'synchronize', repository, sender, pull_request: { head } }]
    }
    case 'sweep':
      return ['schedule', {}]
    case 'look':
    case 'installation':
      return ['workflow_dispatch', {}]
  }
}
