import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Job } from '../../src/app/jobs/job.ts'
import { SHAPES, type ShapeName } from '../github/shapes.ts'
import { snapshotOf } from '../github/snapshot.ts'
import { onboarded } from '../support/fault-stories.ts'
import { faultWorld, FORK, type FaultWorld } from '../support/fault-world.ts'
import { MEANINGS } from '../support/meanings.ts'

const LOOK: Job = { kind: 'look', repository: FORK }
const STEP = 'multiarch/kubespray-2.9.0'

type Process = ReturnType<FaultWorld['newProcess']>
type Seen = ReturnType<FaultWorld['seen']>

let world: FaultWorld
let start: ReturnType<typeof snapshotOf>
let from: number
let proposed: Seen

// One world for all: each row begins where the settings are merged and the first step is due.
beforeAll(async () => {
  world = await faultWorld(['v2.8.0', 'v2.9.0'])
  await onboarded(world)
  start = snapshotOf(world.fork)
  from = world.clock.at
  await world.newProcess().work(LOOK)
  proposed = world.seen()
})
afterAll(async () => {
  await world.github.close()
})

type Api = 'rest' | 'graphql'

/** The call in the middle of the step that is refused. */
const CALLS: Partial<Record<ShapeName, string>> = {
  'rest-issues-disabled': 'issues/create',
  // What only reads is asked once more at once.
  'cut-connection': 'git/list-matching-refs',
  'cut-body': 'git/list-matching-refs',
}

interface Refused {
  readonly shape: ShapeName
  readonly api: Api
  readonly means: string
}

const ROWS: readonly Refused[] = (Object.keys(MEANINGS) as ShapeName[]).flatMap((shape) =>
  (['rest', 'graphql'] as const).flatMap((api) => {
    const means = MEANINGS[shape][api]
    // All that a step names is there or was sent: what is not found of it is late, and nobody has to do anything.
    const inStep = means === 'refused object-not-reachable' ? 'gone' : means
    return inStep === undefined ? [] : [{ shape, api, means: inStep }]
  }),
)

/** The rows of one meaning. */
const rows = (means: RegExp, api?: Api) =>
  ROWS.filter((row) => means.test(row.means) && (api === undefined || row.api === api))

/** A process that has just started, where the step is due. */
function begin(): Process {
  start.restore()
  world.clock.at = from
  world.github.clearFaults()
  return world.newProcess()
}

/** The job is tried so many times, each met by the refusal once or throughout; says what came of each. */
async function tried(
  process: Process,
  { shape, api, means }: Refused,
  times: number,
): Promise<readonly string[]> {
  const kind = api === 'rest' ? (CALLS[shape] ?? 'git/create-tree') : 'graphql query'
  const outcomes: string[] = []
  for (let putBack = 0; putBack < times; putBack++) {
    // What is refused is the step, and not what is said about that.
    const again = means.startsWith('refused') || shape === 'rest-lag' ? { times: Infinity } : {}
    world.github.fail({ shape, kind, ...(api === 'graphql' && { skip: 3 }), ...again })
    const outcome = await process.attempt(LOOK, 1, putBack)
    world.github.clearFaults()
    if (outcome.kind === 'done') return [...outcomes, 'done']
    outcomes.push(`later ${(outcome.notBefore - world.clock.at) / 1000}`)
    world.clock.at = outcome.notBefore
  }
  return outcomes
}

/** Once the refusal is over, all is as if it had never been. */
async function goesOn(process: Process): Promise<void> {
  expect(await process.work(LOOK)).toBe('done')
  expect(world.seen()).toEqual(proposed)
}

/** The same, but for what was said meanwhile and is taken back. */
async function recovers(process: Process): Promise<void> {
  expect(await process.work(LOOK)).toBe('done')
  expect(stepsOpen()).toEqual([STEP])
  expect(dashboard() ?? '').not.toContain('What stops me')
  expect(world.seen().checks.filter(({ conclusion }) => conclusion === 'action_required')).toEqual([])
}

const stepsOpen = () =>
  [...world.fork.threads.values()].flatMap(({ pull, state }) =>
    pull && state === 'open' ? [pull.head.branch] : [],
  )
const dashboard = () => seen([...world.fork.threads.values()].find(({ pull }) => !pull)?.body)
/** As people see it: what makes words inert has no width. */
const seen = (text: string | null | undefined) => text?.replaceAll('\u200b', '')

/** The first row with its meaning: what follows once the refusal is over is the same for all of them. */
const isFirst = (row: Refused) =>
  row === ROWS.find(({ means, api }) => means === row.means && api === row.api)

const title = '$shape over $api'

test('each row of the table is played below', () => {
  const known = /^(?:wait \d+|less.*|slower|gone|refused [\w-]+|answered)$/
  expect(ROWS.filter(({ means }) => !known.test(means))).toEqual([])
  expect(new Set(ROWS.map(({ shape }) => shape))).toEqual(new Set(Object.keys(SHAPES)))
})

describe('waits as long as it is told to, and then goes on as if nothing had been', () => {
  test.each(rows(/^wait/).filter(({ shape }) => shape !== 'silence'))(title, async (row) => {
    const process = begin()
    expect(await tried(process, row, 1)).toEqual([`later ${row.means.replace('wait ', '')}`])
    expect(dashboard()).toBeUndefined()
    if (isFirst(row)) await goesOn(process)
  })
})

describe('asks for less at once, and nobody notices', () => {
  test.each(rows(/^less/, 'graphql').filter(({ shape }) => shape !== 'silence'))(title, async (row) => {
    expect(await tried(begin(), row, 1)).toEqual(['done'])
    expect(world.seen()).toEqual(proposed)
  })
})

describe('is answered when asked once more', () => {
  test.each(rows(/^answered/))(title, async (row) => {
    const process = begin()
    world.github.fail({
      shape: row.shape,
      kind: row.api === 'rest' ? (CALLS[row.shape] ?? /^repos|^git/) : /^graphql query/,
    })
    expect(await process.attempt(LOOK)).toEqual({ kind: 'done' })
    expect(world.seen()).toEqual(proposed)
  })
})

/** What people read, by what the refusal means. */
const TOLD: readonly (readonly [RegExp, RegExp])[] = [
  [/^slower/, /^I do not understand what GitHub answers to `[^`]+`: `/],
  [/^gone/, /^GitHub says that something I need is not there, or not for me to see \(`[^`]+`/],
  [/^less/, /^GitHub does not manage to answer `[^`]+`: `/],
]
const again = () =>
  ` Nothing is lost: I try again on 2026-01-31 ${new Date(world.clock.at).toISOString().slice(11, 16)} UTC, and more slowly each time.`

describe('tries again, more slowly each time, and says so; it is no defect of ours', () => {
  const open = [...rows(/^(?:slower|gone)/), ...rows(/^less/, 'rest')]
  test.each(open)(title, async (row) => {
    const process = begin()
    process.lines.splice(0)
    expect(await tried(process, row, 3)).toEqual(['later 60', 'later 120', 'later 240'])
    const stops = dashboard()?.split('**What stops me**: ')[1]?.split('\n')[0] ?? ''
    const [, says] = TOLD.find(([means]) => means.test(row.means)) ?? []
    expect(stops).toMatch(says ?? /^$/)
    expect(stops).toContain(again())
    expect(process.lines.join('\n')).not.toMatch(/job failed|apology/)
    if (isFirst(row)) await recovers(process)
  })
})

/** What people read of a refusal, and where what it takes is granted. */
const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  'permission-missing': ['I may not do this here', 'in the settings of my installation'],
  'workflows-permission': ['the permission "Workflows"', 'Grant it in the settings of my installation'],
  'repository-blocked': ['GitHub has closed this repository', 'GitHub Support'],
  'repository-archived': ['This repository is archived', 'Unarchive it'],
  'installation-suspended': ['My installation is suspended', 'until an owner of the account resumes it'],
  'address-not-allowed': ['only addresses of its IP allow list', 'Add the address of whoever runs me'],
  'issues-disabled': [],
}

describe('is refused for good, and people read what to do', () => {
  test.each(rows(/^refused/))(title, async (row) => {
    const code = row.means.replace('refused ', '')
    const process = begin()
    process.lines.splice(0)
    expect(await tried(process, row, 1)).toEqual(['done'])
    const [check] = world.fork.checks.slice(-1)
    for (const sentence of SENTENCES[code] ?? [`no sentence for ${code}`]) {
      expect(dashboard()).toContain(sentence)
      expect(seen(check?.output.summary)).toContain(sentence)
    }
    // Whoever has no issues has no dashboard, and everything else all the same.
    expect(stepsOpen()).toEqual(code === 'issues-disabled' ? [STEP] : [])
    expect(process.lines.join('\n')).not.toMatch(/job failed|apology/)
    if (isFirst(row)) await recovers(process)
  })
})

describe('what is refused once about upstream is no trouble of this repository', () => {
  const kinds = ['repos/get-release-by-tag', 'apps/get-repo-installation'] as const
  const shapes = ['archived', 'rest-blocked', 'rest-not-granted'] as const
  test.each(kinds.flatMap((kind) => shapes.map((shape) => ({ kind, shape }))))(
    '$shape at $kind',
    async ({ kind, shape }) => {
      const process = begin()
      // The repository itself is asked for first.
      world.github.fail({ kind, shape, ...(kind === 'apps/get-repo-installation' && { skip: 1 }) })
      expect(await process.attempt(LOOK)).toEqual({ kind: 'done' })
      expect(world.seen()).toEqual(proposed)
    },
  )
})
