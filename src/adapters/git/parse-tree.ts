import type { Commit, LoggedCommit, PathChange, Signature } from '../../core/model/commit.ts'
import { decode } from '../../core/model/bytes/commit-object.ts'
import type { Oid } from '../../core/model/oid.ts'
import { pathOfBytes } from '../../core/model/parent-of.ts'
import type { Entry, Mode } from '../../core/model/tree.ts'

/** One row of a tree object: a file, or a folder (`undefined` mode) with the id of its own tree. */
export interface TreeRow {
  readonly name: string
  readonly mode: Mode | undefined
  readonly oid: Oid
  /** The mode is an old one, and would be written otherwise. */
  readonly isOld: boolean
}

/** Reads a tree object (`mode SP name NUL 20 bytes`, again and again). Throws where it is none, or names something twice. */
export function parseTree(bytes: Buffer): TreeRow[] {
  const rows: TreeRow[] = []
  let at = 0
  while (at < bytes.length) {
    const space = bytes.indexOf(32, at)
    const nul = space < 0 ? -1 : bytes.indexOf(0, space)
    const given = bytes.toString('latin1', at, Math.max(space, at))
    if (nul < 0 || nul + 21 > bytes.length || !/^[0-7]+$/.test(given)) throw new Error('it is cut off')
    const { mode, written } = readMode(given)
    rows.push({
      name: pathOfBytes(bytes.subarray(space + 1, nul)),
      mode,
      isOld: written !== given,
      oid: bytes.toString('hex', nul + 1, nul + 21) as Oid,
    })
    at = nul + 21
  }
  if (new Set(rows.map(({ name }) => name)).size < rows.length)
    throw new Error('it has two entries of one name')
  return rows
}

const KIND = 0o170000

/**
 * Modes are numbers, as git reads them (`canon_mode`): `040000` is a folder too, and old trees hold 100664 and the like. `written` is
 * what git writes today.
 */
function readMode(given: string): { readonly mode: Mode | undefined; readonly written: string } {
  const number = parseInt(given, 8)
  switch (number & KIND) {
    case 0o040000:
      return { mode: undefined, written: '40000' }
    case 0o100000:
      return sameBoth((number & 0o100) === 0 ? '100644' : '100755')
    case 0o120000:
      return sameBoth('120000')
    default:
      return sameBoth('160000')
  }
}

function sameBoth(mode: Mode): { readonly mode: Mode; readonly written: string } {
  return { mode, written: mode }
}

/** Reads a commit object. */
export function parseCommit(oid: Oid, bytes: Buffer): Commit {
  const split = bytes.indexOf('\n\n')
  const head = split < 0 ? bytes : bytes.subarray(0, split)
  const fields = new Map<string, string>()
  const parents: Oid[] = []
  for (const line of linesOf(head)) {
    const space = line.indexOf(' ')
    const key = line.slice(0, space)
    if (key === 'parent') parents.push(line.slice(space + 1) as Oid)
    else if (key && !fields.has(key)) fields.set(key, line.slice(space + 1))
  }
  return {
    oid,
    tree: fields.get('tree') as Oid,
    parents,
    author: parseSignature(fields.get('author') ?? ''),
    committer: parseSignature(fields.get('committer') ?? ''),
    message: split < 0 ? '' : decode(bytes.subarray(split + 2), fields.get('encoding')),
  }
}

/** The lines of a head, each read by itself: a name in another encoding leaves the others as they are. */
function linesOf(head: Buffer): readonly string[] {
  const encoding = /^encoding (.+)$/m.exec(head.toString('latin1'))?.[1]
  const lines: string[] = []
  for (let at = 0; at <= head.length;) {
    const found = head.indexOf(10, at)
    const end = found < 0 ? head.length : found
    lines.push(decode(head.subarray(at, end), encoding))
    at = end + 1
  }
  return lines
}

/** `Name <mail> 1700000000 +0100`. */
function parseSignature(text: string): Signature {
  const close = text.lastIndexOf('>')
  const open = text.indexOf('<', text.slice(0, Math.max(close, 0)).lastIndexOf('>') + 1)
  const [, time, zone] = /^> (\d+) ([+-]\d{4})$/.exec(text.slice(Math.max(close, 0))) ?? []
  if (time === undefined || zone === undefined || open < 0 || open > close)
    return { name: text, email: '', time: 0, zone: '+0000' }
  const name = text.slice(0, open)
  return {
    name: name.endsWith(' ') ? name.slice(0, -1) : name,
    email: text.slice(open + 1, close),
    time: Number(time),
    zone,
  }
}

/** A signature as git writes it into a commit. */
export function formatSignature({ name, email, time, zone }: Signature): string {
  const plain = (text: string): string => text.replace(/[<>\n\0]/g, '')
  return `${plain(name)} <${plain(email)}> ${time} ${zone}`
}

/**
 * The format of commits that `parseLog` reads. Fields end with NUL, the one byte that neither a commit's text nor a path can hold:
 * git ends them there.
 */
export const LOG_FORMAT = ['%H', '%P', '%an', '%ae', '%ad', '%cn', '%ce', '%cd', '%B'].join('%x00')

/** Reads what git prints of commits with `-z --raw --no-renames --no-abbrev --date=raw` and `LOG_FORMAT`. */
export function parseLog(output: Buffer): LoggedCommit[] {
  const commits: LoggedCommit[] = []
  const paths = new Map<string, string>() // one string a path, not one a change
  const fields = new Fields(output)
  while (!fields.atEnd()) {
    const [oid, parents] = [fields.text(), fields.text()]
    const author = signature(fields.text(), fields.text(), fields.text())
    const committer = signature(fields.text(), fields.text(), fields.text())
    const message = fields.text()
    commits.push({
      oid: oid as Oid,
      parents: (parents ? parents.split(' ') : []) as Oid[],
      author,
      committer,
      message,
      changes: readChanges(fields, paths),
    })
  }
  return commits
}

/** What NUL ends, one after another. */
class Fields {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  atEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  next(): Buffer {
    const end = this.#bytes.indexOf(0, this.#at)
    if (end < 0) throw new Error('git ended in the middle of a commit')
    const field = this.#bytes.subarray(this.#at, end)
    this.#at = end + 1
    return field
  }

  text(): string {
    return decode(this.next(), undefined)
  }

  /** Passes over a byte where it stands here. */
  skip(byte: number): boolean {
    if (this.#bytes[this.#at] !== byte) return false
    this.#at++
    return true
  }
}

function signature(name: string, email: string, date: string): Signature {
  const [time, zone] = date.split(' ')
  return { name, email, time: Number(time ?? 0), zone: zone ?? '+0000' }
}

const NEWLINE = 10
const COLON = 58

/** Rows as `:100644 100755 <id> <id> M`, each with its path behind; a commit's own fields never begin like that. */
function readChanges(fields: Fields, paths: Map<string, string>): PathChange[] {
  const changes: PathChange[] = []
  fields.skip(NEWLINE)
  while (fields.skip(COLON)) {
    const [before, after, from, to] = fields.text().split(' ') as [string, string, Oid, Oid]
    const path = pathOfBytes(fields.next())
    let known = paths.get(path)
    if (known === undefined) paths.set(path, (known = path))
    changes.push({ path: known, before: entry(before, from), after: entry(after, to) })
  }
  return changes
}

function entry(mode: string, oid: Oid): Entry | undefined {
  const read = mode === '000000' ? undefined : readMode(mode).mode
  return read && { mode: read, oid }
}
