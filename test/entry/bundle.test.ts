import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allTaken, fakeAws } from '../support/fake-aws.ts'
import { connectTo } from '../support/github-workplace.ts'
import { demoGitHub } from '../support/hosted-demo.ts'
import { push, SECRET, sign } from '../support/webhook.ts'
import { removeFolder } from '../support/remove-folder.ts'

const ROOT = join(import.meta.dirname, '../..')
const run = promisify(execFile)

// What is released is the bundle and not the sources, so the bundle is what these run, where there are no node_modules.
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'multiarch-bundle-'))
  execFileSync(process.execPath, ['scripts/bundle.js', folder], { cwd: ROOT, stdio: 'ignore' })
})
afterAll(() => removeFolder(folder))

function kilobytes(path: string): number {
  const sizes = readdirSync(join(folder, path)).map((file) => statSync(join(folder, path, file)).size)
  return sizes.reduce((sum, size) => sum + size, 0) / 1024
}

// The engine itself is 900 kB of it and grows with what it knows; what it must not do is bring a library unseen, or its sources.
test('each bundle is below a megabyte and a half, and receiving loads a few kilobytes of it', () => {
  expect(kilobytes('lambda')).toBeLessThan(1536)
  expect(kilobytes('action')).toBeLessThan(1536)
  const entry = readFileSync(join(folder, 'lambda/lambda.mjs'), 'utf8')
  // What is imported and not only named for later.
  const loaded = [...entry.matchAll(/from"\.\/(part-\w+\.mjs)"/g)]
  expect(loaded.length).toBeGreaterThan(0)
  const sizes = loaded.map(([, part]) => statSync(join(folder, 'lambda', part as string)).size)
  expect(sizes.reduce((sum, size) => sum + size, entry.length)).toBeLessThan(68 * 1024)
})

test('the Lambda bundle takes a recorded webhook and puts its job into SQS', async () => {
  const aws = await fakeAws((call) => ({ status: 200, body: allTaken(call) }))
  const event = JSON.parse(readFileSync(join(ROOT, 'fixtures/lambda/function-url.json'), 'utf8')) as {
    headers: object
    isBase64Encoded?: boolean
  }
  const body = JSON.stringify(push('me/kubespray'))
  const given = {
    ...event,
    headers: { ...event.headers, 'x-hub-signature-256': sign(body, SECRET) },
    body: event.isBase64Encoded ? Buffer.from(body).toString('base64') : body,
  }
  const script = `import(process.argv[1]).then(({ receive }) => receive(JSON.parse(process.argv[2]))).then((answer) => console.error(answer.statusCode))`
  const { stderr } = await run(
    process.execPath,
    ['--eval', script, join(folder, 'lambda/lambda.mjs'), JSON.stringify(given)],
    {
      env: {
        PATH: process.env['PATH'],
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'key',
        AWS_ENDPOINT_URL: aws.endpoint,
        QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/jobs.fifo',
        WEBHOOK_SECRET: SECRET,
      },
    },
  )
  expect(stderr.trim()).toBe('202')
  expect(aws.calls.map(({ target }) => target)).toEqual(['AmazonSQS.SendMessageBatch'])
  await aws.close()
})

test('the Action’s bundle looks at the repository of its workflow, and the page of the run shows what it proposes', async () => {
  const { github, fork, people } = await demoGitHub()
  const { token } = await connectTo(github, github.install([fork])).grant()
  const summary = join(folder, 'summary.md')
  writeFileSync(summary, '')
  const env = {
    PATH: process.env['PATH'],
    INPUT_TOKEN: token,
    INPUT_LOGIN: `${github.world.app.slug}[bot]`,
    GITHUB_REPOSITORY: 'ada/kubespray',
    GITHUB_API_URL: github.url,
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_STEP_SUMMARY: summary,
    WRITE_PAUSE_MS: '0',
  }
  const action = () => run(process.execPath, [join(folder, 'action/action.mjs')], { env })
  await action()
  const onboarding = [...fork.threads.values()].find(({ pull }) => pull)
  await people.merge(onboarding?.number ?? 0)
  await action()
  expect(readFileSync(summary, 'utf8')).toContain('to v2.9.0')
  await expect(run(process.execPath, [join(folder, 'action/action.mjs')], { env: {} })).rejects.toMatchObject(
    {
      code: 2,
    },
  )
  expect(github.violations).toEqual([])
  await github.close()
})
