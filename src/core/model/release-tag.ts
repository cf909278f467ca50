import coerceVersion from 'semver/functions/coerce.js'
import compare from 'semver/functions/compare.js'
import parse from 'semver/functions/parse.js'

/** A Kubespray release tag, `vX.Y.Z`. */
export type ReleaseTag = string & { readonly brand: 'ReleaseTag' }

/**
 * Reads a release tag, the one reader of them all: pre-releases and anything else are none (`undefined`). So are numbers with leading
 * zeros, which name no version (https://semver.org, rule 2), and numbers that no computer counts with.
 */
export function readReleaseTag(text: string): ReleaseTag | undefined {
  return RELEASE.test(text) ? (text as ReleaseTag) : undefined
}

/** Fifteen digits are below 2^53. */
const RELEASE = /^v(?:0|[1-9]\d{0,14})\.(?:0|[1-9]\d{0,14})\.(?:0|[1-9]\d{0,14})$/

/** Orders releases by version, never by date: v2.26.1 is younger than v2.30.0 and comes before it. */
export function compareReleases(a: string, b: string): number {
  return compare(a, b)
}

/** `2.31` of `v2.31.0`, `1.33` of `v1.33.4` or `1.33`. */
export function minorOf(version: string): string {
  const match = /^v?(\d+)\.(\d+)/.exec(version)
  if (!match) throw new Error(`no version: ${version}`)
  return `${match[1]}.${match[2]}`
}

/** The branch of upstream's that a release and its patch releases are on. */
export function releaseBranch(release: ReleaseTag): string {
  return `release-${minorOf(release)}`
}

/** The second number: 31 of `v2.31.0`. */
export function minorNumber(version: string): number {
  const match = /^v?\d+\.(\d+)/.exec(version)
  if (!match) throw new Error(`no version: ${version}`)
  return Number(match[1])
}

/** The minor so many above that of a version, or below: `2.32` of `v2.31.0`. */
export function minorBeside(version: string, by: number): string {
  const [major = '', minor] = minorOf(version).split('.')
  return `${major}.${Number(minor) + by}`
}

/** A version without a leading `v`, as Kubernetes versions are compared and printed. */
export function bareVersion(version: string): string {
  return version.replace(/^v/, '')
}

/** Orders dotted versions by number, with or without `v`; what is no full version is padded with zeros. */
export function compareVersions(a: string, b: string): number {
  // Planning compares plain versions by the ten thousand, and semver reads each anew.
  const [x, y] = [PLAIN.exec(a), PLAIN.exec(b)]
  if (!x || !y) return compare(coerce(a), coerce(b))
  return Math.sign(Number(x[1]) - Number(y[1]) || Number(x[2]) - Number(y[2]) || Number(x[3]) - Number(y[3]))
}

const PLAIN = /^v?(\d+)\.(\d+)\.(\d+)$/

function coerce(version: string): string {
  // Docker's 18.09 is no version to semver, which allows no leading zeros.
  const parsed = parse(bareVersion(version)) ?? coerceVersion(version.replace(/\b0+(?=\d)/g, ''))
  if (!parsed) throw new Error(`no version: ${version}`)
  return parsed.version
}
