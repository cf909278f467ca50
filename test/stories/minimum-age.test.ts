import { afterEach, expect, test, vi } from 'vitest'
import { gitText } from '../github/git.ts'
import { hostedDemo } from '../support/hosted-demo.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

const DAY = 24 * 3600_000

test('a release is offered once upstream has had it out for long enough, by a process that goes on running', async () => {
  // The demo's releases are years old by now; here the newest was committed ten days ago.
  const time = { ahead: 0 }
  const real = Date.now
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => real() + time.ahead)
  ends.push(() => clock.mockRestore())
  const demo = await hostedDemo()
  ends.push(demo.close)
  const { github, fork, upstream, people, releases } = demo
  const newest = Number(
    gitText(upstream.gitDir, ['log', '-1', '--format=%ct', releases['v2.11.0'] ?? '']).trim(),
  )
  time.ahead = newest * 1000 + 10 * DAY - real()
  for (const [id, tag] of Object.keys(releases).entries())
    upstream.releases.push({ id, tag, name: tag, body: '', publishedAt: Date.now() - 2 * DAY })
  await people.grant('ada', 'admin')
  await demo.commit('main', { '.github/multiarch.yml': 'minimum-age: 7\n' })
  github.install([fork])
  await demo.quiet()
  const look = async () =>
    demo.wiring.useCases.lookAfter(await demo.wiring.host.open({ owner: 'ada', name: 'kubespray' }))
  const open = async () => (await demo.open()).pullRequests.openUnder('multiarch/')
  const dashboard = async () => (await (await demo.open()).issues.ours('multiarch-dashboard'))?.body ?? ''
  await look()
  expect((await open()).map(({ title }) => title)).toEqual([])
  expect(await dashboard()).toMatch(
    /`v2\.9\.0` is 2 days old \(published on [\d-]+\), and `minimum-age` in the settings is 7: it is offered from [\d-]+ on\./,
  )
  expect(await dashboard()).toContain(
    'There is no step to take from `v2.8.0` until a newer release is old enough.',
  )
  time.ahead += 6 * DAY
  await look()
  await demo.quiet()
  expect((await open()).map(({ title }) => title)).toEqual([expect.stringContaining('to v2.9.0')])
  expect(await dashboard()).not.toContain('minimum-age')
  expect(github.violations).toEqual([])
})
