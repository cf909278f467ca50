import { compareVersions } from '../../model/release-tag.ts'

/**
 * Whether two lines set the same thing to a version, and the first to an older one. `1.4` alone may be any number: it is a version
 * where it has a `v`, three parts, or a key that says so.
 */
export function isLower(own: string, there: string): boolean {
  const [mine, theirs] = [versionIn(own), versionIn(there)]
  return (
    mine !== undefined && mine.around === theirs?.around && compareVersions(mine.version, theirs.version) < 0
  )
}

interface VersionIn {
  readonly version: string
  /** The line without it. */
  readonly around: string
}

function versionIn(line: string): VersionIn | undefined {
  const bare = line.replace(/\s#.*$/s, '').replace(/[\s"']/g, '')
  const [, before, v = '', version, after = ''] = VERSION.exec(bare) ?? []
  if (before === undefined || version === undefined) return undefined
  if (v === '' && version.split('.').length < 3 && !NAMED.test(before)) return undefined
  return { version, around: before + after }
}

/** At the end of a line, with what may follow a version in a tag. Four numbers are an address. */
const VERSION = /^(.*[:=@])(v?)(\d+(?:\.\d+){1,2})([-+][\w.+-]*)?$/s
const NAMED = /version|tag|release/i

/** Whether a line's value is a digest. */
export function isDigest(line: string): boolean {
  return /[:=]\s*["']?(?:[a-z0-9]+:)?[0-9a-f]{32,}["']?\s*(?:#.*)?$/is.test(line)
}
