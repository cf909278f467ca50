import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { allTaken, fakeAws } from '../test/support/fake-aws.ts'

/**
 * From the start of a process to the verified answer of the Lambda bundle, on one core where `taskset` is there, beside a bare
 * `node`: `npm run bundle && npx tsx bench/cold-start.ts [--runs 30]`. The secret is read from a Parameter Store and the job put
 * into an SQS that answer at once.
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '30' } } })
const SECRET = 'bench bench bench'
const BUNDLE = resolve('dist/lambda/lambda.mjs')

const aws = await fakeAws((call) => ({
  status: 200,
  body: call.target === 'AmazonSSM.GetParameter' ? { Parameter: { Value: SECRET } } : allTaken(call),
}))
const body = JSON.stringify({
  ref: 'refs/heads/main',
  repository: { full_name: 'us/cluster', default_branch: 'main' },
  sender: { login: 'ada', type: 'User' },
  filler: 'x'.repeat(8000),
})
const event = {
  version: '2.0',
  requestContext: { http: { method: 'POST' } },
  headers: {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': 'd-1',
    'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
  },
  body,
}
const receive = `import(process.env.BENCH_BUNDLE).then(({ receive }) => receive(JSON.parse(process.env.BENCH_EVENT))).then(({ statusCode }) => console.error('answered ' + statusCode))`
const env = {
  PATH: process.env['PATH'],
  BENCH_BUNDLE: BUNDLE,
  BENCH_EVENT: JSON.stringify(event),
  ...{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'key' },
  ...{ AWS_ENDPOINT_URL: aws.endpoint, QUEUE_URL: `${aws.endpoint}jobs.fifo` },
  WEBHOOK_SECRET_PARAMETER: '/multiarch/webhook-secret',
}

const bare: number[] = []
const answered: number[] = []
// In turn, so that both see the same machine.
for (let run = 0; run < Number(values.runs); run++) {
  bare.push(await timed("console.error('answered 202')"))
  answered.push(await timed(receive))
}
report('a bare node', bare)
report('the answer to a webhook', answered)
await aws.close()

/** Milliseconds until the process says that it has answered. */
function timed(script: string): Promise<number> {
  const node = [process.execPath, '--eval', script]
  const command = existsSync('/usr/bin/taskset') ? ['taskset', '--cpu-list', '0', ...node] : node
  return new Promise((done, fail) => {
    const started = performance.now()
    const child = spawn(command[0] as string, command.slice(1), { env, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.once('data', (said: Buffer) => {
      if (said.toString().trim() === 'answered 202') done(performance.now() - started)
      else fail(new Error(said.toString()))
    })
  })
}

function report(name: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] as number).toFixed(0)
  console.log(`${name}: fastest ${at(0)} ms, median ${at(0.5)} ms, slowest ${at(1)} ms`)
}
