import { defined } from '../../src/core/model/defined.ts'
import { blobOid, type Oid } from '../../src/core/model/oid.ts'
import type { Entry, Mode, Tree } from '../../src/core/model/tree.ts'
import type { FileOutcome } from '../../src/core/model/verdict.ts'
import { accountFor, type Account } from '../../src/core/series/account/account.ts'
import type { CarriedPatch } from '../../src/core/series/carried-series.ts'
import type { LeftOut } from '../../src/core/series/series.ts'
import { carriedPatch } from './pull-request.ts'

/** A file's text or bytes, or an entry of another mode. */
type Content = string | Uint8Array | { readonly mode: Mode; readonly content: string }
type Files = Readonly<Record<string, Content>>

export interface Told {
  /** What became of files, all of one patch. */
  readonly files?: readonly (Partial<FileOutcome> & Pick<FileOutcome, 'path' | 'verdict'>)[]
  /** The files as a patch would have made them that a person dropped. */
  readonly dropped?: Files
  /** A recipe made the patch anew. */
  readonly remade?: CarriedPatch['remade']
}

/** The account of four versions of some files. The one patch did all that lies between base and head. */
export function accountOf(
  versions: { readonly base: Files; readonly head: Files; readonly release: Files; readonly result: Files },
  { files = [], dropped = {}, remade }: Told = {},
): Account {
  const blobs = new Map<Oid, Uint8Array>()
  const tree = (from: Files): Tree =>
    new Map(
      Object.entries(from).map(([path, given]): [string, Entry] => {
        const { mode, content } =
          typeof given === 'object' && 'mode' in given ? given : { mode: '100644' as const, content: given }
        const bytes = Buffer.from(content as string)
        const oid = blobOid(bytes)
        blobs.set(oid, bytes)
        return [path, { mode, oid }]
      }),
    )
  const [base, head, release, result] = [versions.base, versions.head, versions.release, versions.result].map(
    tree,
  ) as [Tree, Tree, Tree, Tree]
  const would = tree(dropped)
  const leftOut: LeftOut[] = [
    {
      ...{ commit: blobOid(Buffer.from('dropped')), title: 'A dropped patch', why: 'dropped' },
      changes: [...would].map(([path, after]) => ({ path, before: base.get(path), after })),
    },
  ]
  const carried = carriedPatch('1', { title: 'The patch', verdict: 'adapted', files: [...files] })
  const paths = new Set([...base.keys(), ...head.keys()])
  const changes = [...paths]
    .map((path) => ({ path, before: base.get(path), after: head.get(path) }))
    .filter(({ before, after }) => before?.oid !== after?.oid || before?.mode !== after?.mode)
  const patches = [{ ...carried, ...defined({ remade }), patch: { ...carried.patch, changes } }]
  return accountFor({ base, head, release, result, patches, leftOut }, blobs)
}

/** Versions of one file as words; the release is the base unless told. */
export interface Words {
  readonly base: string
  readonly head: string
  readonly release?: string
  readonly result: string
  readonly told?: Told
}

/** The account of one file, whose texts are made of words. */
export function accountOfWords(
  { base, head, release = base, result, told }: Words,
  path: string,
  text: (words: string) => string,
): Account {
  const file = (words: string): Files => ({ [path]: text(words) })
  return accountOf({ base: file(base), head: file(head), release: file(release), result: file(result) }, told)
}

/** Where each line has come to: `+text result 3`, `-text release`, with its form where that is another. */
export function placed({ lines }: Account): readonly string[] {
  return lines.map(({ side, text, place }) => {
    const { at, ...more } = place
    const said = Object.values(more).map((value) => String(value).trim())
    return [`${side === 'added' ? '+' : '-'}${text.trim()}`, at, ...said].join(' ')
  })
}

/** What has no place: `lost file: text`. */
export function named({ unplaced }: Account): readonly string[] {
  return unplaced.map(({ kind, file, text }) => `${kind} ${file}: ${text.trim()}`)
}
