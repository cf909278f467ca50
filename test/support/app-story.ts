import { expect, onTestFinished } from 'vitest'
import { GitObjectStore } from '../../src/adapters/git/git-object-store.ts'
import { runJob } from '../../src/app/jobs/run-job.ts'
import { ReleaseWatch, sweep } from '../../src/app/jobs/sweep.ts'
import { keyOf, groupOf, RERUN, type Job } from '../../src/app/jobs/job.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import type { PullRequest } from '../../src/ports/forge.ts'
import { askApi } from '../github/ask.ts'
import { gitText, readRefs } from '../github/git.ts'
import type { Counted } from '../github/server.ts'
import { hostedDemo, type HostedOptions } from './hosted-demo.ts'
import { historyIn, type Files } from './history.ts'
import { passingTime } from './passing-time.ts'
import { worldAsSeen } from './world-as-seen.ts'

const FORK = { owner: 'ada', name: 'kubespray' }

export const CONFIG = '.github/multiarch.yml'
export const STEP = 'kubespray-multiarch'

/** What writes to GitHub; whatever else is asked changes nothing. */
const WRITES = /create|update|mutation|add-|remove|delete|request-reviewers/

/**
 * The App on a GitHub of our own: real HTTP both ways, webhooks signed. After every `settle` each job that ran is run once
 * more and must change nothing. Ada owns the fork and may do everything, Eve may only read.
 */
export async function appStory(options: HostedOptions = {}) {
  const time = passingTime()
  const demo = await hostedDemo(options)
  const { github, upstream, fork, wiring, lines, people } = demo
  time.watch(() => github.requests.length + github.webhooks.deliveries.length + lines.length)
  const { waitFor } = time
  const quiet = () => waitFor(demo.quiet())
  const { host, useCases, queue, log } = wiring
  const jobs: Job[] = []
  const enqueue = queue.enqueue.bind(queue)
  queue.enqueue = (job) => {
    jobs.push(job.body)
    return enqueue(job)
  }
  const expected: RegExp[] = []
  onTestFinished(async () => {
    await demo.close()
    time.end()
    expect(github.violations).toEqual([])
    const failed = lines.filter((line) => /^(job|apology|look|sweep).*failed/.test(line))
    expect(failed.filter((line) => !expected.some((known) => known.test(line)))).toEqual([])
  })
  await people.grant('ada', 'admin')
  const clock = Date
  const watch = new ReleaseWatch({ owner: 'kubernetes-sigs', name: 'kubespray' }, { host, queue, clock, log })

  const forge = async () => (await host.open(FORK)).forge
  const git = (...args: readonly string[]) => gitText(fork.gitDir, args)
  const seen = () => worldAsSeen(fork)

  /** Waits until nothing is left to happen, and then lets every job that ran run once more. */
  async function settle(): Promise<void> {
    await quiet()
    const before = seen()
    const asked = github.requests.length
    const ran = [...new Map(jobs.splice(0).map((job) => [keyOf(job), job])).values()]
    for (const job of ran) await waitFor(again(job))
    const written = github.requests.slice(asked).filter((each) => isWrite(each) && !isRepeated(each, ran))
    expect(written, `run twice: ${ran.map(keyOf).join(', ')}\n${lines.join('\n')}`).toEqual([])
    expect(seen()).toEqual(before)
    await quiet()
    jobs.splice(0)
  }

  const again = (body: Job) =>
    runJob(
      {
        ...{ id: 'again', key: keyOf(body), group: groupOf(body), body, attempt: 1, last: false },
        ...{ queuedAt: 0, signal: new AbortController().signal },
      },
      { host, useCases, log },
    )

  /** Commits to a branch as somebody does over git: the commit is made, and the branch moved by their token. */
  async function push(branch: string, files: Files, how: Push = {}): Promise<Oid> {
    const store = new GitObjectStore({ gitDir: fork.gitDir })
    const tip = tipOf(branch)
    const parent = how.onto ?? tip
    const parents = parent ? [parent] : []
    const author = { name: 'Ada', email: 'ada@example.com', time: 1_700_000_000 }
    const made = await historyIn(store).commit(how.message ?? 'By hand', files, {
      ...{ parents, author },
      ...(how.whole && { whole: true }),
    })
    await store.close()
    await moveBranch(branch, made, how.by)
    return made
  }

  async function moveBranch(branch: string, to: Oid, by = 'ada'): Promise<void> {
    const refs = `${github.url}/repos/ada/kubespray/git/refs`
    const token = `ghp_${by}`
    const answer = tipOf(branch)
      ? await askApi(`${refs}/heads/${branch}`, { token, method: 'PATCH', body: { sha: to, force: true } })
      : await askApi(refs, { token, method: 'POST', body: { ref: `refs/heads/${branch}`, sha: to } })
    if (answer.status >= 300)
      throw new Error(`${by} could not move ${branch}: ${JSON.stringify(answer.body)}`)
  }

  const tipOf = (branch: string) => readRefs(fork.gitDir).get(`refs/heads/${branch}`) as Oid | undefined

  const pull = async (branch: string): Promise<PullRequest> => {
    const [newest] = await (await forge()).pullRequests.from(branch)
    if (!newest) throw new Error(`no pull request from ${branch}\n${lines.join('\n')}`)
    return newest
  }

  return {
    ...{ ...demo, quiet, forge, git, seen, settle, push, moveBranch, tipOf, pull, watch, jobs },
    /** What the stand-in was told to fail at is no failure of the story. */
    expectFailure: (line: RegExp) => void expected.push(line),
    file: (branch: string, path: string) => git('show', `refs/heads/${branch}:${path}`),
    log: (...args: readonly string[]) => git('log', '--format=%h %an %cn %s', ...args).split('\n'),
    open: async () =>
      (await (await forge()).pullRequests.openUnder('multiarch/')).map(({ head }) => head.branch),
    dashboard: async () => {
      const issue = await (await forge()).issues.ours('multiarch-dashboard')
      return (
        issue?.body.replace(/\d{4}-\d\d-\d\d/g, 'some day').replace(/(?<=by version )[\w.-]+\w/, 'x') ?? ''
      )
    },
    dashboardNumber: async () => (await (await forge()).issues.ours('multiarch-dashboard'))?.number ?? 0,
    check: async (branch: string, name = STEP) => (await forge()).checks.find(tipOf(branch) as Oid, name),
    /** Writes a comment and gives back the last one in the thread once everything is done. */
    say: async (login: string, number: number, body: string): Promise<string> => {
      await people.comment(login, number, body)
      await settle()
      const [last] = (await (await forge()).comments.on(number)).slice(-1)
      return last?.body.replaceAll(/\s*<!-- multiarch:answer .*?-->\s*/g, '') ?? ''
    },
    merge: async (branch: string, how: 'merge' | 'squash' = 'merge'): Promise<void> => {
      await people.merge((await pull(branch)).number, how)
      await settle()
    },
    look: async () => waitFor(useCases.lookAfter(await host.open(FORK))),
    /** Another server of the same App, which knows nothing of the first; it looks when it is told to. */
    another: async () => {
      const { host: other, useCases: cases } = demo.wireAnother()
      return { look: async () => waitFor(cases.lookAfter(await other.open(FORK))) }
    },
    /** Looks at everything, as the clock makes the server do. */
    sweep: async (): Promise<void> => {
      await waitFor(sweep({ host, queue, clock, log }))
      await settle()
    },
    /** Upstream makes a release of its own on top of its newest, or moves a tag that it has. */
    upstreamRelease: async (tag: string, change: UpstreamChange): Promise<void> => {
      await watch.look()
      const store = new GitObjectStore({ gitDir: upstream.gitDir })
      const head = gitText(upstream.gitDir, ['rev-parse', 'refs/heads/master']) as Oid
      const files = { ...change.files, ...(change.move && (await moved(store, head, change.move))) }
      const author = { time: 1_559_000_000, name: 'Upstream' }
      const made = await historyIn(store).commit(`Release ${tag}`, files, { parents: [head], author })
      await store.close()
      gitText(upstream.gitDir, ['update-ref', `refs/tags/${tag}`, made])
      if (!demo.releases[tag]) gitText(upstream.gitDir, ['update-ref', 'refs/heads/master', made])
      expect(await watch.look()).toBe('swept')
      await settle()
    },
    /** Upstream tags a release; the server finds it when it looks. */
    release: async (tag: string): Promise<void> => {
      await watch.look()
      gitText(upstream.gitDir, ['update-ref', `refs/tags/${tag}`, demo.releases[tag] as string])
      expect(await watch.look()).toBe('swept')
      await settle()
    },
  }
}

interface UpstreamChange {
  readonly files?: Files
  /** A folder that gets another name. */
  readonly move?: readonly [string, string]
}

interface Push {
  readonly message?: string
  readonly by?: string
  /** The parent, where it is not the branch's own tip: a force push. */
  readonly onto?: Oid
  readonly whole?: true
}

export type AppStory = Awaited<ReturnType<typeof appStory>>

interface OnboardedOptions extends HostedOptions {
  /** What the fork's owner did before the App was installed. */
  readonly before?: (story: AppStory) => Promise<void>
}

/** Installed, onboarded with these settings, and all that follows from it. */
export async function onboarded(config?: string, options: OnboardedOptions = {}): Promise<AppStory> {
  const { before, ...hosted } = options
  const story = await appStory(hosted)
  await before?.(story)
  story.github.install([story.fork])
  await story.settle()
  if (config !== undefined) {
    await story.push('multiarch/onboarding', { [CONFIG]: config })
    await story.settle()
  }
  await story.merge('multiarch/onboarding')
  return story
}

/** A folder's files at their new place, and gone from the old. */
async function moved(
  store: GitObjectStore,
  head: Oid,
  [from, to]: readonly [string, string],
): Promise<Files> {
  const inside = [...(await store.readTree(head))].filter(([path]) => path.startsWith(`${from}/`))
  const blobs = await store.readBlobs(inside.map(([, { oid }]) => oid))
  return Object.fromEntries(
    inside.flatMap(([path, { oid }]) => [
      [path, undefined],
      [to + path.slice(from.length), blobs.get(oid)],
    ]),
  )
}

/** Whoever presses "Re-run" has the check said again, in the same words. */
function isRepeated({ kind }: Counted, ran: readonly Job[]): boolean {
  return kind === 'checks/update' && ran.some((job) => job.kind === 'button' && job.press.action === RERUN)
}

function isWrite({ kind, status }: Counted): boolean {
  return WRITES.test(kind) && !kind.startsWith('apps/') && status < 300
}
