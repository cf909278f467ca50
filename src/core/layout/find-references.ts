import { defined } from '../model/defined.ts'
import type { PinTarget, TextRange } from './layout.ts'
import { expressionAt } from './read-expression.ts'

/** A place of a text that reaches Kubespray: its image, its repository, its collection. */
export interface Reference extends TextRange {
  readonly reaches: PinTarget
  /** Whether it is upstream's, and not somebody's fork. */
  readonly isUpstreams: boolean
  /** Where the version stands that is part of it: an image's tag, the ref in a URL. */
  readonly ref?: TextRange
  readonly digest?: TextRange
}

/** A variable that holds a reference without a version, `KUBESPRAY_REPO=https://…`: what uses it reaches Kubespray too. */
export type Carriers = ReadonlyMap<string, Pick<Reference, 'reaches' | 'isUpstreams'>>

export function findReferences(text: string, carriers: Carriers = new Map()): readonly Reference[] {
  return [...images(text), ...repositories(text), ...collections(text), ...carried(text, carriers)].sort(
    (a, b) => a.start - b.start,
  )
}

function* images(text: string): Generator<Reference> {
  for (const match of text.matchAll(/(?:[\w.-]{1,100}(?::\d{2,5})?\/){0,6}kubespray\/kubespray(?![\w/-])/g)) {
    const [name] = match
    const { index } = match
    const before = text.slice(Math.max(0, index - 3), index)
    if (/github(?:usercontent)?\.com/.test(name) || /[\w.@-]$/.test(before)) continue
    // A folder of that name, as volumes have it; a registry may be a variable, or stand behind `docker://`.
    if (/(?:^|[^/])\/$/.test(before) && !/[})]\/$/.test(before)) continue
    if (name.startsWith('.') || /git@|\.git\b/.test(text.slice(index + name.length, index + name.length + 5)))
      continue
    const found = withTag(text, index, index + name.length)
    if (found.ref === undefined && found.digest === undefined && !/^[\w-]+\.[\w.-]+[/:]/.test(name)) continue
    yield { ...found, reaches: 'image', isUpstreams: true }
  }
}

function withTag(
  text: string,
  start: number,
  nameEnd: number,
): TextRange & Pick<Reference, 'ref' | 'digest'> {
  let end = nameEnd
  let ref: TextRange | undefined
  if (text[end] === ':') {
    const tag = expressionAt(text, end + 1)
    if (tag.end > tag.start) [ref, end] = [tag, tag.end]
  }
  const digest = /^@sha256:[0-9a-f]{64}/.exec(text.slice(end, end + 80))?.[0]
  const digestRange = digest === undefined ? undefined : { start: end + 1, end: end + digest.length }
  return {
    start,
    end: digestRange?.end ?? end,
    ...defined({ ref, digest: digestRange }),
  }
}

const REPOSITORY =
  /(?:\b(?:(?:api\.|codeload\.|raw\.)?github\.com|raw\.githubusercontent\.com)(?:\/repos|:443)?[/:]|(?<![\w./:@$})-]))([A-Za-z0-9][\w.-]{0,60})\/(kubespray|kargo)(?:\.git)?(?![\w-])/g

const UPSTREAM = /^(?:kubernetes-sigs|kubernetes-incubator|kubespray)$/i

function* repositories(text: string): Generator<Reference> {
  for (const match of text.matchAll(REPOSITORY)) {
    const [whole, owner = ''] = match
    const isUrl = /github/.test(whole)
    const isUpstreams = UPSTREAM.test(owner)
    // Without a host it may be a folder (`ansible/kubespray`) or an image: only upstream's own name is known by itself.
    if (!isUrl && !/^kubernetes-(?:sigs|incubator)$/i.test(owner)) continue
    yield { ...withPath(text, match.index, match.index + whole.length), isUpstreams }
  }
}

/** What comes behind a repository's address, with where the ref begins. `blob` and `tree` are read by people, and name no version that is run. */
const BEHIND: readonly (readonly [PinTarget | 'read-only', RegExp])[] = [
  [
    'archive',
    /^\/archive\/|^\/(?:tarball|zipball)\/|^\/(?:legacy\.)?(?:tar\.gz|zip)\/|^\/releases\/download\//,
  ],
  ['raw', /^\/raw\//],
  ['page', /^\/releases\/tag\//],
  ['read-only', /^\/(?:blob|tree|issues|pull|wiki|releases|compare|commit|discussions)\b/],
]

function withPath(text: string, start: number, end: number): Omit<Reference, 'isUpstreams'> {
  const behind = text.slice(end, end + 40)
  if (/raw\.githubusercontent\.com|raw\.github\.com/.test(text.slice(start, end)) && behind.startsWith('/'))
    return at(text, start, end + 1, 'raw')
  for (const [reaches, form] of BEHIND) {
    const found = form.exec(behind)?.[0]
    if (found === undefined) continue
    if (reaches === 'read-only') return { start, end, reaches: 'page' }
    return at(text, start, end + found.length, reaches)
  }
  const query = /^(?:\/\/[\w./-]*|\/[\w./-]*)?\?ref=/.exec(text.slice(end, end + 120))?.[0]
  if (query !== undefined) return at(text, start, end + query.length, 'clone')
  // pip and Galaxy write `@ref` and `,ref`; builds write `#ref`, as links write headings.
  const mark = /^[@,](?=[\w${])|^#(?=v?\d|\$|\{\{|master\b|release-\d)/.exec(behind)?.[0]
  if (mark !== undefined) return at(text, start, end + 1, mark === ',' ? 'collection' : 'clone')
  return { start, end, reaches: 'clone' }
}

function at(
  text: string,
  start: number,
  refStart: number,
  reaches: PinTarget,
): Omit<Reference, 'isUpstreams'> {
  const ref = expressionAt(text, refStart)
  return ref.end > ref.start ? { start, end: ref.end, reaches, ref } : { start, end: refStart, reaches }
}

function* collections(text: string): Generator<Reference> {
  for (const match of text.matchAll(/(?<![\w.])kubernetes_sigs\.kubespray(?![\w.])/g)) {
    const end = match.index + match[0].length
    const mark = /^(?:==|[:,])(?=[\w${])/.exec(text.slice(end, end + 4))?.[0] ?? ''
    const found = { start: match.index, end, reaches: 'collection' as const, isUpstreams: true }
    if (mark === '') yield found
    else yield { ...at(text, match.index, end + mark.length, 'collection'), isUpstreams: true }
  }
}

/** Uses of the variables that hold a reference: `$X`, `${X}`, `$(X)`, `{{ X }}`, with a tag or a path behind them. */
function* carried(text: string, carriers: Carriers): Generator<Reference> {
  if (carriers.size === 0) return
  for (const match of text.matchAll(
    /\$\{\{\s*(?:[\w-]+\.)*([\w-]+)\s*\}\}|\$\{(?:var\.|local\.)?(\w+)\}|\$\(([\w.-]+)\)|\$\$?(\w+)|\{\{-?\s*\.?([\w.]+)\s*-?\}\}/g,
  )) {
    const name = match.slice(1).find((each) => each !== undefined) ?? ''
    const carrier = carriers.get(name)
    if (!carrier) continue
    const start = match.index
    const end = start + match[0].length
    if (carrier.reaches === 'image')
      yield { ...withTag(text, start, end), reaches: 'image', isUpstreams: carrier.isUpstreams }
    else {
      const found = withPath(text, start, end + (text.startsWith('.git', end) ? 4 : 0))
      yield { ...found, isUpstreams: carrier.isUpstreams }
    }
  }
}
