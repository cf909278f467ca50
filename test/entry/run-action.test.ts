import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Refusal } from '../../src/core/model/problem.ts'
import { runAction } from '../../src/entry/run-action.ts'
import { connectTo } from '../support/github-workplace.ts'
import { demoGitHub } from '../support/hosted-demo.ts'
import { placeOf } from '../support/github-workplace.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function workflow() {
  const demo = await demoGitHub()
  const { github, fork } = demo
  ends.push(github.close)
  const installation = github.install([fork])
  const { token } = await connectTo(github, installation).grant()
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-action-'))
  const summary = join(folder, 'summary.md')
  writeFileSync(summary, '')
  const lines: string[] = []
  const note = (message: string, fields?: object) => void lines.push(`${message} ${JSON.stringify(fields)}`)
  return {
    ...demo,
    lines,
    summary: () => readFileSync(summary, 'utf8'),
    // A new one for each look: a forge answers as it saw things first.
    forge: () => placeOf(github, installation, fork).forge,
    run: (event: string, payload: unknown = {}) => {
      const path = join(folder, 'event.json')
      writeFileSync(path, JSON.stringify(payload))
      const env = {
        INPUT_TOKEN: token,
        INPUT_LOGIN: `${github.world.app.slug}[bot]`,
        GITHUB_REPOSITORY: 'ada/kubespray',
        GITHUB_API_URL: github.url,
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: path,
        GITHUB_STEP_SUMMARY: summary,
        WRITE_PAUSE_MS: '0',
      }
      return runAction(env, { info: note, error: note })
    },
  }
}

test('a scheduled run onboards, the next one proposes, and a comment is answered', async () => {
  const { run, people, forge, summary, lines, github } = await workflow()
  await people.grant('ada', 'admin')
  expect(await run('schedule'), lines.join('\n')).toBe(0)
  const [onboarding] = await forge().pullRequests.from('multiarch/onboarding')
  await people.merge(onboarding?.number ?? 0)
  expect(await run('workflow_dispatch'), lines.join('\n')).toBe(0)
  const [step] = await forge().pullRequests.from('multiarch/kubespray-2.9.0')
  expect(summary()).toContain(`## #${step?.number} Kubespray v2.9.0`)

  await people.comment('ada', step?.number ?? 0, '/multiarch plan')
  const payload = {
    action: 'created',
    repository: { full_name: 'ada/kubespray' },
    issue: { number: step?.number },
    comment: { body: '/multiarch plan', user: { type: 'User' } },
    sender: { login: 'ada', type: 'User' },
  }
  expect(await run('issue_comment', payload), lines.join('\n')).toBe(0)
  expect((await forge().comments.on(step?.number ?? 0)).at(-1)?.body).toContain('1. Kubespray `v2.9.0`')
  expect(github.violations).toEqual([])
})

test('a comment that is not for us does nothing', async () => {
  const { run, github } = await workflow()
  const before = github.requests.filter(({ isContent }) => isContent).length
  expect(await run('issue_comment', { action: 'created', comment: { body: 'nice' } })).toBe(0)
  expect(github.requests.filter(({ isContent }) => isContent)).toHaveLength(before)
})

test('inputs that are missing are named, all at once', async () => {
  const error = await runAction({}).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Refusal)
  expect((error as Refusal).problems).toHaveLength(2)
})
