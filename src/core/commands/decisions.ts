import { readState, writeState, type ClusterState } from './cluster-state.ts'
import { optional } from '../model/defined.ts'
import { trailersOf } from '../model/commit.ts'
import { compareReleases, readReleaseTag, type ReleaseTag } from '../model/release-tag.ts'

/** What people decided about a fork by commands; everything else is recomputed. */
export interface Decisions {
  readonly held: boolean
  /** Releases never to be proposed. */
  readonly skipped: readonly ReleaseTag[]
  /** Pull requests closed unmerged up to this number no longer mean that their release is skipped. */
  readonly forgiven: number
  /** Patches to leave out, and patches to carry although they looked done for, by id. */
  readonly dropped: readonly string[]
  readonly kept: readonly string[]
  /** The state of the branch that the cluster is said to run. */
  readonly applied: ClusterState | undefined
  /** Lines that are no decision to us: another version's, or somebody's own. They are told, and kept until `resume`. */
  readonly unread?: readonly string[]
}

export const NO_DECISIONS: Decisions = {
  held: false,
  skipped: [],
  forgiven: 0,
  dropped: [],
  kept: [],
  applied: undefined,
}

/**
 * What holds for one of several clusters: what was decided for it, and what was decided for the repository. Of a patch the word on the
 * cluster counts; what its cluster runs nobody can say of a repository.
 */
export function decisionsOfCluster(repository: Decisions, own: Decisions): Decisions {
  const unread = [...(repository.unread ?? []), ...(own.unread ?? [])]
  const both = (
    all: readonly string[],
    more: readonly string[],
    except: readonly string[],
  ): readonly string[] => [...new Set([...all.filter((each) => !except.includes(each)), ...more])]
  return {
    held: repository.held || own.held,
    skipped: [...new Set([...repository.skipped, ...own.skipped])].sort(compareReleases),
    forgiven: Math.max(repository.forgiven, own.forgiven),
    dropped: both(repository.dropped, own.dropped, own.kept),
    kept: both(repository.kept, own.kept, own.dropped),
    applied: own.applied,
    ...optional(unread.length > 0, () => ({ unread })),
  }
}

export type Decision =
  | { readonly kind: 'hold' }
  | { readonly kind: 'resume'; readonly lastPull: number }
  | { readonly kind: 'skip'; readonly release: ReleaseTag }
  | { readonly kind: 'keep' | 'drop'; readonly patch: string }
  | { readonly kind: 'applied'; readonly state: ClusterState }

/** Decisions after one more; the same object where it changes nothing. */
export function decide(before: Decisions, decision: Decision): Decisions {
  const after = afterDecision(before, decision)
  return renderDecisions(after) === renderDecisions(before) ? before : after
}

function afterDecision(before: Decisions, decision: Decision): Decisions {
  switch (decision.kind) {
    case 'hold':
      return { ...before, held: true }
    case 'resume': {
      const { unread: _taken, ...read } = before
      return { ...read, held: false, skipped: [], forgiven: Math.max(before.forgiven, decision.lastPull) }
    }
    case 'skip':
      return { ...before, skipped: [...withOne(before.skipped, decision.release)].sort(compareReleases) }
    case 'keep':
      return {
        ...before,
        kept: withOne(before.kept, decision.patch),
        dropped: without(before.dropped, decision.patch),
      }
    case 'drop':
      return {
        ...before,
        dropped: withOne(before.dropped, decision.patch),
        kept: without(before.kept, decision.patch),
      }
    case 'applied':
      return { ...before, applied: decision.state }
  }
}

function withOne<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list : [...list, item]
}

function without<T>(list: readonly T[], item: T): readonly T[] {
  return list.filter((each) => each !== item)
}

/** Decisions as trailers of a commit message, the way the rest of our memory is written. */
export function renderDecisions(decisions: Decisions): string {
  const lines = [
    ...(decisions.held ? ['Multiarch-Hold: yes'] : []),
    ...decisions.skipped.map((release) => `Multiarch-Skip: ${release}`),
    ...(decisions.forgiven > 0 ? [`Multiarch-Forgiven: ${decisions.forgiven}`] : []),
    ...decisions.dropped.map((patch) => `Multiarch-Drop: ${patch}`),
    ...decisions.kept.map((patch) => `Multiarch-Keep: ${patch}`),
    ...(decisions.applied === undefined ? [] : [`Multiarch-Applied: ${writeState(decisions.applied)}`]),
    ...(decisions.unread ?? []),
  ]
  return lines.length > 0 ? `${lines.join('\n')}\n` : 'Multiarch-Hold: no\n'
}

/** Reads what `renderDecisions` wrote; what it cannot read it passes over. */
export function readDecisions(message: string): Decisions {
  return ourTrailers(message).reduce<Decisions>(
    (read, [name, value]) => READERS[name]?.(read, value) ?? read,
    NO_DECISIONS,
  )
}

/** What `readDecisions` passes over: a line that is no decision to us, or a whole text without any. */
export function unreadIn(message: string): readonly string[] {
  const ours = ourTrailers(message)
  if (ours.length === 0) return ['Multiarch-Unread: the whole text']
  const unread = ours.filter(([name, value]) => READERS[name]?.(NO_DECISIONS, value) === undefined)
  return [...new Set(unread.map(([name, value]) => `${name}: ${value}`))]
}

function ourTrailers(message: string): readonly (readonly [string, string])[] {
  return trailersOf(message).filter(([name]) => name.startsWith('Multiarch-'))
}

type Reader = (read: Decisions, value: string) => Decisions | undefined

/** What each line says; `undefined` where its value is none that we know. */
const READERS: Readonly<Record<string, Reader>> = {
  'Multiarch-Hold': (read, value) =>
    value === 'yes' || value === 'no' ? { ...read, held: read.held || value === 'yes' } : undefined,
  'Multiarch-Skip': (read, value) => {
    const release = readReleaseTag(value)
    return release && { ...read, skipped: withOne(read.skipped, release) }
  },
  'Multiarch-Forgiven': (read, value) =>
    /^\d{1,15}$/.test(value) ? { ...read, forgiven: Math.max(read.forgiven, Number(value)) } : undefined,
  'Multiarch-Drop': (read, value) => ({ ...read, dropped: withOne(read.dropped, value) }),
  'Multiarch-Keep': (read, value) => ({ ...read, kept: withOne(read.kept, value) }),
  'Multiarch-Applied': (read, value) => {
    const applied = readState(value)
    return applied && { ...read, applied }
  },
}
