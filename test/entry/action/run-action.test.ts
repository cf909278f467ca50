import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Oid } from '../../../src/core/model/oid.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import { runAction } from '../../../src/entry/action/run-action.ts'
import { connectTo } from '../../support/github-workplace.ts'
import { GitObjectStore } from '../../../src/adapters/git/git-object-store.ts'
import { gitText } from '../../github/git.ts'
import type { WorkflowRule } from '../../github/world.ts'
import { historyIn } from '../../support/history.ts'
import { demoGitHub } from '../../support/hosted-demo.ts'
import { placeOf } from '../../support/github-workplace.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function workflow(options: Parameters<typeof demoGitHub>[0] & { workflows?: true } = {}) {
  const demo = await demoGitHub(options)
  const { github, fork } = demo
  ends.push(github.close)
  const { permissions } = github.world.app
  const installation = github.install([fork], {
    ...permissions,
    ...(options.workflows && { workflows: 'write' }),
  })
  const { token } = await connectTo(github, installation).grant()
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-action-'))
  const summary = join(folder, 'summary.md')
  writeFileSync(summary, '')
  const lines: string[] = []
  const told: string[] = []
  const waited: number[] = []
  const note = (message: string, fields?: object) => void lines.push(`${message} ${JSON.stringify(fields)}`)
  return {
    ...demo,
    ...{ lines, told, waited },
    summary: () => readFileSync(summary, 'utf8'),
    // A new one for each look: a forge answers as it saw things first.
    forge: () => placeOf(github, installation, fork).forge,
    run: (event: string, payload: unknown = {}, more: Readonly<Record<string, string>> = {}) => {
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
        ...more,
      }
      return runAction(
        env,
        { info: note, error: note },
        { tell: (line) => told.push(line), pause: async (milliseconds) => void waited.push(milliseconds) },
      )
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
  expect(summary()).toContain(`## #${step?.number} Upgrade Kubespray from v2.8.0 to v2.9.0`)

  await people.comment('ada', step?.number ?? 0, '/multiarch plan')
  const payload = {
    action: 'created',
    repository: { full_name: 'ada/kubespray' },
    issue: { number: step?.number },
    comment: { body: '/multiarch plan', user: { type: 'User' } },
    sender: { login: 'ada', type: 'User' },
  }
  expect(await run('issue_comment', payload), lines.join('\n')).toBe(0)
  expect((await forge().comments.on(step?.number ?? 0)).at(-1)?.body).toContain(
    '1. Kubespray v2.8.0 → v2.9.0',
  )
  expect(github.violations).toEqual([])
})

/** The set-up of docs/actions.md: an App registered from `app.yml`, which has no permission for workflows. */
describe.each<WorkflowRule>(
  (['sentence', 'not-granted', 'not-found'] as const).flatMap((says) =>
    (['tip', 'history'] as const).map((looksAt) => ({ says, looksAt })),
  ),
)('an App’s token without the permission for workflows, refused by $says for the $looksAt', (rule) => {
  const WORKFLOW = '.github/workflows/ci.yml'

  test('gets its step, with those files as the fork has them, and leaves it alone from then on', async () => {
    const { run, people, forge, github, upstream, fork, lines, releases } = await workflow({
      releases: ['v2.8.0', 'v2.9.0'],
    })
    const store = new GitObjectStore({ gitDir: upstream.gitDir })
    const parents = [releases['v2.9.0'] as Oid]
    const files = { [WORKFLOW]: 'on: push\n' }
    const author = { time: 1_559_000_000, name: 'Upstream' }
    await historyIn(store).commit('ci', files, { parents, author, ref: 'refs/tags/v2.9.1' })
    await store.close()
    github.world.workflows = rule
    await people.grant('ada', 'admin')
    expect(await run('schedule'), lines.join('\n')).toBe(0)
    const [onboarding] = await forge().pullRequests.from('multiarch/onboarding')
    await people.merge(onboarding?.number ?? 0)
    expect(await run('schedule'), lines.join('\n')).toBe(0)
    const [step] = await forge().pullRequests.from('multiarch/kubespray-2.9.1')
    expect(step?.body, lines.join('\n')).toContain(`\`${WORKFLOW}\` stays as your fork has it`)
    const tree = gitText(fork.gitDir, [
      'ls-tree',
      '-r',
      '--name-only',
      'multiarch/kubespray-2.9.1',
      '.github',
    ])
    expect(tree).toBe('.github/multiarch.yml')
    const before = github.requests.length
    expect(await run('schedule'), lines.join('\n')).toBe(0)
    const writes = github.requests.slice(before).filter(({ kind }) => /create|update|mutation/.test(kind))
    expect(writes.map(({ kind }) => kind)).toEqual([])
    expect((await forge().pullRequests.from('multiarch/kubespray-2.9.1'))[0]?.body).toBe(step?.body)
  })
})

test('an App’s token with the permission for workflows carries upstream’s', async () => {
  const { run, people, forge, upstream, fork, github, lines, releases } = await workflow({
    releases: ['v2.8.0', 'v2.9.0'],
    workflows: true,
  })
  const store = new GitObjectStore({ gitDir: upstream.gitDir })
  const files = { '.github/workflows/ci.yml': 'on: push\n' }
  const author = { time: 1_559_000_000, name: 'Upstream' }
  const parents = [releases['v2.9.0'] as Oid]
  await historyIn(store).commit('ci', files, { parents, author, ref: 'refs/tags/v2.9.1' })
  await store.close()
  await people.grant('ada', 'admin')
  expect(await run('schedule'), lines.join('\n')).toBe(0)
  await people.merge((await forge().pullRequests.from('multiarch/onboarding'))[0]?.number ?? 0)
  expect(await run('schedule'), lines.join('\n')).toBe(0)
  const branch = 'multiarch/kubespray-2.9.1'
  expect(gitText(fork.gitDir, ['ls-tree', '-r', '--name-only', branch, '.github'])).toContain('ci.yml')
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

describe('a run that cannot do everything', () => {
  test('waits out what is over in a minute, and says nothing of it', async () => {
    const { run, github, told, waited, forge } = await workflow()
    github.fail({ kind: 'pulls/create', shape: 'rest-secondary-limit' })
    github.fail({ kind: 'git/get-tree', status: 502 })
    expect(await run('schedule')).toBe(0)
    expect(waited.map((each) => Math.round(each / 1000))).toEqual([60, 45])
    expect(told).toEqual([])
    expect(await forge().pullRequests.from('multiarch/onboarding')).toHaveLength(1)
  })

  test('ends with a warning where it would have to wait for long, and says what is left', async () => {
    const { run, github, told, waited, summary } = await workflow()
    github.fail({ shape: 'graphql-rate-limit', kind: 'graphql query', times: 1 })
    expect(await run('schedule')).toBe(0)
    expect(waited).toEqual([])
    expect(told).toEqual([
      expect.stringMatching(
        /^::warning::Not everything was done: GitHub asks for patience .* UTC; the next run/,
      ),
    ])
    expect(summary()).toContain('Not everything was done')
  })

  test('tries what nobody knows a few times, and ends as broken where that does not help', async () => {
    const { run, github, told, lines } = await workflow()
    const judge = { kind: 'git/get-tree', status: 200, body: { tree: 7 } } as const
    github.fail({ ...judge, times: 1 })
    expect(await run('schedule'), lines.join('\n')).toBe(0)
    expect(told).toEqual([])
  })

  test.each(['bad', ''])('refuses the token %j in a sentence', async (token) => {
    const { run, told } = await workflow()
    const error = await run('schedule', {}, { INPUT_TOKEN: token }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Refusal)
    expect((error as Refusal).message).toMatch(/does not take the token|`token` is empty/)
    expect(told).toEqual([])
  })

  test('says on the page of the run that the settings wait', async () => {
    const { run, summary, forge } = await workflow()
    await run('schedule')
    const [onboarding] = await forge().pullRequests.from('multiarch/onboarding')
    expect(summary()).toContain(`The settings wait for you to merge them: #${onboarding?.number}.`)
    expect(summary()).not.toContain('No step is open.')
  })
})

test.each([
  [
    'issue_comment',
    { action: 'created', issue: { number: '7' } },
    'I cannot read this `issue_comment` at `issue.number`',
  ],
  ['push', { ref: 7 }, 'I cannot read this `push` at `ref`'],
])('an event of another form is refused in a sentence: %s %j', async (event, payload, says) => {
  const { run } = await workflow()
  await expect(run(event, payload)).rejects.toThrow(says)
})

test.each(['constructor', '__proto__', 'star'])('the event %s asks for nothing', async (event) => {
  const { run, github } = await workflow()
  expect(await run(event, { ref: 7 })).toBe(0)
  expect(github.requests.filter(({ isContent }) => isContent)).toEqual([])
})

test('a run by the clock with nothing changed asks little and writes nothing', async () => {
  const { run, people, forge, github, lines } = await workflow()
  await people.grant('ada', 'admin')
  await run('schedule')
  await people.merge((await forge().pullRequests.from('multiarch/onboarding'))[0]?.number ?? 0)
  await run('schedule')
  const before = github.requests.length
  expect(await run('schedule'), lines.join('\n')).toBe(0)
  const asked = github.requests.slice(before)
  expect(asked.filter(({ kind }) => /create|update|mutation|add-|remove/.test(kind))).toEqual([])
  expect(asked.length, asked.map(({ kind }) => kind).join('\n')).toBeLessThanOrEqual(12)
})
