import { spawnSync } from 'node:child_process'
import type { Oid } from '../src/core/model/oid.ts'

/** What a merge came to: its tree, and whether anybody has to look at it. */
export interface Merged {
  readonly verdict: string
  readonly tree: Oid | undefined
}

/** What git itself makes of a case, one process each, as a person with a script would ask. */
export class GitJudge {
  readonly #gitDir: string
  /** Milliseconds spent in merges alone. */
  spent = 0

  constructor(gitDir: string) {
    this.#gitDir = gitDir
  }

  /** Merges the change from `base` to `patch` onto a tree. Git 2.39 takes no base; three commits with one parent say the same. */
  merge({ base, patch, onto }: { base: string; patch: string; onto: string }): Merged {
    const root = this.#commit(base)
    const sides = [this.#commit(onto, root), this.#commit(patch, root)]
    const from = performance.now()
    const { status, stdout, stderr } = this.#git('merge-tree', '--write-tree', '-z', ...sides)
    this.spent += performance.now() - from
    // Its exit code is 1 for conflicts, and above that where it could not work.
    if (status === null || status > 1) throw new Error(`git merge-tree: ${stderr}`)
    return { verdict: status === 0 ? 'clean' : 'conflict', tree: stdout.slice(0, 40) as Oid }
  }

  #commit(tree: string, parent?: string): string {
    const parents = parent ? ['-p', parent] : []
    const { status, stdout, stderr } = this.#git('commit-tree', `${tree}^{tree}`, ...parents, '-m', 'a side')
    if (status !== 0) throw new Error(`git commit-tree: ${stderr}`)
    return stdout.trim()
  }

  #git(...args: readonly string[]) {
    return spawnSync('git', ['--git-dir', this.#gitDir, ...args], { encoding: 'utf8', env: ENVIRONMENT })
  }
}

const NOBODY = { NAME: 'Nobody', EMAIL: 'nobody@example.com', DATE: '2000-01-01T00:00:00Z' }

const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  ...Object.fromEntries(
    Object.entries(NOBODY).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]),
  ),
}
