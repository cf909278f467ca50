import { grouped } from '../model/collections/grouped.ts'
import { compareVersions } from '../model/release-tag.ts'
import type { Catalogue, SampleVariable, Variable } from './catalogue.ts'
import { likelyRenames, type Rename } from './likely-renames.ts'

/** What changes between two releases for someone who goes from one to the other. */
export interface CatalogueChanges {
  /** Variables of which the later release has neither a default nor an example any more. */
  readonly gone: readonly Variable[]
  readonly added: readonly Variable[]
  /** For some of those that are gone: what probably took their place. */
  readonly renamed: readonly Rename[]
  readonly defaults: readonly ValueChange[]
  /** Examples of the sample inventory that say something else, or came, or went from a value to a comment. */
  readonly sample: readonly ValueChange[]
  /** Bundled components that would go down. */
  readonly downgraded: readonly VersionChange[]
}

export interface ValueChange {
  readonly name: string
  /** Where the later release has it. */
  readonly path: string
  readonly line: number
  readonly from: string | undefined
  readonly to: string
}

interface VersionChange {
  /** The variable, `containerd_version`. */
  readonly name: string
  readonly from: string
  readonly to: string
}

/** Compares what two releases hold; the order is that of the earlier release, then of the later one. */
export function compareCatalogues(before: Catalogue, after: Catalogue): CatalogueChanges {
  const earlier = byName(before)
  const later = byName(after)
  const gone = [...earlier.values()].filter(({ name }) => !later.has(name))
  const added = [...later.values()].filter(({ name }) => !earlier.has(name))
  return {
    gone,
    added,
    renamed: likelyRenames({ before: earlier, after: later, gone }),
    defaults: changedDefaults(before.variables, after.variables),
    sample: changedSample(before.sample, after.sample),
    downgraded: downgraded(before.bundled, after.bundled),
  }
}

/** Each variable once: where a role gives it a default, else where the sample inventory shows it. */
function byName({ variables, sample }: Catalogue): ReadonlyMap<string, Variable> {
  const names = new Map<string, Variable>()
  for (const variable of [...variables, ...sample])
    if (!names.has(variable.name)) names.set(variable.name, variable)
  return names
}

/** A variable that several roles define is compared role by role, and only where each defines it once. */
function changedDefaults(before: readonly Variable[], after: readonly Variable[]): readonly ValueChange[] {
  const earlier = grouped(before, nameOf)
  return after.flatMap(({ name, path, line, value }) => {
    const known = earlier.get(name) ?? []
    const same = known.length === 1 ? known[0] : known.find((each) => each.path === path)
    if (!same || isSameValue(same.value, value)) return []
    return [{ name, path, line, from: same.value, to: value }]
  })
}

function changedSample(
  before: readonly SampleVariable[],
  after: readonly SampleVariable[],
): readonly ValueChange[] {
  const earlier = grouped(before, nameOf)
  return after.flatMap(({ name, path, line, value, commented }): readonly ValueChange[] => {
    const known = earlier.get(name)?.[0]
    if (!known) return [{ name, path, line, from: undefined, to: value }]
    if (known.commented === commented && isSameValue(known.value, value)) return []
    return [{ name, path, line, from: known.value, to: value }]
  })
}

/** The same value may be laid out otherwise in a template, and a filter may be called by its full name (`ansible.utils.ipaddr`). */
export function isSameValue(a: string, b: string): boolean {
  return a === b || bareTemplate(a) === bareTemplate(b)
}

function bareTemplate(text: string): string {
  return text.replace(/\s+/g, '').replace(/\|(?:[a-z_]\w*\.){2}(?=[a-z_])/g, '|')
}

function downgraded(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly VersionChange[] {
  return Object.entries(before).flatMap(([name, from]) => {
    const to = after[name]
    if (to === undefined || !name.endsWith('_version') || !isVersion(from) || !isVersion(to)) return []
    return compareVersions(to, from) < 0 ? [{ name, from, to }] : []
  })
}

function isVersion(text: string): boolean {
  return /^v?\d+\.\d+(?:\.\d+)?$/.test(text)
}

function nameOf({ name }: Variable): string {
  return name
}
