import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import type { Commit } from '../../src/core/model/commit.ts'
import { readCommitObject } from '../../src/core/model/bytes/commit-object.ts'
import { hashObject, type Oid } from '../../src/core/model/oid.ts'

class GitError extends Error {}

/** Runs git on a repository and waits for it: a request is answered whole before the next one, so nothing can race. */
export function git(gitDir: string, args: readonly string[], input?: string | Uint8Array): Buffer {
  const env = { PATH: process.env.PATH, HOME: gitDir, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' }
  const done = spawnSync('git', ['--git-dir', gitDir, ...args], { env, input, maxBuffer: 1 << 30 })
  if (done.status !== 0) throw new GitError(`git ${args.join(' ')}: ${done.stderr?.toString().trim()}`)
  return done.stdout
}

export function gitText(gitDir: string, args: readonly string[], input?: string | Uint8Array): string {
  return git(gitDir, args, input).toString().trimEnd()
}

const answers = new WeakMap<Objects, Map<string, string>>()

/** The same for what is asked of objects by their ids: the answer never changes, and forks of one network share it. */
export function gitOnce(
  { gitDir, objects }: { readonly gitDir: string; readonly objects: Objects },
  args: readonly string[],
): string {
  const known = answers.get(objects) ?? new Map<string, string>()
  answers.set(objects, known)
  const key = args.join('\0')
  const answer = known.get(key) ?? gitText(gitDir, args)
  known.set(key, answer)
  return answer
}

/** The same where failing is an answer. */
export function tryGit(gitDir: string, args: readonly string[]): string | undefined {
  try {
    return gitText(gitDir, args)
  } catch (error) {
    if (error instanceof GitError) return undefined
    throw error
  }
}

/** `gitOnce` where failing is an answer; a failure is forgotten where a test goes back to what was before. */
export function tryGitOnce(
  repo: { readonly gitDir: string; readonly objects: Objects },
  args: readonly string[],
): string | undefined {
  const failed = failures.get(repo.objects) ?? new Set<string>()
  failures.set(repo.objects, failed)
  const key = args.join('\0')
  if (failed.has(key)) return undefined
  try {
    return gitOnce(repo, args)
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    failed.add(key)
    return undefined
  }
}

const failures = new WeakMap<Objects, Set<string>>()

/** Writes an object as git does, a process cheaper; `git fsck` in a test says whether it was done right. */
export function writeObject(gitDir: string, type: 'blob' | 'tree' | 'commit', bytes: Uint8Array): Oid {
  const oid = hashObject(type, bytes)
  const file = looseFile(gitDir, oid)
  if (existsSync(file)) return oid
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(
    file,
    deflateSync(Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]), { level: 1 }),
  )
  return oid
}

/** Every ref of a repository with what it points to, annotated tags not peeled, in git's order. */
export function readRefs(gitDir: string): Map<string, string> {
  const refs = new Map<string, string>()
  const packed = join(gitDir, 'packed-refs')
  if (existsSync(packed))
    for (const [, oid, name] of readFileSync(packed, 'utf8').matchAll(/^([0-9a-f]{40}) (refs\/.*)$/gm))
      refs.set(name as string, oid as string)
  const loose = readdirSync(join(gitDir, 'refs'), { recursive: true, withFileTypes: true })
  for (const entry of loose.filter((each) => each.isFile() && !each.name.endsWith('.lock'))) {
    const file = join(entry.parentPath, entry.name)
    refs.set(relative(gitDir, file), readFileSync(file, 'utf8').trim())
  }
  return new Map([...refs].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function looseFile(gitDir: string, oid: string): string {
  return join(gitDir, 'objects', oid.slice(0, 2), oid.slice(2))
}

interface RawObject {
  readonly oid: Oid
  readonly type: 'blob' | 'tree' | 'commit' | 'tag'
  readonly bytes: Buffer
}

interface TreeRow {
  readonly mode: string
  readonly type: 'blob' | 'tree' | 'commit'
  readonly oid: Oid
  readonly name: string
}

/** Reads objects of a repository, many in one go, and keeps them: they never change. */
export class Objects {
  readonly #gitDir: string
  readonly #kept = new Map<string, RawObject>()
  #borrowed: readonly string[] | undefined

  constructor(gitDir: string) {
    this.#gitDir = gitDir
  }

  /** Fetches these together, so that what follows finds them at hand. */
  load(oids: readonly string[]): void {
    const open = [...new Set(oids)].filter((oid) => /^[0-9a-f]{40}$/.test(oid) && !this.#kept.has(oid))
    const packed = open.filter((oid) => !this.#loadLoose(oid))
    if (packed.length === 0 || !this.#hasPacks()) return
    const output = git(this.#gitDir, ['cat-file', '--batch'], `${packed.join('\n')}\n`)
    for (let at = 0; at < output.length;) {
      const end = output.indexOf('\n', at)
      const [oid, type, size] = output.toString('latin1', at, end).split(' ') as [
        Oid,
        RawObject['type'],
        string,
      ]
      at = end + 1
      if (size === undefined) continue // `<oid> missing`
      this.#kept.set(oid, { oid, type, bytes: Buffer.from(output.subarray(at, at + Number(size))) })
      at += Number(size) + 1
    }
  }

  /** One that is known, or lies in a file of its own; no process is asked for it. */
  loose(oid: string): RawObject | undefined {
    if (!this.#kept.has(oid)) this.#loadLoose(oid)
    return this.#kept.get(oid)
  }

  #loadLoose(oid: string): boolean {
    const file = this.#folders()
      .map((folder) => join(folder, oid.slice(0, 2), oid.slice(2)))
      .find((each) => existsSync(each))
    if (file === undefined) return false
    const raw = inflateSync(readFileSync(file))
    const end = raw.indexOf(0)
    const [type] = raw.toString('latin1', 0, end).split(' ') as [RawObject['type']]
    this.#kept.set(oid, { oid: oid as Oid, type, bytes: raw.subarray(end + 1) })
    return true
  }

  /** Where there are none, what lies in no file of its own is nowhere. */
  #hasPacks(): boolean {
    return this.#folders().some((folder) => {
      const packs = join(folder, 'pack')
      const isAlone = !existsSync(join(folder, 'info/alternates')) || folder === join(this.#gitDir, 'objects')
      return !isAlone || (existsSync(packs) && readdirSync(packs).some((name) => name.endsWith('.pack')))
    })
  }

  /** The repository's own folder of objects and those it borrows from. */
  #folders(): readonly string[] {
    const own = join(this.#gitDir, 'objects')
    const borrowed = join(own, 'info/alternates')
    if (this.#borrowed === undefined && existsSync(borrowed))
      this.#borrowed = readFileSync(borrowed, 'utf8').split('\n').filter(Boolean)
    return [own, ...(this.#borrowed ?? [])]
  }

  /** These are not there any more: a test went back to what was before. Made again, they are what they were, and so are answers about them. */
  forget(oids: readonly string[]): void {
    for (const oid of oids) this.#kept.delete(oid)
    failures.delete(this)
  }

  get(oid: string): RawObject | undefined {
    this.load([oid])
    return this.#kept.get(oid)
  }

  commit(oid: string): Commit | undefined {
    const found = this.get(oid)
    return found?.type === 'commit' ? readCommitObject(found.oid, found.bytes) : undefined
  }

  /** What a tree holds, one level of it. */
  rows(oid: string): TreeRow[] | undefined {
    const found = this.get(oid)
    if (found?.type !== 'tree') return undefined
    const rows: TreeRow[] = []
    for (let at = 0; at < found.bytes.length;) {
      const nul = found.bytes.indexOf(0, at)
      const [mode, ...name] = found.bytes.toString('utf8', at, nul).split(' ') as [string, ...string[]]
      const child = found.bytes.toString('hex', nul + 1, nul + 21) as Oid
      const types = { '40000': 'tree', '160000': 'commit' } as const
      const type = types[mode as keyof typeof types] ?? 'blob'
      rows.push({ mode: mode.padStart(6, '0'), type, oid: child, name: name.join(' ') })
      at = nul + 21
    }
    return rows
  }

  /** What stands at a path of a tree. */
  at(tree: string, path: string): TreeRow | undefined {
    const [name, ...rest] = path.split('/')
    const row = this.rows(tree)?.find((each) => each.name === name)
    return row && rest.length ? this.at(row.oid, rest.join('/')) : row
  }
}
