import { parseArgs } from 'node:util'
import { DOORS, type DoorName } from '../test/support/fault-doors.ts'
import { faultMatrix, type FaultRun } from '../test/support/fault-matrix.ts'
import { FAULT_KINDS, type FaultKind } from '../test/support/fault-plan.ts'
import { STORIES, type StoryName } from '../test/support/fault-stories.ts'

/**
 * Faults at calls: each story of the App is played on a GitHub of our own with every form of refusal and every kind of failure at
 * each of its requests, before its effect and after it, the end of its process among them. Each is followed twice: the job is tried again
 * by its queue, or it is lost with its process, and a fresh one looks an hour later. `npx tsx bench/faults.ts [--story step,hold]
 * [--fault bad-gateway,killed | all]` (one form for each meaning where none are named) `[--door app | lambda | action]` `[--call 16,21]` `[--sample 50]`
 * (so many faults a story) `[--random 50 --seed 1]` (up to four together) `[--differences]`. What follows from equal states is played
 * once; with `--anew` each time. What `docs/reliability.md` says was made with the commands that stand there. A whole story takes
 * minutes.
 */
const { values } = parseArgs({
  options: {
    story: { type: 'string', default: Object.keys(STORIES).join(',') },
    fault: { type: 'string' },
    door: { type: 'string', default: 'app' },
    call: { type: 'string' },
    sample: { type: 'string' },
    random: { type: 'string' },
    seed: { type: 'string', default: '1' },
    anew: { type: 'boolean', default: false },
    differences: { type: 'boolean', default: false },
  },
})
const stories = listed(values.story, Object.keys(STORIES)) as readonly StoryName[]
const named = values.fault === 'all' ? FAULT_KINDS.join(',') : values.fault
const shapes = named === undefined ? undefined : (listed(named, FAULT_KINDS) as readonly FaultKind[])
const [door] = listed(values.door, Object.keys(DOORS)) as readonly DoorName[]

const all: FaultRun[] = []
if (values.random !== undefined) console.log(`seed ${values.seed}\n`)
console.log(
  '| story | calls | faults | followed | equal at once | equal after the next look: by the queue / job lost | not | lost | doubled |',
)
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
for (const story of stories) {
  const runs = await faultMatrix({
    ...{ story, anew: values.anew },
    ...(shapes && { shapes }),
    ...(door !== undefined && { door }),
    ...(values.call !== undefined && { at: values.call.split(',').map(Number) }),
    ...(values.sample !== undefined && { sample: Number(values.sample) }),
    ...(values.random !== undefined && {
      random: { seed: Number(values.seed), times: Number(values.random) },
    }),
    onRun: (run) => {
      if (!run.equal) console.error(`${titleOf(run)}${values.differences ? `\n${run.differs}\n` : ''}`)
    },
  })
  all.push(...runs)
  console.log(rowOf(String(story), runs))
}
console.log(rowOf('**all**', all))
process.exitCode = all.some(({ equal }) => !equal) ? 1 : 0

function listed(text: string, known: readonly string[]): readonly string[] {
  const names = text.split(',').map((each) => each.trim())
  const strange = names.filter((each) => !known.includes(each))
  if (strange.length === 0) return names
  console.error(`I do not know ${strange.join(', ')}; there are ${known.join(', ')}.`)
  process.exit(2)
}

function rowOf(name: string, runs: readonly FaultRun[]): string {
  const sum = (of: (run: FaultRun) => number) => runs.reduce((total, run) => total + of(run), 0)
  const count = (is: (run: FaultRun) => boolean) => runs.filter(is).length
  const equal = (way: FaultRun['followed']) => count((run) => run.equal && run.followed === way)
  const cells = [
    ...[
      name,
      Math.max(0, ...runs.map(({ kinds }) => kinds.length)),
      new Set(runs.map(({ faults }) => faults)).size,
    ],
    ...[runs.length, count(({ equalAtOnce }) => equalAtOnce), `${equal('queue')} / ${equal('lost')}`],
    ...[count((run) => !run.equal), sum(({ lost }) => lost), sum(({ doubled }) => doubled)],
  ]
  return `| ${cells.join(' | ')} |`
}

function titleOf({ story, faults, kinds, followed, outcome }: FaultRun): string {
  const said = faults.map(
    ({ shape, when, call }) => `${shape} ${when} call ${call} (${kinds[call - 1] ?? 'of trying again'})`,
  )
  return `${String(story)}: ${said.join(', ')}, ${followed === 'queue' ? 'with the queue' : 'job lost'}: ${outcome}`
}
