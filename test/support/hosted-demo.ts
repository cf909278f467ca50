import { join } from 'node:path'
import { GitObjectStore } from '../../src/adapters/git/object-store.ts'
import { readEnv } from '../../src/entry/env.ts'
import { writeDemoHistory } from '../../src/entry/demo-history.ts'
import { startServer } from '../../src/entry/server.ts'
import { wire } from '../../src/entry/wire.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import { gitText } from '../github/git.ts'
import { startGitHub } from '../github/github.ts'
import { historyIn, type Files } from './history.ts'
import { until } from './until.ts'

const DEMO = join(import.meta.dirname, '../../fixtures/demo')

/** The demo's upstream and fork on a GitHub of our own. */
export async function demoGitHub() {
  const github = await startGitHub()
  const upstream = github.createRepo({ owner: 'kubernetes-sigs', name: 'kubespray', defaultBranch: 'master' })
  const history = new GitObjectStore({ gitDir: upstream.gitDir })
  const commits = await writeDemoHistory(history, DEMO)
  await history.close()
  const git = (repo: { gitDir: string }, ...args: string[]) => gitText(repo.gitDir, args)
  git(upstream, 'update-ref', 'refs/heads/master', commits.upstream)
  git(upstream, 'update-ref', '-d', 'refs/heads/main')
  git(upstream, 'update-ref', '-d', 'refs/remotes/upstream/master')
  const fork = github.createRepo({
    owner: 'ada',
    name: 'kubespray',
    defaultBranch: 'main',
    hasIssues: true,
    forkOf: upstream,
  })
  for (const ref of git(fork, 'for-each-ref', '--format=%(refname)').split('\n').filter(Boolean))
    git(fork, 'update-ref', '-d', ref)
  git(fork, 'update-ref', 'refs/heads/main', commits.fork)

  return {
    ...{ github, upstream, fork },
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
export async function hostedDemo() {
  const demo = await demoGitHub()
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
    await github.webhooks.settled()
    await until(async () => {
      const { waiting, running, delayed } = await wiring.queue.counts()
      return waiting + running + delayed === 0
    })
  }

  return {
    ...{ ...demo, wiring, server, lines, quiet },
    open: async () => (await wiring.host.open({ owner: 'ada', name: 'kubespray' })).forge,
    close: async () => {
      await server.stop()
      await github.close()
    },
  }
}
