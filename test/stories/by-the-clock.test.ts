import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { afterEach, expect, test, vi } from 'vitest'
import { sweepOnce } from '../../src/entry/server/start-worker.ts'
import { demoGitHub } from '../support/hosted-demo.ts'
import { startSetup } from '../support/set-up.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

test('an App that `setup` registers, looked after by the clock alone: settings, the first step, an answer', async () => {
  const { github, fork, people } = await demoGitHub()
  ends.push(github.close)
  const run = await startSetup(github)
  await run.agree()
  expect((await run.done).code).toBe(0)
  const env = Object.assign(parseEnv(readFileSync(run.file, 'utf8')), { WRITE_PAUSE_MS: '0' })
  await people.grant('ada', 'admin')
  github.install([fork])

  const clean = { repositories: 1, failed: 0 }
  const pulls = () => [...fork.threads.values()].filter(({ pull }) => pull)
  expect((await sweeps(env)).done).toEqual(clean)
  const [onboarding] = pulls()
  expect(onboarding?.pull?.head.branch).toBe('multiarch/onboarding')
  await people.merge(onboarding?.number ?? 0)

  const writes = (since: number) =>
    github.requests
      .slice(since)
      .filter(({ kind }) => /create-(?!installation)|update|mutation|add-/.test(kind))
  const seen = github.requests.length
  const logged = await sweeps(Object.assign({}, env, { LOG_ONLY: 'true' }))
  expect([logged.done, writes(seen)]).toEqual([clean, []])
  expect(logged.out).toMatch(/"what":"create a ref","ref":"refs\/heads\/multiarch\/kubespray-2\.9\.0"/)
  expect(logged.out).toMatch(
    /"what":"open a pull request","title":"Upgrade Kubespray from v2\.8\.0 to v2\.9\.0/,
  )

  expect((await sweeps(env)).done).toEqual(clean)
  const step = pulls().find(({ pull }) => pull?.head.branch === 'multiarch/kubespray-2.9.0')
  expect(step?.title).toMatch(/^Upgrade Kubespray from v2\.8\.0 to v2\.9\.0/)
  await people.comment('ada', step?.number ?? 0, '/multiarch plan')
  expect((await sweeps(env)).done).toEqual(clean)
  const said = [...fork.comments.values()].filter(({ number }) => number === step?.number)
  expect(said.at(-1)?.author).toBe(`${github.world.app.slug}[bot]`)

  const before = github.requests.length
  expect((await sweeps(env)).done).toEqual(clean)
  expect(writes(before)).toEqual([])
  expect(github.violations).toEqual([])
})

type Env = Parameters<typeof sweepOnce>[0]

/** What it does stands on stdout, which is the test's own. */
async function sweeps(env: Env) {
  let out = ''
  const mock = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((out += String(chunk)), true))
  const done = await sweepOnce(env).finally(() => mock.mockRestore())
  return { done, out }
}
