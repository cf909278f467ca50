import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { GitObjectStore } from '../../src/adapters/git/git-object-store.ts'
import { writeDemoHistory } from '../../src/entry/demo/write-demo-history.ts'
import { oncePerRun } from './once-per-run.ts'

/** The demo's fork as a clone with a working tree, made once a run. Nobody may write into it: everybody's worlds are copies of it. */
export function demoClone(): Promise<string> {
  return oncePerRun('demo', async (path) => {
    gitIn(path, 'init', '--quiet', '--initial-branch=main', '--template=')
    const store = new GitObjectStore({ gitDir: join(path, '.git') })
    await writeDemoHistory(store, resolve(import.meta.dirname, '../../fixtures/demo'))
    await store.close()
    gitIn(path, 'reset', '--quiet', '--hard')
  })
}

/** Runs git in a folder and returns what it printed. */
export function gitIn(path: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', path, ...args], {
    encoding: 'utf8',
    env: environment(),
    stdio: 'pipe',
  }).trimEnd()
}

/** Git as on a machine without any configuration, always at the same moment, and with nothing left running behind it. */
function environment(): NodeJS.ProcessEnv {
  const who = { NAME: 'Fork owner', EMAIL: 'owner@example.org', DATE: '2019-05-01T12:00:00Z' }
  return {
    PATH: process.env['PATH'],
    HOME: tmpdir(),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'maintenance.auto',
    GIT_CONFIG_VALUE_0: 'false',
    ...Object.fromEntries(
      Object.entries(who).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
  }
}
