import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { GitObjectStore } from '../src/adapters/git/git-object-store.ts'
import { writeDemoHistory } from '../src/entry/demo/write-demo-history.ts'
import { startGitHub, type GitHub } from '../test/github/github.ts'
import { gitText } from '../test/github/git.ts'
import type { Counted } from '../test/github/server.ts'
import { plantFork, type Repo } from '../test/github/world.ts'
import { historyIn } from '../test/support/history.ts'
import { TIME_HEADER } from './virtual-time.ts'

/** How many forks there are, by what the release is to them. */
export interface Population {
  /** They follow every release, each under an installation of its own. */
  readonly following: number
  /** They stay on the minor they have. */
  readonly staying: number
  /** They follow every release, all under one installation. */
  readonly together: number
}

/** What was asked of GitHub since the last report. */
export interface Report {
  readonly kinds: Readonly<Record<string, number>>
  /** Asked as an installation, by what the release is to it; `app`: asked by the App as itself. */
  readonly by: Readonly<Record<'following' | 'staying' | 'together' | 'app', number>>
  readonly refused: number
  /** The most content that one installation created within a minute and within an hour, ever. */
  readonly contentMinute: number
  readonly contentHour: number
  readonly openPulls: number
  readonly violations: readonly string[]
}

export type Order = { readonly plant: Population } | { readonly release: true } | { readonly report: true }

let now = Date.UTC(2026, 0, 5)
// The bench's time comes with each request; it never goes back.
subscribe('http.server.request.start', (message) => {
  const { headers } = (message as { request: IncomingMessage }).request
  now = Math.max(now, Number(headers[TIME_HEADER] ?? 0))
})

const github = await startGitHub({ now: () => now })
const { upstream, commits } = await demoUpstream(github)
const classes = new Map<string, 'following' | 'staying' | 'together'>()
const content = new Map<string, number[]>()
const orders: { [K in 'plant' | 'release' | 'report']: (order: never) => Promise<unknown> } = {
  plant: ({ plant: population }: { plant: Population }) => plant(population),
  release: async () => void gitText(upstream.gitDir, ['update-ref', 'refs/tags/v2.9.0', commits.release]),
  report: async () => report(),
}

process.on('message', (order: Order) => {
  const [kind] = Object.keys(order) as [keyof typeof orders]
  void orders[kind](order as never).then((answer) => process.send?.({ answer: answer ?? 'done' }))
})
process.on('disconnect', () => void github.close().then(() => process.exit()))
process.send?.({
  answer: { url: github.url, appId: github.world.app.id, privateKey: github.world.app.privateKey },
})

/** The demo's upstream with its first release only. */
async function demoUpstream(on: GitHub) {
  const repo = on.createRepo({ owner: 'kubernetes-sigs', name: 'kubespray', defaultBranch: 'master' })
  const store = new GitObjectStore({ gitDir: repo.gitDir })
  const { fork } = await writeDemoHistory(store, 'fixtures/demo')
  const tags = await store.listRefs('refs/tags/')
  const head = (config: string) =>
    historyIn(store).commit('Settings', { '.github/multiarch.yml': config }, { parents: [fork] })
  const made = {
    release: tags.get('refs/tags/v2.9.0') as string,
    following: await head('follow: latest\n'),
    staying: await head('follow: v2.8\n'),
  }
  await store.close()
  const refs = gitText(repo.gitDir, ['for-each-ref', '--format=%(refname)']).split('\n')
  for (const ref of refs.filter((each) => each !== 'refs/tags/v2.8.0'))
    gitText(repo.gitDir, ['update-ref', '-d', ref])
  const first = tags.get('refs/tags/v2.8.0') as string
  gitText(repo.gitDir, ['update-ref', 'refs/heads/master', first])
  return { upstream: repo, commits: made }
}

async function plant({ following, staying, together }: Population): Promise<void> {
  const fork = (owner: string, name: string, what: 'following' | 'staying'): Repo => {
    // Forks have issues switched off unless somebody switched them on, and then there is a dashboard to keep.
    const wanted = { owner, name, forkOf: upstream, defaultBranch: 'main', hasIssues: what === 'following' }
    return plantFork(github.world, wanted, commits[what])
  }
  const each = (count: number, what: 'following' | 'staying') => {
    for (let index = 0; index < count; index++) {
      const { id } = github.install([fork(`${what}-${index}`, 'kubespray', what)])
      classes.set(`installation ID ${id}`, what)
    }
  }
  each(following, 'following')
  each(staying, 'staying')
  if (together === 0) return
  const names = Array.from({ length: together }, (_, index) => `cluster-${index}`)
  const { id } = github.install(names.map((name) => fork('everybody', name, 'following')))
  classes.set(`installation ID ${id}`, 'together')
}

function report(): Report {
  const asked = github.requests.splice(0)
  for (const { by, at, isContent, status } of asked)
    if (isContent && status < 300) content.set(by, [...(content.get(by) ?? []), at])
  const count = (holds: (each: Counted) => boolean) => asked.filter(holds).length
  const class_ = (by: string) => classes.get(by) ?? 'app'
  const kinds: Record<string, number> = {}
  for (const { kind } of asked) kinds[kind] = (kinds[kind] ?? 0) + 1
  const most = (within: number) => Math.max(0, ...[...content.values()].map((at) => mostWithin(at, within)))
  return {
    kinds,
    by: {
      following: count(({ by }) => class_(by) === 'following'),
      staying: count(({ by }) => class_(by) === 'staying'),
      together: count(({ by }) => class_(by) === 'together'),
      app: count(({ by }) => class_(by) === 'app'),
    },
    refused: count(({ status }) => status === 403 || status === 429),
    contentMinute: most(60_000),
    contentHour: most(3_600_000),
    openPulls: github.world.repos
      .flatMap(({ threads }) => [...threads.values()])
      .filter(({ pull, state }) => pull && state === 'open').length,
    violations: github.violations.slice(0, 3),
  }
}

/** The most of these times that lie in any window so long. */
function mostWithin(times: readonly number[], within: number): number {
  let most = 0
  for (let first = 0, last = 0; last < times.length; last++) {
    while ((times[last] as number) - (times[first] as number) >= within) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}
