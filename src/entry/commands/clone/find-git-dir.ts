import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { GitFailure, runGit } from '../../../adapters/git/run-git.ts'
import { Refusal } from '../../../core/model/problem.ts'

/** The git directory a path stands for: the repository itself, or the one the path is inside. */
export async function findGitDir(path: string): Promise<string> {
  // What is above a path that is not there is another repository, and not the one that was meant.
  for (let folder = resolve(path); existsSync(path); folder = dirname(folder)) {
    for (const candidate of [join(folder, '.git'), folder]) {
      if (!existsSync(candidate)) continue
      const found = await gitDirAt(candidate)
      if (found !== undefined) return found
    }
    if (folder === dirname(folder)) break
  }
  throw new Refusal({
    code: 'not-a-repository',
    message: `\`${path}\` is not a git repository. Give the path of a clone of your Kubespray fork.`,
  })
}

async function gitDirAt(candidate: string): Promise<string | undefined> {
  try {
    const found = await runGit({ gitDir: candidate }, ['rev-parse', '--absolute-git-dir'])
    return found.toString().trim()
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    if (!/dubious ownership/.test(error.stderr)) return undefined
    throw new Refusal({
      code: 'not-trusted',
      message: `Git refuses to read this repository: ${error.stderr.trim()}`,
    })
  }
}
