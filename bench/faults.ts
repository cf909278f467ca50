import { parseArgs } from 'node:util'
import { SHAPES, type ShapeName } from '../test/github/shapes.ts'
import { faultMatrix, type FaultRun } from '../test/support/fault-matrix.ts'
import { STORIES, type StoryName } from '../test/support/fault-stories.ts'

/**
 * One fault at a call: each story of the App is played on a GitHub of our own with every form of refusal and every kind of failure at
 * each of its requests, before its effect and after it. Each is followed twice: the job is tried again by its queue, or it is lost with
 * its process, and a fresh one looks an hour later. `npx tsx bench/faults.ts [--stories install,step,next,hold,tick,button,sweep]
 * [--kinds bad-gateway,cut-body] [--sample 50]` (so many faults a story) `[--differences]`. What the table in `docs/reliability.md`
 * was made with stands there. A whole story takes many minutes.
 */
const { values } = parseArgs({
  options: {
    stories: { type: 'string', default: Object.keys(STORIES).join(',') },
    kinds: { type: 'string', default: Object.keys(SHAPES).join(',') },
    sample: { type: 'string' },
    differences: { type: 'boolean', default: false },
  },
})
const stories = listed(values.stories, STORIES) as readonly StoryName[]
const shapes = listed(values.kinds, SHAPES) as readonly ShapeName[]

const all: FaultRun[] = []
console.log('| story | faults | equal at once | with the queue: equal / not | job lost: equal / not |')
console.log('| --- | ---: | ---: | ---: | ---: |')
for (const story of stories) {
  const runs = await faultMatrix({
    ...{ story, shapes },
    ...(values.sample !== undefined && { sample: Number(values.sample) }),
    onRun: (run) => {
      if (values.differences && !run.equal) console.error(`${titleOf(run)}\n${run.differs}\n`)
    },
  })
  all.push(...runs)
  console.log(rowOf(story, runs))
}
console.log(rowOf('**all**', all))
const unequal = all.filter(({ equal }) => !equal)
for (const run of unequal) console.log(`- ${titleOf(run)}`)
process.exitCode = unequal.length > 0 ? 1 : 0

function listed(text: string, known: object): readonly string[] {
  const names = text.split(',').map((each) => each.trim())
  const strange = names.filter((each) => !Object.hasOwn(known, each))
  if (strange.length === 0) return names
  console.error(`I do not know ${strange.join(', ')}; there are ${Object.keys(known).join(', ')}.`)
  process.exit(2)
}

function rowOf(name: string, runs: readonly FaultRun[]): string {
  const queue = runs.filter(({ followed }) => followed === 'queue')
  const lost = runs.filter(({ followed }) => followed === 'lost')
  const count = (some: readonly FaultRun[]) => {
    const equal = some.filter((each) => each.equal).length
    return `${equal} / ${some.length - equal}`
  }
  const atOnce = queue.filter(({ equalAtOnce }) => equalAtOnce).length
  return `| ${[name, queue.length, atOnce, count(queue), count(lost)].join(' | ')} |`
}

function titleOf({ story, shape, call, kind, when, followed, outcome }: FaultRun): string {
  return `${story}: ${shape} ${when} call ${call} (${kind}), ${followed === 'queue' ? 'with the queue' : 'job lost'}: ${outcome}`
}
