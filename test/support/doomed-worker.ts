// A worker on Redis that never ends its job: started by a test as a process of its own, and killed in the middle.
import { RedisQueue } from '../../src/adapters/queue/redis-queue.ts'

const [url = '', name = ''] = process.argv.slice(2)

new RedisQueue({ url, name, lease: 500 }).work(
  async ({ key }) => {
    process.stdout.write(`${key}\n`)
    await new Promise(() => {})
    return { kind: 'done' }
  },
  { atOnce: 1, onTrouble: () => {} },
)
