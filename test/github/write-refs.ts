import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { readRefs } from './git.ts'

/** What a ref is set to where it is taken away. */
export const ZERO = '0'.repeat(40)

/**
 * Moves refs, all or none, as `git update-ref` does and a process cheaper: nobody else writes here while a request is answered.
 * `false` where one would have to be a file and a folder at a time, or change from one to the other.
 */
export function writeRefs(gitDir: string, moves: ReadonlyMap<string, string>): boolean {
  const names = new Set(readRefs(gitDir).keys())
  for (const [name, oid] of moves) {
    if (oid === ZERO) continue
    if (foldersOf(name).some((folder) => names.has(folder))) return false
    if ([...names].some((each) => each.startsWith(`${name}/`))) return false
    names.add(name)
  }
  const gone = new Set([...moves].filter(([, oid]) => oid === ZERO).map(([name]) => name))
  if (gone.size > 0) takeAway(gitDir, gone)
  for (const [name, oid] of moves) if (oid !== ZERO) writeRef(join(gitDir, name), oid)
  return true
}

/** `refs/heads/a/b` lies in `refs`, `refs/heads` and `refs/heads/a`. */
function foldersOf(name: string): readonly string[] {
  const parts = name.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}

function writeRef(file: string, oid: string): void {
  mkdirSync(dirname(file), { recursive: true })
  removeEmpty(file)
  writeFileSync(`${file}.lock`, `${oid}\n`)
  renameSync(`${file}.lock`, file)
}

/** Folders that once held refs stand in the way of one of their name. */
function removeEmpty(path: string): void {
  if (!existsSync(path)) return
  const entries = readdirSync(dirname(path), { withFileTypes: true })
  if (!entries.find(({ name }) => path.endsWith(`/${name}`))?.isDirectory()) return
  for (const name of readdirSync(path)) removeEmpty(join(path, name))
  rmdirSync(path)
}

function takeAway(gitDir: string, names: ReadonlySet<string>): void {
  const packed = join(gitDir, 'packed-refs')
  if (existsSync(packed)) {
    const text = readFileSync(packed, 'utf8')
    // A line of `^` and an id tells what the tag above it points to.
    const rest = text.replace(/^[0-9a-f]{40} (refs\/.*)\n(?:\^.*\n)?/gm, (entry, name: string) =>
      names.has(name) ? '' : entry,
    )
    if (rest !== text) writeFileSync(packed, rest)
  }
  for (const name of names) rmSync(join(gitDir, name), { force: true })
}
