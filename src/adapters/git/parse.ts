import type { Commit, LoggedCommit, PathChange, Signature } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Entry, Mode } from '../../core/model/tree.ts'

/** One row of a tree object: a file, or a folder (`undefined` mode) with the id of its own tree. */
export interface TreeRow {
  readonly name: string
  readonly mode: Mode | undefined
  readonly oid: Oid
  /** The mode is an old one, and would be written otherwise. */
  readonly isOld: boolean
}

/** Reads a tree object (`mode SP name NUL 20 bytes`, again and again). */
export function parseTree(bytes: Buffer): TreeRow[] {
  const rows: TreeRow[] = []
  let at = 0
  while (at < bytes.length) {
    const space = bytes.indexOf(32, at)
    const nul = bytes.indexOf(0, space)
    const given = bytes.toString('latin1', at, space)
    const mode = readMode(given)
    rows.push({
      name: bytes.toString('utf8', space + 1, nul),
      ...{ mode, isOld: mode !== undefined && mode !== given },
      oid: bytes.toString('hex', nul + 1, nul + 21) as Oid,
    })
    at = nul + 21
  }
  return rows
}

/** Old trees hold modes such as 100664; git reads them as plain or executable too. */
function readMode(mode: string): Mode | undefined {
  if (mode === '40000') return undefined
  if (mode === '120000' || mode === '160000') return mode
  return (parseInt(mode, 8) & 0o100) === 0 ? '100644' : '100755'
}

/** Reads a commit object. */
export function parseCommit(oid: Oid, bytes: Buffer): Commit {
  const text = bytes.toString('utf8')
  const split = text.indexOf('\n\n')
  const head = split < 0 ? text : text.slice(0, split)
  const fields = new Map<string, string>()
  const parents: Oid[] = []
  for (const line of head.split('\n')) {
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
    message: split < 0 ? '' : text.slice(split + 2),
  }
}

/** `Name <mail> 1700000000 +0100`. */
function parseSignature(text: string): Signature {
  const match = /^(.*?) ?<([^>]*)> (\d+) ([+-]\d{4})$/.exec(text)
  if (!match) return { name: text, email: '', time: 0, zone: '+0000' }
  return {
    name: match[1] as string,
    email: match[2] as string,
    time: Number(match[3]),
    zone: match[4] as string,
  }
}

/** A signature as git writes it into a commit. */
export function formatSignature({ name, email, time, zone }: Signature): string {
  const plain = (text: string): string => text.replace(/[<>\n\0]/g, '')
  return `${plain(name)} <${plain(email)}> ${time} ${zone}`
}

/** The format for `git log -z --raw` that `parseLog` reads; \x01 starts a commit, \x02 ends its head. */
export const LOG_FORMAT = '%x01%H%n%P%n%an%n%ae%n%ad%n%cn%n%ce%n%cd%n%B%x02'

/** Reads the output of `git log -z --raw --no-renames --no-abbrev --date=raw` with `LOG_FORMAT`. */
export function parseLog(output: Buffer): LoggedCommit[] {
  const commits: LoggedCommit[] = []
  const paths = new Map<string, string>() // one string a path, not one a change
  for (const chunk of output.toString('utf8').split('\x01').slice(1)) {
    const end = chunk.indexOf('\x02')
    const [oid, parents, an, ae, ad, cn, ce, cd, ...message] = chunk.slice(0, end).split('\n')
    commits.push({
      oid: oid as Oid,
      parents: (parents ? parents.split(' ') : []) as Oid[],
      author: signature(an, ae, ad),
      committer: signature(cn, ce, cd),
      message: message.join('\n'),
      changes: parseRaw(chunk.slice(end + 1), paths),
    })
  }
  return commits
}

function signature(name = '', email = '', date = '0 +0000'): Signature {
  const [time, zone] = date.split(' ')
  return { name, email, time: Number(time), zone: zone ?? '+0000' }
}

function parseRaw(raw: string, paths: Map<string, string>): PathChange[] {
  const changes: PathChange[] = []
  const fields = raw.split('\0')
  for (let i = 0; i < fields.length; i++) {
    const head = (fields[i] as string).trimStart()
    if (!head.startsWith(':')) continue
    const [before, after, from, to] = head.slice(1).split(' ') as [string, string, Oid, Oid]
    const path = fields[++i] as string
    let known = paths.get(path)
    if (known === undefined) paths.set(path, (known = path))
    changes.push({ path: known, before: entry(before, from), after: entry(after, to) })
  }
  return changes
}

function entry(mode: string, oid: Oid): Entry | undefined {
  return mode === '000000' ? undefined : { mode: readMode(mode) as Mode, oid }
}
