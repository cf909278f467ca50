import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Job } from '../../src/app/jobs/job.ts'
import { numberOf, STEP, stepOpen } from '../support/fault-stories.ts'
import { faultWorld, FORK, type FaultWorld } from '../support/fault-world.ts'

/** The six patches of the demo, by their numbers in the table. */
const TITLES = [
  'Download hyperkube and etcd for ARM too',
  'Do not check kubeadm and hyperkube against one checksum',
  'Call armv7l arm, as images do',
  'Use flannel images with a manifest for every architecture',
  'Keep the dashboard on amd64 nodes',
  'Show an ARM node in the sample inventory',
]

let world: FaultWorld
let start: ReturnType<FaultWorld['keep']>

beforeAll(async () => {
  world = await faultWorld(['v2.8.0', 'v2.9.0'])
  await stepOpen(world)
  start = world.keep()
})
afterAll(async () => {
  await world.github.close()
})

/** The numbers of the patches that were left out, by the list that stood there when the comments were written. */
function leftOut(): readonly number[] {
  const board = [...world.fork.threads.values()].find(({ pull }) => !pull)?.body ?? ''
  const listed = board.split('## Your patches')[1] ?? ''
  return TITLES.flatMap((title, index) => (listed.includes(title) ? [] : [index + 1]))
}

interface Row {
  readonly title: string
  readonly comments: readonly string[]
  /** The request at which the first process ends. */
  readonly endsAt?: string
  readonly leftOut: readonly number[]
}

test.each<Row>([
  { title: 'one command', comments: ['drop 2'], leftOut: [2] },
  { title: 'several of one comment', comments: ['drop 2\n/multiarch drop 3'], leftOut: [2, 3] },
  { title: 'comments that wait together', comments: ['drop 2', 'drop 3'], leftOut: [2, 3] },
  { title: 'a number that is kept again', comments: ['drop 2\n/multiarch keep 2'], leftOut: [] },
  ...['issues/create-comment', 'issues/update-comment', 'git/create-tree', 'checks/create'].map((endsAt) => ({
    ...{ title: `done once more, since its process ended at ${endsAt}`, endsAt },
    ...{ comments: ['drop 2', 'drop 4'], leftOut: [2, 4] },
  })),
  {
    title: 'the same by a title',
    comments: ['drop Call armv7l arm, as images do'],
    ...{ endsAt: 'issues/update-comment', leftOut: [3] },
  },
])('a command means the patch that it named when it was written: $title', async (row) => {
  start.restore()
  const number = numberOf(world, STEP)
  for (const comment of row.comments) await world.people.comment('ada', number, `/multiarch ${comment}`)
  const job: Job = { kind: 'comments', repository: FORK, number }
  if (row.endsAt !== undefined) {
    world.github.fail({ shape: 'cut-connection', kind: row.endsAt, when: 'after' })
    world.github.fail({ shape: 'cut-connection', kind: row.endsAt, times: Infinity })
    await world.newProcess().begin(job)
    world.github.clearFaults()
  }
  expect(await world.newProcess().work(job)).toBe('done')
  expect(leftOut()).toEqual(row.leftOut)
  const answers = [...world.fork.comments.values()].filter(({ author }) => author.endsWith('[bot]'))
  expect(answers).toHaveLength(row.comments.length)
  for (const { body } of answers) {
    expect(body).toContain('multiarch:answer')
    expect(body).not.toContain('I find no patch')
  }
})
