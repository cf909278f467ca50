import { isUtf8 } from '../is-utf8.ts'
import type { Commit, Signature } from '../commit.ts'
import { hashObject, type Oid } from '../oid.ts'

/** A commit object as git stores it, ready to hash or write. Throws where a name or date would break its form. */
export function commitObject(commit: Omit<Commit, 'oid'>): { readonly oid: Oid; readonly bytes: Uint8Array } {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signatureLine(commit.author)}`,
    `committer ${signatureLine(commit.committer)}`,
  ]
  const bytes = Buffer.from(`${lines.join('\n')}\n\n${commit.message}`)
  return { oid: hashObject('commit', bytes), bytes }
}

/**
 * Reads a commit object's bytes; headers we have no use for (signatures, merge tags) are passed over.
 * A message in another encoding than UTF-8 is decoded as its `encoding` header says.
 */
export function readCommitObject(oid: Oid, bytes: Uint8Array): Commit {
  const end = endOfHead(bytes)
  const head = decode(bytes.subarray(0, end), undefined).split('\n')
  const values = (key: string) =>
    head.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1))
  const [tree] = values('tree')
  const [author] = values('author')
  const [committer] = values('committer')
  if (!tree || !author || !committer) throw new Error(`commit ${oid} lacks a tree, an author or a committer`)
  const [encoding] = values('encoding')
  return {
    oid,
    tree: tree as Oid,
    parents: values('parent') as Oid[],
    author: readSignature(author),
    committer: readSignature(committer),
    message: decode(bytes.subarray(end + 2), encoding),
  }
}

function signatureLine({ name, email, time, zone }: Signature): string {
  if (/[<>\n\0]/.test(name + email)) throw new Error(`a name or address that git cannot store: ${name}`)
  if (!Number.isSafeInteger(time) || !/^[+-]\d{4}$/.test(zone))
    throw new Error(`no git date: ${time} ${zone}`)
  return `${name} <${email}> ${time} ${zone}`
}

/** Old histories hold signatures without a name or date; what is missing reads as empty or as zero. */
function readSignature(line: string): Signature {
  const open = line.indexOf('<')
  const close = line.lastIndexOf('>')
  const [, time = '0', zone = '+0000'] = /^\s*(-?\d+)(?:\s+([+-]\d{4}))?/.exec(line.slice(close + 1)) ?? []
  return {
    name: line.slice(0, Math.max(open, 0)).trimEnd(),
    email: line.slice(open + 1, Math.max(close, open + 1)),
    time: Number(time),
    zone,
  }
}

/** Where the empty line begins that parts head from message. */
function endOfHead(bytes: Uint8Array): number {
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\n\n')
  return end < 0 ? bytes.length : end
}

/** Text of a commit: UTF-8, or what its header says. What is neither is read byte for byte, so that none is lost. */
export function decode(bytes: Uint8Array, encoding: string | undefined): string {
  if (encoding === undefined)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
      isUtf8(bytes) ? 'utf8' : 'latin1',
    )
  try {
    return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1') // an encoding nobody knows: every byte stays readable
  }
}
