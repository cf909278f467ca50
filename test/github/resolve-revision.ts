import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRefs, tryGit, type Objects } from './git.ts'
import type { Repo } from './world.ts'

/** What a revision names, as `git rev-parse` reads it. Ids, branches, tags, what they point to and paths below need no process. */
export function resolveRevision(repo: Repo, revision: string): string | undefined {
  if (/[\n\0]/.test(revision)) return undefined
  const [, name = '', kind, path] =
    /^([^:^~@]+?)(?:\^\{(commit|tree|)\})?(?::((?!\.{0,2}\/)[^:]*?))?$/.exec(revision) ?? []
  const isBoth = kind !== undefined && path !== undefined
  const head = name === 'HEAD' && !isBoth ? headOf(repo) : undefined
  if (name === '' || (isShorthand(name) && !head) || isBoth || path?.endsWith('/'))
    return askGit(repo, revision)
  const oid = isOid(name) ? name : refOf(repo, head ?? name)
  if (oid === undefined) return undefined
  if (kind === undefined && path === undefined) return oid
  const found = peeled(repo.objects, oid, path === undefined ? kind : 'tree')
  if (path === undefined || path === '' || found === undefined) return found
  return repo.objects.at(found, path)?.oid
}

function isOid(name: string): boolean {
  return /^[0-9a-f]{40}$/.test(name)
}

/** The branch that `HEAD` names. */
function headOf({ gitDir }: Repo): string | undefined {
  return /^ref: (refs\/.+)$/m.exec(readFileSync(join(gitDir, 'HEAD'), 'utf8'))?.[1]
}

/** `HEAD` and its like, beginnings of ids, and what `git describe` says: git knows what they are. */
function isShorthand(name: string): boolean {
  return /^[A-Z_]*HEAD$|^[0-9a-f]{4,39}$|-g[0-9a-f]{4,}$|\/HEAD$/.test(name)
}

/** In git's order. */
function refOf({ gitDir }: Repo, name: string): string | undefined {
  const refs = readRefs(gitDir)
  const found = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'].find((prefix) =>
    refs.has(prefix + name),
  )
  return found === undefined ? undefined : refs.get(found + name)
}

/** Behind tags, and behind the commit where a tree is wanted; `''` takes whatever is no tag. */
function peeled(objects: Objects, oid: string, kind: string | undefined): string | undefined {
  const found = objects.get(oid)
  if (found?.type === 'tag') {
    const target = /^object ([0-9a-f]{40})$/m.exec(found.bytes.toString('latin1'))?.[1]
    return target === undefined ? undefined : peeled(objects, target, kind)
  }
  if (found?.type === 'commit' && kind === 'tree') return objects.commit(oid)?.tree
  return found && (kind === '' || found.type === kind) ? oid : undefined
}

function askGit({ gitDir }: Repo, revision: string): string | undefined {
  return tryGit(gitDir, ['rev-parse', '--verify', '-q', '--end-of-options', revision])
}
