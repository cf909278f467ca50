import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Repo } from './world.ts'

/** Keeps a repository as it is, objects and talk and all; what it gives back brings it to that again, as often as is wanted. */
export function snapshotOf(repo: Repo): { restore(this: void): void } {
  const folder = join(repo.gitDir, 'refs')
  const refs = textsIn(folder)
  const packed = join(repo.gitDir, 'packed-refs')
  const packedText = existsSync(packed) ? readFileSync(packed, 'utf8') : undefined
  const objects = new Set(looseObjects(repo))
  const threads = structured(repo.threads)
  const comments = structured(repo.comments)
  const lineComments = [...repo.lineComments]
  const labels = new Map(repo.labels)
  const access = new Map(repo.access)
  const checks = repo.checks.map((each) => ({ ...each, output: { ...each.output } }))
  const { archived, hasIssues } = repo
  return {
    restore: () => {
      rmSync(folder, { recursive: true })
      mkdirSync(folder)
      for (const [path, text] of refs) {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, text)
      }
      if (packedText === undefined) rmSync(packed, { force: true })
      else writeFileSync(packed, packedText)
      const newer = looseObjects(repo).filter((file) => !objects.has(file))
      for (const file of newer) rmSync(file)
      repo.objects.forget(newer.map((file) => file.split(/[\\/]/).slice(-2).join('')))
      refill(repo.threads, structured(threads))
      refill(repo.comments, structured(comments))
      repo.lineComments.splice(0, Infinity, ...lineComments)
      refill(repo.labels, labels)
      refill(repo.access, access)
      repo.checks.splice(0, Infinity, ...checks.map((each) => ({ ...each, output: { ...each.output } })))
      Object.assign(repo, { archived, hasIssues })
    },
  }
}

function textsIn(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path, readFileSync(path, 'utf8')]
    }),
  )
}

function looseObjects({ network }: Repo): readonly string[] {
  const folder = join(network, 'objects')
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{2}$/.test(name))
    .flatMap((name) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)))
}

/** Threads and comments one level down: what they hold of repositories is the repository itself. */
function structured<T extends object>(map: ReadonlyMap<number, T>): Map<number, T> {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each: unknown) => (isPlain(each) ? { ...each } : each))
    return isPlain(value) ? { ...value } : value
  }
  return new Map(
    [...map].map(([key, value]) => [
      key,
      Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copy(each)])) as T,
    ]),
  )
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function refill<K, V>(map: Map<K, V>, from: ReadonlyMap<K, V>): void {
  map.clear()
  for (const [key, value] of from) map.set(key, value)
}
