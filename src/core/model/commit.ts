import type { Entry } from './tree.ts'
import type { Oid } from './oid.ts'

export interface Signature {
  readonly name: string
  readonly email: string
  /** Seconds since 1970, UTC. */
  readonly time: number
  /** As git writes it: `+0200`. */
  readonly zone: string
}

export interface Commit {
  readonly oid: Oid
  readonly tree: Oid
  readonly parents: readonly Oid[]
  readonly author: Signature
  readonly committer: Signature
  readonly message: string
}

/** What a commit did at one path against its first parent; absent means the file was not there. Renames are not followed. */
export interface PathChange {
  readonly path: string
  readonly before: Entry | undefined
  readonly after: Entry | undefined
}

/** A commit with the paths it changed against its first parent. */
export interface LoggedCommit {
  readonly oid: Oid
  readonly parents: readonly Oid[]
  readonly author: Signature
  readonly committer: Signature
  readonly message: string
  readonly changes: readonly PathChange[]
}

/** The first line of a commit's message. */
export function subjectOf(message: string): string {
  const end = message.indexOf('\n')
  return (end < 0 ? message : message.slice(0, end)).trim()
}

/** The trailers of a message (`Key: value` lines of its last paragraph), in order. */
export function trailersOf(message: string): readonly (readonly [string, string])[] {
  const last =
    message
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? ''
  const trailers: [string, string][] = []
  for (const line of last.split('\n')) {
    const match = /^([A-Za-z][A-Za-z0-9-]*):\s(.*)$/s.exec(line)
    if (match) trailers.push([match[1] as string, (match[2] as string).trim()])
  }
  return trailers
}
