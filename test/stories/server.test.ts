import { afterEach, expect, test } from 'vitest'
import { hostedDemo } from '../support/hosted-demo.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

test('installed, onboarded, the first step proposed, rechecked by a command; a second look writes nothing', async () => {
  const demo = await hostedDemo()
  ends.push(demo.close)
  const { github, fork, people, quiet, lines } = demo
  await people.grant('ada', 'admin')
  github.install([fork])
  await quiet()
  const [onboarding] = await (await demo.open()).pullRequests.from('multiarch/onboarding')
  expect(onboarding?.state, lines.join('\n')).toBe('open')
  expect(onboarding?.body).toContain('`main` stands on Kubespray [`v2.8.0`](')

  await people.merge(onboarding?.number ?? 0)
  await quiet()
  const forge = await demo.open()
  const [step, ...others] = (await forge.pullRequests.openUnder('multiarch/')).filter(
    ({ head }) => head.branch !== 'multiarch/onboarding',
  )
  expect(others).toEqual([])
  expect(step?.title, lines.join('\n')).toMatch(/^Upgrade Kubespray from v2\.8\.0 to v2\.9\.0/)
  const dashboard = await forge.issues.ours('multiarch-dashboard')
  expect(dashboard?.body).toContain(`[#${step?.number} Upgrade Kubespray`)

  await people.comment('ada', step?.number ?? 0, 'Let me see.\n\n/multiarch recheck')
  await quiet()
  expect((await forge.comments.on(step?.number ?? 0)).at(-1)?.body, lines.join('\n')).toContain(
    'I looked at the branch as it is now',
  )
  const before = github.requests.length
  await demo.wiring.useCases.lookAfter(await demo.wiring.host.open({ owner: 'ada', name: 'kubespray' }))
  const written = github.requests
    .slice(before)
    .filter(({ kind }) => /create|update|mutation|add-|remove/.test(kind))
  expect(written, 'a second look writes nothing').toEqual([])
  // One question for all that is on the forge, one for the decisions, which REST alone is documented to list, and one for the check.
  expect(github.requests.slice(before).map(({ kind }) => kind)).toEqual([
    'graphql query',
    'git/list-matching-refs',
    'checks/list-for-ref',
  ])
  const metrics = await (await fetch(`${demo.server.url}/metrics`)).text()
  expect(metrics).toMatch(/multiarch_github_requests_total\{api="rest",status="200"\} [1-9]/)
  expect(metrics).toMatch(/multiarch_github_rate_limit_left [1-9]/)
  expect(metrics).toMatch(/multiarch_object_cache_total\{outcome="hit"\} [1-9]/)
  expect(github.violations).toEqual([])
  expect(lines.filter((line) => line.startsWith('job failed'))).toEqual([])
})
