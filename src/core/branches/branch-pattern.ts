import { bareVersion, compareReleases, minorOf, type ReleaseTag } from '../model/release-tag.ts'

/** How the branches of a fork are named that has one for each release: `mine-{minor}`, `v{release}-acme`. */
export interface BranchPattern {
  /** As it stands in the settings. */
  readonly text: string
  readonly before: string
  /** `minor` is `2.28`, `release` is `2.28.1`. */
  readonly part: 'minor' | 'release'
  readonly after: string
}

/** A branch for each release, and whether the settings say so. */
export interface BranchPerRelease {
  readonly pattern: BranchPattern
  /** `found`: the names look like it, and nobody has said so yet. */
  readonly from: 'settings' | 'found'
  /** Those that are there, the newest first. */
  readonly branches: readonly string[]
}

/** Reads a name with a place for a release in it; `undefined` for the plain name of a branch. */
export function readBranchPattern(text: string): BranchPattern | undefined {
  const [, before, part, after] = /^([^{}]*)\{(minor|release)\}([^{}]*)$/.exec(text) ?? []
  if (before === undefined || after === undefined) return undefined
  return { text, before, part: part === 'minor' ? 'minor' : 'release', after }
}

/** What the branch for a release is called. */
export function branchOfRelease({ before, part, after }: BranchPattern, release: ReleaseTag): string {
  return `${before}${part === 'minor' ? minorOf(release) : bareVersion(release)}${after}`
}

/** The release, or its minor, that a branch is named for; `undefined` for one that is named otherwise. */
export function versionInName({ before, part, after }: BranchPattern, name: string): string | undefined {
  if (!name.startsWith(before) || !name.endsWith(after)) return undefined
  const version = name.slice(before.length, name.length - after.length)
  return (part === 'minor' ? /^\d+\.\d+$/ : /^\d+\.\d+\.\d+$/).test(version) ? version : undefined
}

/** The branches that are named so, that of the newest release first. */
export function branchesOfPattern(pattern: BranchPattern, names: Iterable<string>): readonly string[] {
  const found = [...names].flatMap((name) => {
    const version = versionInName(pattern, name)
    return version === undefined
      ? []
      : [{ name, version: pattern.part === 'minor' ? `${version}.0` : version }]
  })
  return found.sort((a, b) => compareReleases(b.version, a.version)).map(({ name }) => name)
}

/** How a name would be written for any release, if a version stands in it. */
export function patternInName(name: string): BranchPattern | undefined {
  const found = /(?<![\d.])\d+\.\d+(\.\d+)?(?![\d.]*\d)/.exec(name)
  if (!found) return undefined
  const part = found[1] === undefined ? 'minor' : 'release'
  const after = name.slice(found.index + found[0].length)
  const before = name.slice(0, found.index)
  return readBranchPattern(`${before}{${part}}${after}`)
}

/** A branch with commits of the fork's own. */
interface NamedBranch {
  readonly name: string
  /** The newest release that it contains. */
  readonly release?: ReleaseTag
}

/**
 * The pattern that a branch follows together with others: names that differ in nothing but the release, each holding that release. One
 * branch with a number in its name is no pattern.
 */
export function findBranchPattern(
  chosen: string,
  branches: readonly NamedBranch[],
): { readonly pattern: BranchPattern; readonly branches: readonly string[] } | undefined {
  const pattern = patternInName(chosen)
  if (!pattern) return undefined
  const held = branches.filter(
    ({ name, release }) => release !== undefined && branchOfRelease(pattern, release) === name,
  )
  const names = branchesOfPattern(
    pattern,
    held.map(({ name }) => name),
  )
  return names.length > 1 && names[0] === chosen ? { pattern, branches: names } : undefined
}

/** The branch of its own that a step to a release goes to; `undefined` where it goes to the one that the patches are on. */
export function landingOf(
  { name, perRelease }: { readonly name: string; readonly perRelease?: BranchPerRelease },
  release: ReleaseTag,
): string | undefined {
  if (perRelease?.from !== 'settings') return undefined
  const landing = branchOfRelease(perRelease.pattern, release)
  return landing === name ? undefined : landing
}
