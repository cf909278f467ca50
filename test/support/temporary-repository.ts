import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeFolder } from './remove-folder.ts'

interface TemporaryRepository {
  readonly gitDir: string
  /** Runs git on it and returns what it prints. */
  git(this: void, ...args: readonly string[]): string
  remove(this: void): void
}

/** A fresh bare repository on branch `main`, free of the settings of whoever runs the tests. */
export function temporaryRepository(): TemporaryRepository {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-test-'))
  const gitDir = join(folder, 'repo.git')
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test Person',
    GIT_AUTHOR_EMAIL: 'person@example.com',
    GIT_COMMITTER_NAME: 'Test Person',
    GIT_COMMITTER_EMAIL: 'person@example.com',
  }
  const run = (...args: readonly string[]) =>
    execFileSync('git', args, { env, encoding: 'utf8', stdio: 'pipe' })
  run('init', '-q', '--bare', '-b', 'main', gitDir)
  return {
    gitDir,
    git: (...args) => run('--git-dir', gitDir, ...args),
    remove: () => removeFolder(folder),
  }
}
