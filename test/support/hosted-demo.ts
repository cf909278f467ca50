import { join } from 'node:path'
import { GitObjectStore } from '../../src/adapters/git/git-object-store.ts'
import { readEnv } from '../../src/entry/server/read-env.ts'
import { startServer } from '../../src/entry/server/start-server.ts'
import { wire } from '../../src/entry/server/wire.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import { gitText, readRefs } from '../github/git.ts'
import { startGitHub } from '../github/github.ts'
import { writeRefs, ZERO } from '../github/write-refs.ts'
import { demoClone } from './demo-clone.ts'
import { historyIn, type Files } from './history.ts'
import { until } from './until.ts'

export interface HostedOptions {
  /** `/api` for the paths of GitHub Enterprise Server. */
  readonly base?: '' | '/api'
  /** The releases that upstream has at the beginning; all of the demo's where none are named. */
  readonly releases?: readonly string[]
  /** `copied`: the fork's commits in a repository of its own, which shares no objects with upstream. */
  readonly fork?: 'forked' | 'copied'
  /** The stand-in's clock. */
  readonly now?: () => number
}

/** The demo's upstream and fork on a GitHub of our own. */
export async function demoGitHub(options: HostedOptions = {}) {
  const { base = '', releases: at, fork: how = 'forked', now } = options
  const github = await startGitHub({ base, ...(now && { now }) })
  const from = join(await demoClone(), '.git')
  const upstream = github.createRepo({
    ...{ owner: 'kubernetes-sigs', name: 'kubespray', defaultBranch: 'master', from },
  })
  const refs = readRefs(from)
  const head = refs.get('refs/heads/main') as string
  const tags = [...refs].filter(([name]) => name.startsWith('refs/tags/'))
  const releases = Object.fromEntries(tags.map(([name, oid]) => [name.slice('refs/tags/'.length), oid]))
  const newest = at?.at(-1)
  writeRefs(
    upstream.gitDir,
    new Map([
      [
        'refs/heads/master',
        (newest && releases[newest]) ?? (refs.get('refs/remotes/upstream/master') as string),
      ],
      ['refs/heads/main', ZERO],
      ...Object.keys(releases)
        .filter((tag) => at && !at.includes(tag))
        .map((tag) => [`refs/tags/${tag}`, ZERO] as const),
    ]),
  )
  const fork = github.createRepo({
    ...{ owner: 'ada', name: 'kubespray', defaultBranch: 'main', hasIssues: true },
    ...(how === 'forked' && { forkOf: upstream }),
  })
  writeRefs(fork.gitDir, new Map([...readRefs(fork.gitDir).keys()].map((name) => [name, ZERO])))
  if (how === 'copied') gitText(fork.gitDir, ['fetch', '-q', from, 'refs/heads/main:refs/heads/main'])
  else writeRefs(fork.gitDir, new Map([['refs/heads/main', head]]))

  return {
    ...{ github, upstream, fork, releases },
    people: github.people(fork),
    /** Commits to a branch as a person would, over git. */
    async commit(branch: string, files: Files): Promise<Oid> {
      const store = new GitObjectStore({ gitDir: fork.gitDir })
      const ref = `refs/heads/${branch}`
      const parent = (await store.listRefs(ref)).get(ref)
      const made = await historyIn(store).commit('by hand', files, { parents: parent ? [parent] : [], ref })
      await store.close()
      return made
    },
  }
}

/** The same with the server that looks after them: everything over HTTP. */
export async function hostedDemo(options: HostedOptions = {}) {
  const demo = await demoGitHub(options)
  const { github } = demo
  const lines: string[] = []
  const note = (message: string, fields?: object) => void lines.push(`${message} ${JSON.stringify(fields)}`)
  const env = {
    APP_ID: String(github.world.app.id),
    PRIVATE_KEY: github.world.app.privateKey,
    WEBHOOK_SECRET: github.world.app.webhookSecret,
    GITHUB_API_URL: github.url,
    ...{ PORT: '0', HOST: '127.0.0.1', WRITE_PAUSE_MS: '0' },
  }
  const wiring = wire(readEnv(env, 'serve'), { log: { info: note, error: note } })
  const server = await startServer(wiring)
  github.webhooks.url = `${server.url}/api/github/webhooks`

  /** Waits until every webhook was sent and every job it made is done. */
  async function quiet(): Promise<void> {
    const isIdle = async () => {
      const { waiting, running, delayed } = await wiring.queue.counts()
      return waiting + running + delayed === 0
    }
    // What a job writes is told to the server, which may make jobs of it.
    for (let told = -1; told !== github.webhooks.deliveries.length;) {
      told = github.webhooks.deliveries.length
      await github.webhooks.settled()
      await until(isIdle)
    }
  }

  return {
    ...{ ...demo, wiring, server, lines, quiet },
    wireAnother: () => wire(readEnv(env, 'serve'), { log: { info: note, error: note } }),
    open: async () => (await wiring.host.open({ owner: 'ada', name: 'kubespray' })).forge,
    close: async () => {
      await server.stop()
      await github.close()
    },
  }
}
