import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { GitFailure, runGit } from '../../../adapters/git/run-git.ts'
import { Refusal } from '../../../core/model/problem.ts'

/** A repository as git sees it at its door. */
export interface FoundRepository {
  readonly gitDir: string
  /** Its history was cut off. */
  readonly isShallow: boolean
  /** How its objects are named: `sha1`, `sha256`. */
  readonly format: string
}

/** The git directory a path stands for: the repository itself, or the one the path is inside. */
export async function findGitDir(path: string): Promise<string> {
  return (await findRepository(path)).gitDir
}

/** The same, with what decides whether it can be worked on. */
export async function findRepository(path: string): Promise<FoundRepository> {
  // What is above a path that is not there is another repository, and not the one that was meant.
  for (let folder = resolve(path); existsSync(path); folder = dirname(folder)) {
    for (const candidate of [join(folder, '.git'), folder]) {
      if (!existsSync(candidate)) continue
      const found = await repositoryAt(candidate)
      if (found !== undefined) return found
    }
    if (folder === dirname(folder)) break
  }
  throw new Refusal({
    code: 'not-a-repository',
    message: `\`${path}\` is not a git repository. Give the path of a clone of your Kubespray fork.`,
  })
}

const FACTS = ['--is-shallow-repository', '--show-object-format']

async function repositoryAt(candidate: string): Promise<FoundRepository | undefined> {
  try {
    const found = await runGit({ gitDir: candidate }, ['rev-parse', ...FACTS, '--absolute-git-dir'])
    const [shallow, format = '', ...gitDir] = found.toString().trimEnd().split('\n')
    return { gitDir: gitDir.join('\n'), isShallow: shallow === 'true', format }
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    if (!/dubious ownership/.test(error.stderr)) return undefined
    throw new Refusal({
      code: 'not-trusted',
      message: `Git refuses to read this repository: ${error.stderr.trim()}`,
    })
  }
}
