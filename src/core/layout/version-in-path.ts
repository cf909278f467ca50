import { nameOf, parentOf } from '../model/parent-of.ts'
import { bareVersion, readReleaseTag, type ReleaseTag } from '../model/release-tag.ts'
import { lineNumber } from './command-around.ts'
import type { TextRange } from './layout.ts'

/** A folder whose name holds the release that is in it, `kubespray/2.28.0` or `kubespray-v2.28.0`. */
export interface VersionInPath {
  readonly path: string
  readonly release: ReleaseTag
  /** The version as the name has it, `v` or none. */
  readonly written: string
}

export function versionInPath(path: string): VersionInPath | undefined {
  const written = /(?:^|[-_])(v?\d{1,3}\.\d{1,3}\.\d{1,3})$/.exec(nameOf(path))?.[1]
  const release = written === undefined ? undefined : readReleaseTag(`v${bareVersion(written)}`)
  return written === undefined || release === undefined ? undefined : { path, release, written }
}

/** The folder's path with another release in its name, in the form it has. */
export function pathAt({ path, written }: VersionInPath, to: ReleaseTag): string {
  const version = written.startsWith('v') ? to : bareVersion(to)
  return `${path.slice(0, path.length - written.length)}${version}`
}

/** A version in a text that is part of a folder's path. */
interface PathMention extends TextRange {
  readonly file: string
  /** From 1. */
  readonly line: number
}

/**
 * Where other files name the folder: by its whole path, or by what is left of it for a file beside or above it. A version that stands
 * alone is none: it may be anything's.
 */
export function mentionsOf(
  folder: VersionInPath,
  texts: ReadonlyMap<string, string>,
): readonly PathMention[] {
  const name = nameOf(folder.path)
  const above = nameOf(parentOf(folder.path))
  // A bare `2.28.0` is known as the folder only behind the one it is in.
  const words = name === folder.written && above !== '' ? `${above}/${name}` : name
  return [...texts].flatMap(([file, text]) => {
    const found: PathMention[] = []
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      const end = at + words.length
      if (/[\w.-]/.test(text[at - 1] ?? ' ') || /^(?:[\w-]|\.\w)/.test(text.slice(end, end + 2))) continue
      found.push({ file, line: lineNumber(text, at), start: end - folder.written.length, end })
    }
    return found
  })
}
