import { memoryObjectStore } from './memory/memory-object-store.ts'
import { readFork, type ReadFork } from '../../src/app/repository/read-fork.ts'
import type { Oid } from '../../src/core/model/oid.ts'
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

type State = ReadonlyMap<string, readonly Block[]>

/** What a commit does to one block; it does nothing where the block is not there. */
type Deed =
  | { readonly do: 'add'; readonly file: string; readonly after: string | undefined; readonly block: Block }
  | { readonly do: 'remove'; readonly file: string; readonly id: string }
  | {
      readonly do: 'set'
      readonly file: string
      readonly id: string
      readonly at: number
      readonly text: string
    }

const FILES = ['roles/a/tasks/main.yml', 'roles/b/templates/b.conf.j2', 'roles/c/defaults/main.yml']

/**
 * Upstream's history over three releases, and a fork of the first one: commits of its own, picks of upstream's, corrections of
 * earlier commits, reverts, and a merge of the second release. Everything follows from the seed.
 */
export async function randomFork(seed: number): Promise<RandomFork> {
  const random = randomBy(seed)
  const names = new Names(random)
  const store = memoryObjectStore()
  const history = historyIn(store)
  let upstream: State = new Map(FILES.map((file) => [file, times(6, () => names.block(file, 'u'))]))
  const filler = Object.fromEntries(times(60, (at) => [`docs/page-${at}.md`, `page ${at}\n`]))
  let tip = await history.commit('first', { ...filler, ...rendered(upstream) }, { ref: 'refs/tags/v2.8.0' })
  let own = upstream
  let head = tip
  const commits: { readonly title: string; readonly deeds: readonly Deed[] }[] = []
  const releases: { readonly tip: Oid; readonly commits: number }[] = []
  for (const tag of ['v2.9.0', 'v2.10.0']) {
    const count = 1 + random.below(4)
    for (let n = 0; n < count; n++) {
      const deeds = times(1 + random.below(3), () => names.deed(upstream, 'u'))
      const title = `Upstream does ${tag} ${n} (#${1000 + commits.length})`
      upstream = done(upstream, deeds)
      tip = await history.commit(title, rendered(upstream), { parents: [tip] })
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
    head = await history.commit(title, rendered(own), { parents, author })
  }
  await history.point('refs/heads/main', head)
  await history.point('refs/remotes/upstream/master', tip)
  const read = await readFork(store, { upstreamRemotes: ['upstream'], branch: 'main' })
  return { store, read, onto: { tag: 'v2.10.0' as ReleaseTag, commit: tip } }
}

/** Names that no two blocks share, and lines that many do. */
class Names {
  readonly #random: Random
  #count = 0

  constructor(random: Random) {
    this.#random = random
  }

  block(file: string, side: string): Block {
    const id = `${side}${this.#count++}`
    const condition = `cond_${this.#random.below(3)}`
    if (file.endsWith('.j2'))
      return { id, lines: [`{% if ${condition} %}`, `option_${id} = ${this.#word()}`, '{% endif %}'] }
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
    const file = FILES[this.#random.below(FILES.length)] as string
    const all = state.get(file) ?? []
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

  #word(): string {
    return `word${this.#random.below(100_000)}`
  }
}

function done(state: State, deeds: readonly Deed[]): State {
  let next = state
  for (const deed of deeds) {
    const blocks = next.get(deed.file) ?? []
    const changed = changedBlocks(blocks, deed)
    if (changed) next = new Map([...next, [deed.file, changed]])
  }
  return next
}

function changedBlocks(blocks: readonly Block[], deed: Deed): readonly Block[] | undefined {
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

function rendered(state: State): Files {
  return Object.fromEntries(
    [...state].map(([file, blocks]) => {
      const gap = file.includes('tasks') ? '\n' : ''
      return [file, blocks.map(({ lines }) => lines.map((line) => `${line}\n`).join('')).join(gap)]
    }),
  )
}

function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at))
}
