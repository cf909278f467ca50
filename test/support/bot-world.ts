import { bot } from '../../src/app/bot/bot.ts'
import { CONFIG_CHECK, DASHBOARD_LABEL, STEP_CHECK } from '../../src/app/bot/bot-world.ts'
import { loadDecisions } from '../../src/app/bot/load-decisions.ts'
import { memoryCache } from '../../src/adapters/memory/memory-cache.ts'
import type { MemoryForgeOptions } from './memory/memory-forge.ts'
import { historyIn, type Files } from './history.ts'
import { fakeEngine } from './fake-engine.ts'
import { memoryHost } from './memory-host.ts'

const BRANCHES = ['multiarch/kubespray-2.30.0', 'multiarch/kubespray-2.30.1', 'multiarch/onboarding']

export const CONFIG = '.github/multiarch.yml'

/** A fork on v2.29.0 with upstream at v2.30.0, the bot installed, Ada with write permission. */
export async function botWorld(
  files: Files = { [CONFIG]: 'follow: latest\n' },
  options: Partial<MemoryForgeOptions> = {},
) {
  const host = memoryHost()
  const place = host.add('me/kubespray', { access: { ada: 'write' }, ...options })
  const history = historyIn(place.objects)
  const own = { RELEASE: 'v2.29.0', 'cluster.yml': '---\n', ...files }
  const main = await history.commit('fork', own, { ref: 'refs/heads/main' })
  const engine = fakeEngine('v2.29.0', 'v2.30.0')
  const log = { info: () => {}, error: () => {} }
  const clock = { at: Date.UTC(2026, 0, 31), now: () => clock.at }
  const useCases = bot({ engine, clock, log, settled: memoryCache() })
  const { forge, people, objects } = place

  return {
    ...{ host, place, history, engine, useCases, forge, people, objects, main, clock },
    look: () => useCases.lookAfter(place),
    /** Commits to a branch as a person would. */
    async push(branch: string, changes: Files) {
      const ref = `refs/heads/${branch}`
      const parent = (await objects.listRefs(ref)).get(ref)
      return history.commit('a change', changes, { parents: parent ? [parent] : [], ref })
    },
    /** Comments, and lets the bot answer. */
    async say(login: string, number: number, body: string) {
      await people.comment(login, number, body)
      await useCases.answerComments(place, number)
      return (await forge.comments.on(number)).at(-1)?.body ?? ''
    },
    pull: async (branch = 'multiarch/kubespray-2.30.0') => (await forge.pullRequests.from(branch))[0],
    dashboard: () => forge.issues.ours(DASHBOARD_LABEL),
    /** What anybody can see, without the numbers that depend on how often somebody tried. */
    async visible() {
      const pulls = (await Promise.all(BRANCHES.map((branch) => forge.pullRequests.from(branch)))).flat()
      const threads = await Promise.all(
        pulls.map(async ({ number, url: _url, ...pull }) => ({
          ...pull,
          comments: (await forge.comments.on(number)).map(({ author, body }) => `${author.login}: ${body}`),
        })),
      )
      const refs = await objects.listRefs('refs/heads/')
      const checks = await Promise.all(
        [...refs.values()].map(async (at) => [
          (await forge.checks.find(at, STEP_CHECK))?.state,
          (await forge.checks.find(at, CONFIG_CHECK))?.state,
        ]),
      )
      const dashboard = await forge.issues.ours(DASHBOARD_LABEL)
      const decisions = await loadDecisions(objects)
      return {
        threads,
        refs: [...refs],
        checks,
        dashboard: dashboard?.body.replace(/(?<=#|\/pull\/)\d+/g, 'n'),
        decisions,
      }
    },
    /** Everything anybody can see, to compare. */
    async seen() {
      const pulls = await Promise.all(BRANCHES.map((branch) => forge.pullRequests.from(branch)))
      const threads = await Promise.all(pulls.flat().map(({ number }) => forge.comments.on(number)))
      return JSON.stringify([
        [...(await objects.listRefs('refs/'))],
        pulls,
        threads,
        await forge.issues.ours(DASHBOARD_LABEL),
      ])
    },
  }
}

export type BotStory = Awaited<ReturnType<typeof botWorld>>
