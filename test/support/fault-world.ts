import { githubHost } from '../../src/adapters/github/github-host.ts'
import { memoryCache } from '../../src/adapters/memory/memory-cache.ts'
import { MemoryValueCache } from '../../src/adapters/memory/memory-value-cache.ts'
import { bot } from '../../src/app/bot/bot.ts'
import { forkEngine } from '../../src/app/engine/fork-engine.ts'
import { UPSTREAM_REFS } from '../../src/app/repository/read-repository.ts'
import { groupOf, keyOf, type Job } from '../../src/app/jobs/job.ts'
import { runJob } from '../../src/app/jobs/run-job.ts'
import { CONFIG_PATH } from '../../src/core/config/config-path.ts'
import type { Cache } from '../../src/ports/cache.ts'
import type { JobOutcome } from '../../src/ports/job-queue.ts'
import { readRefs } from '../github/git.ts'
import { demoGitHub } from './hosted-demo.ts'

export const FORK = { owner: 'ada', name: 'kubespray' }
const UPSTREAM = { owner: 'kubernetes-sigs', name: 'kubespray' }

/** Long enough for an answer on a machine that has other things to do; a silence is waited for as long. */
const LONGEST = 4_000

export type FaultWorld = Awaited<ReturnType<typeof faultWorld>>

/** The demo on a GitHub of our own whose clock stands still until somebody waits, and processes of the App that come and go. */
export async function faultWorld(releases: readonly string[]) {
  const clock = { at: Date.UTC(2026, 0, 31, 9), now: () => clock.at }
  const demo = await demoGitHub({ releases, now: clock.now })
  const { github, fork, people } = demo
  await people.grant('ada', 'admin')
  // A thousand runs in one hour of this clock are no sign of anything.
  github.limit({ primary: 1e9, points: 1e9, contentMinute: 1e9, contentHour: 1e9 })
  // What was read of upstream is the same for all: it never changes here.
  const shared = memoryCache()
  const catalogues = new MemoryValueCache()
  const pace = {
    now: clock.now,
    pause: async (milliseconds: number) => void (clock.at += milliseconds),
    betweenWrites: 0,
  }

  /** A process that has just started. */
  function newProcess() {
    const lines: string[] = []
    const note = (message: string, fields?: object) => void lines.push(`${message} ${JSON.stringify(fields)}`)
    const log = { info: note, error: note }
    const own: Cache = memoryCache()
    const host = githubHost({
      connection: { baseUrl: github.url, pace, longest: LONGEST },
      key: { appId: github.world.app.id, privateKey: github.world.app.privateKey },
      ...{ upstream: UPSTREAM, upstreamRefs: UPSTREAM_REFS, ahead: [CONFIG_PATH], shared },
      cacheOf: () => own,
    })
    const engine = forkEngine({
      upstream: UPSTREAM,
      web: github.url,
      published: host.published,
      cache: catalogues,
    })
    const useCases = bot({ engine, clock, log, settled: memoryCache() })
    const attempt = (body: Job, number = 1, putBack = 0): Promise<JobOutcome> =>
      runJob(
        {
          ...{ id: 'job', key: keyOf(body), group: groupOf(body), body },
          ...{
            attempt: number,
            putBack,
            last: number >= 5,
            queuedAt: clock.at,
            signal: new AbortController().signal,
          },
        },
        { host, useCases, log, clock },
      )
    return {
      lines,
      host,
      attempt,
      /** Once, and whatever comes of it is lost. */
      tryOnce: async (body: Job): Promise<string> => attempt(body, 1).then(({ kind }) => kind, String),
      /** As a queue has it done: put off as it wishes, tried five times where it fails. */
      work: async (body: Job): Promise<string> => {
        for (let number = 1, late = 0; ;) {
          try {
            const outcome = await attempt(body, number, late)
            if (outcome.kind === 'done') return 'done'
            if (++late > 30) return 'put off for ever'
            clock.at = Math.max(clock.at + 1, outcome.notBefore)
          } catch {
            if (number >= 5) return 'given up'
            clock.at += 15_000 * 2 ** (number++ - 1)
          }
        }
      },
    }
  }

  return { ...demo, clock, newProcess, seen: () => asPeopleSee(fork) }
}

/** What people can see in a repository, without ids, numbers and times: those depend on how often something was tried. */
function asPeopleSee(fork: FaultWorldFork) {
  const titles = new Map([...fork.threads.values()].map(({ number, title }) => [number, title]))
  const order = [...fork.comments.keys()].sort((a, b) => a - b)
  const named = (text: string): string =>
    text
      .replace(/#(\d+)/g, (all, number) => `#‹${titles.get(Number(number)) ?? all}›`)
      .replace(/multiarch:answer (\d+)/g, (_, id) => `multiarch:answer of ${order.indexOf(Number(id))}`)
      .replace(/multiarch:waits \d+/g, 'multiarch:waits')
      .replace(/Last change seen on [\d-]+/, 'Last change seen some day')
  // A commit that was made at its time is another one at another time: what it holds counts.
  const refs = [...readRefs(fork.gitDir)]
    .filter(([name]) => !name.startsWith('refs/pull/'))
    .map(([name, oid]) => `${name} ${isTimed(name) ? fork.objects.commit(oid)?.tree : oid}`)
  const checks = new Map(fork.checks.map((each) => [`${each.name} ${each.headSha}`, each]))
  return {
    refs,
    threads: [...fork.threads.values()]
      .map(({ title, body, state, labels, pull }) => ({
        ...{ title, body: named(body), state, labels: [...labels].sort() },
        ...(pull && { draft: pull.draft, reviewers: pull.reviewers, merged: pull.mergedAs !== undefined }),
      }))
      .sort((a, b) => (a.title < b.title ? -1 : 1)),
    comments: order.map((id) => {
      const comment = fork.comments.get(id)
      return `${titles.get(comment?.number ?? 0)}: ${comment?.author}: ${named(comment?.body ?? '')}`
    }),
    checks: [...checks.values()]
      .map(({ name, headSha, status, conclusion, output }) => ({
        ...{ name, headSha, status, conclusion, title: output.title, summary: named(output.summary ?? '') },
      }))
      .sort((a, b) => (a.name + a.headSha < b.name + b.headSha ? -1 : 1)),
  }
}

function isTimed(ref: string): boolean {
  return ref.startsWith('refs/multiarch/') || ref === 'refs/heads/multiarch/onboarding'
}

type FaultWorldFork = Awaited<ReturnType<typeof demoGitHub>>['fork']
