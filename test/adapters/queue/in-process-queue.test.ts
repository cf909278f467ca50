import { describeJobQueue } from '../../contract/jobs.ts'
import { InProcessQueue } from '../../../src/adapters/queue/in-process-queue.ts'

describeJobQueue('jobs in this process', (retry) => Promise.resolve(new InProcessQueue({ retry })))
