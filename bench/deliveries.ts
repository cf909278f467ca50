import { parseArgs } from 'node:util'
import {
  deliveryMatrix,
  DELIVERY_STORIES,
  type DeliveryRun,
  type DeliveryStory,
} from '../test/support/delivery-matrix.ts'

/**
 * Webhooks on their way: each of a story's in turn gets lost, comes twice (under the id that it had, and under another) or comes after
 * the next one. What stands in the repository after the look that comes every hour is compared with what stands there where all came
 * as they should. `npx tsx bench/deliveries.ts [--story commands,merge] [--differences]`
 */
const { values } = parseArgs({
  options: {
    story: { type: 'string', default: Object.keys(DELIVERY_STORIES).join(',') },
    differences: { type: 'boolean', default: false },
  },
})
const all: DeliveryRun[] = []
console.log('| story | webhooks | runs | equal at once | equal after the next look | not |')
console.log('| --- | ---: | ---: | ---: | ---: | ---: |')
for (const story of values.story.split(',')) {
  if (!isStory(story)) {
    console.error(`I do not know ${story}; there are ${Object.keys(DELIVERY_STORIES).join(', ')}.`)
    process.exit(2)
  }
  const runs = await deliveryMatrix(story)
  all.push(...runs)
  console.log(rowOf(story, runs))
  for (const { equal, fate, webhook, event, differs } of runs)
    if (!equal)
      console.error(
        `${story}: webhook ${webhook} (${event}) ${fate}${values.differences ? `\n${differs}` : ''}`,
      )
}
console.log(rowOf('**all**', all))
process.exitCode = all.some(({ equal }) => !equal) ? 1 : 0

function isStory(name: string): name is DeliveryStory {
  return Object.hasOwn(DELIVERY_STORIES, name)
}

function rowOf(name: string, runs: readonly DeliveryRun[]): string {
  const count = (is: (run: DeliveryRun) => boolean) => runs.filter(is).length
  const equal = count((run) => run.equal)
  const webhooks = new Set(runs.map(({ story, webhook }) => `${story} ${webhook}`)).size
  const cells = [name, webhooks, runs.length, count(({ equalAtOnce }) => equalAtOnce), equal]
  return `| ${[...cells, runs.length - equal].join(' | ')} |`
}
