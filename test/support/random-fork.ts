import { memoryObjectStore } from './memory/memory-object-store.ts'
import { readFork, type ReadFork } from '../../src/app/repository/read-fork.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import type { Mode } from '../../src/core/model/tree.ts'
import type { ReleaseTag } from '../../src/core/model/release-tag.ts'
import type { ObjectStore } from '../../src/ports/object-store.ts'
import { historyIn, type Files } from './history.ts'
import { randomBy, type Random } from './random.ts'

/** A fork of made-up files with a made-up upstream, and the release it goes to. */
interface RandomFork {
  readonly store: ObjectStore
  readonly read: ReadFork
  readonly onto: { readonly tag: ReleaseTag; readonly commit: Oid }
}

interface Block {
  readonly id: string
  readonly lines: readonly string[]
}

/** A file, known by the path that it began with. */
interface RandomFile {
  readonly path: string
  readonly mode: Mode
  readonly isCrlf: boolean
  /** Without an end of the last line. */
  readonly isOpen: boolean
  readonly blocks: readonly Block[]
  /** Instead of blocks: what is no text. */
  readonly bytes?: string
}

type State = ReadonlyMap<string, RandomFile>

/** What a commit does to one block or file; it does nothing where that is not there. */
type Deed =
  | { readonly do: 'change'; readonly file: string; readonly to: Partial<RandomFile> }
  | { readonly do: 'bring'; readonly file: string; readonly as: RandomFile }
  | { readonly do: 'delete'; readonly file: string }
  | { readonly do: 'add'; readonly file: string; readonly after: string | undefined; readonly block: Block }
  | { readonly do: 'remove'; readonly file: string; readonly id: string }
  | {
      readonly do: 'set'
      readonly file: string
      readonly id: string
      readonly at: number
      readonly text: string
    }

/** What a fork is made of. */
interface Kinds {
  /** Files are renamed, deleted, brought, made executable, given other line ends, and some are no text. */
  readonly wholeFiles?: boolean
}

const FILES = ['roles/a/tasks/main.yml', 'roles/b/templates/b.conf.j2', 'roles/c/defaults/main.yml']

/**
 * Upstream's history over three releases, and a fork of the first one: commits of its own, picks of upstream's, corrections of
 * earlier commits, reverts, and a merge of the second release. Everything follows from the seed and the kinds.
 */
export async function randomFork(seed: number, kinds: Kinds = {}): Promise<RandomFork> {
  const random = randomBy(seed)
  const names = new Names(random, kinds)
  const store = memoryObjectStore()
  const history = historyIn(store)
  let upstream = names.start()
  const filler = Object.fromEntries(times(60, (at) => [`docs/page-${at}.md`, `page ${at}\n`]))
  // What upstream's roles hold beside tells that a branch is still Kubespray.
  const roles = Object.fromEntries(times(20, (at) => [`roles/r${at}/tasks/main.yml`, `- role: ${at}\n`]))
  const start = { ...filler, ...(kinds.wholeFiles ? roles : {}), ...rendered(upstream) }
  let tip = await history.commit('first', start, { ref: 'refs/tags/v2.8.0' })
  let own = upstream
  let head = tip
  const commits: { readonly title: string; readonly deeds: readonly Deed[] }[] = []
  const releases: { readonly tip: Oid; readonly commits: number }[] = []
  for (const tag of ['v2.9.0', 'v2.10.0']) {
    const count = 1 + random.below(4)
    for (let n = 0; n < count; n++) {
      const deeds = times(1 + random.below(3), () => names.deed(upstream, 'u'))
      const title = `Upstream does ${tag} ${n} (#${1000 + commits.length})`
      const before = upstream
      upstream = done(upstream, deeds)
      tip = await history.commit(title, changesOf(before, upstream), { parents: [tip] })
      commits.push({ title, deeds })
    }
    await history.point(`refs/tags/${tag}`, tip)
    releases.push({ tip, commits: commits.length })
  }
  const past: State[] = [own]
  let merged = false
  for (let n = 0, count = 1 + random.below(5); n < count; n++) {
    const kind = random.below(10)
    const parents = [head]
    let title = `Own work number ${n}`
    const before = own
    if (kind < 3) {
      const picked = commits[random.below(commits.length)] as (typeof commits)[number]
      own = done(own, picked.deeds)
      if (random.below(2) === 0) title = picked.title
      if (random.below(2) === 0) own = done(own, [names.deed(own, 'o')])
    } else if (kind === 3 && past.length > 1) {
      own = past.at(-2) as State
      title = 'Take the last one back'
    } else if (kind === 4 && !merged) {
      merged = true
      const release = releases[0] as (typeof releases)[number]
      own = done(
        own,
        commits.slice(0, release.commits).flatMap(({ deeds }) => deeds),
      )
      parents.push(release.tip)
      title = 'Merge v2.9.0'
    } else
      own = done(
        own,
        times(1 + random.below(3), () => names.deed(own, random.below(3) === 0 ? 'c' : 'o')),
      )
    if (own === before) continue
    past.push(own)
    const author = { name: 'Own', email: 'own@example.org' }
    head = await history.commit(title, changesOf(before, own), { parents, author })
  }
  await history.point('refs/heads/main', head)
  await history.point('refs/remotes/upstream/master', tip)
  const read = await readFork(store, { upstreamRemotes: ['upstream'], branch: 'main' })
  return { store, read, onto: { tag: 'v2.10.0' as ReleaseTag, commit: tip } }
}

/** Names that no two blocks share, and lines that many do. */
class Names {
  readonly #random: Random
  readonly #kinds: Kinds
  #count = 0

  constructor(random: Random, kinds: Kinds) {
    this.#random = random
    this.#kinds = kinds
  }

  start(): State {
    const files = new Map(FILES.map((file) => [file, this.#file(file)]))
    if (!this.#kinds.wholeFiles) return files
    const shell = this.#file('scripts/run.sh')
    return new Map([
      ...files,
      ['scripts/run.sh', { ...shell, isOpen: this.#random.below(2) === 0 }],
      ['docs/windows.md', { ...this.#file('docs/windows.md'), isCrlf: true }],
      ['files/tool.bin', { ...this.#file('files/tool.bin'), blocks: [], bytes: this.#word() }],
    ])
  }

  #file(path: string): RandomFile {
    return {
      ...{ path, mode: '100644' as const, isCrlf: false, isOpen: false },
      blocks: path.endsWith('.bin') ? [] : times(6, () => this.block(path, 'u')),
    }
  }

  block(file: string, side: string): Block {
    const id = `${side}${this.#count++}`
    const condition = `cond_${this.#random.below(3)}`
    if (file.endsWith('.j2'))
      return { id, lines: [`{% if ${condition} %}`, `option_${id} = ${this.#word()}`, '{% endif %}'] }
    if (file.endsWith('.sh'))
      return { id, lines: [`if is_${condition}; then`, `  run_${id} --with=${this.#word()}`, 'fi'] }
    if (file.endsWith('.md')) return { id, lines: [`About ${id} there is ${this.#word()} to say.`] }
    if (file.includes('defaults')) return { id, lines: [`setting_${id}: ${this.#word()}`] }
    return {
      id,
      lines: [
        `- name: Task ${id} does it`,
        `  command: run-${this.#word()} --${id}`,
        `  when: ${condition}`,
        '  become: true',
      ],
    }
  }

  /** Of `c` (a correction) only what an own commit put in is touched, where there is something. */
  deed(state: State, side: 'u' | 'o' | 'c'): Deed {
    if (this.#kinds.wholeFiles && this.#random.below(3) === 0) return this.#fileDeed(state, side)
    const texts = this.#kinds.wholeFiles ? [...FILES, 'scripts/run.sh', 'docs/windows.md'] : FILES
    const file = texts[this.#random.below(texts.length)] as string
    const all = state.get(file)?.blocks ?? []
    const own = all.filter(({ id }) => id.startsWith('o'))
    const blocks = side === 'c' && own.length > 0 ? own : all
    const target = blocks[this.#random.below(Math.max(1, blocks.length))]
    const kind = this.#random.below(10)
    if (!target || kind < 4)
      return { do: 'add', file, after: target?.id, block: this.block(file, side === 'u' ? 'u' : 'o') }
    if (kind < 6) return { do: 'remove', file, id: target.id }
    const at = target.lines.length > 1 ? 1 : 0
    const line = target.lines[at] ?? ''
    const text = line.replace(/(run-|= |: )\w+/, (_, sign: string) => `${sign}${this.#word()}`)
    return { do: 'set', file, id: target.id, at, text }
  }

  #fileDeed(state: State, side: 'u' | 'o' | 'c'): Deed {
    const ids = [...state.keys()]
    const file = ids[this.#random.below(ids.length)] as string
    const { path, mode, isCrlf, isOpen, bytes } = state.get(file) as RandomFile
    const kind = this.#random.below(8)
    if (kind === 0 && ids.length > 4) return { do: 'delete', file }
    if (kind <= 2) {
      const name = `${side}${this.#count++}`
      const to = kind === 1 ? path.replace(/([^/]*)$/, `${name}-$1`) : `moved-${name}/${path}`
      return { do: 'change', file, to: { path: to } }
    }
    if (kind === 3) return { do: 'change', file, to: { mode: mode === '100644' ? '100755' : '100644' } }
    if (kind === 4 || bytes !== undefined) {
      const made = `files/made-${side}${this.#count++}.bin`
      if (bytes !== undefined && kind !== 4) return { do: 'change', file, to: { bytes: this.#word() } }
      return { do: 'bring', file: made, as: { ...this.#file(made), bytes: this.#word() } }
    }
    if (kind === 5) return { do: 'change', file, to: { isCrlf: !isCrlf } }
    if (kind === 6) return { do: 'change', file, to: { isOpen: !isOpen } }
    const made = `scripts/made-${side}${this.#count++}.sh`
    const blocks = times(3, () => this.block(made, side === 'u' ? 'u' : 'o'))
    return { do: 'bring', file: made, as: { ...this.#file(made), mode: '100755', blocks } }
  }

  #word(): string {
    return `word${this.#random.below(100_000)}`
  }
}

function done(state: State, deeds: readonly Deed[]): State {
  let next = state
  for (const deed of deeds) next = withDeed(next, deed) ?? next
  return next
}

function withDeed(state: State, deed: Deed): State | undefined {
  const file = state.get(deed.file)
  if (deed.do === 'bring') return file ? undefined : new Map([...state, [deed.file, deed.as]])
  if (!file) return undefined
  if (deed.do === 'delete') return new Map([...state].filter(([id]) => id !== deed.file))
  if (deed.do === 'change') {
    const isSo = Object.entries(deed.to).every(([key, value]) => file[key as keyof RandomFile] === value)
    return isSo ? undefined : new Map([...state, [deed.file, { ...file, ...deed.to }]])
  }
  const blocks = changedBlocks(file.blocks, deed)
  return blocks && new Map([...state, [deed.file, { ...file, blocks }]])
}

function changedBlocks(
  blocks: readonly Block[],
  deed: Extract<Deed, { do: 'add' | 'remove' | 'set' }>,
): readonly Block[] | undefined {
  if (deed.do === 'add') {
    if (blocks.some(({ id }) => id === deed.block.id)) return undefined
    const at = blocks.findIndex(({ id }) => id === deed.after) + 1
    return [...blocks.slice(0, at), deed.block, ...blocks.slice(at)]
  }
  const target = blocks.find(({ id }) => id === deed.id)
  if (!target) return undefined
  if (deed.do === 'remove') return blocks.length > 1 ? blocks.filter((block) => block !== target) : undefined
  if (target.lines[deed.at] === deed.text) return undefined
  const set = { ...target, lines: target.lines.map((line, at) => (at === deed.at ? deed.text : line)) }
  return blocks.map((block) => (block === target ? set : block))
}

/** What is to be committed: of a path that is no more, nothing. */
function changesOf(before: State, after: State): Files {
  const is = rendered(after)
  const gone = Object.keys(rendered(before)).filter((path) => !(path in is))
  return { ...Object.fromEntries(gone.map((path) => [path, undefined])), ...is }
}

function rendered(state: State): Files {
  return Object.fromEntries(
    [...state.values()].map((file) => {
      const content =
        file.bytes === undefined ? textOf(file) : Buffer.from(`\0\x01${file.bytes}\xff`, 'latin1')
      return [file.path, file.mode === '100644' ? content : { mode: file.mode, content }]
    }),
  )
}

function textOf({ path, blocks, isCrlf, isOpen }: RandomFile): string {
  const gap = path.includes('tasks') ? '\n' : ''
  const text = blocks.map(({ lines }) => lines.map((line) => `${line}\n`).join('')).join(gap)
  const closed = isOpen ? text.replace(/\n$/, '') : text
  return isCrlf ? closed.replaceAll('\n', '\r\n') : closed
}

function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at))
}
