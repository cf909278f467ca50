import { readReleaseTag, type ReleaseTag } from '../../model/release-tag.ts'
import type { Entry } from '../../model/tree.ts'
import { TRAILER } from '../trailer.ts'
import { decodePath, encodePath, valuesIn, type ToldConflict } from './told-conflict.ts'

/** When and where an answer was given, and how many there were. */
interface Given {
  /** The release that the fork was on its way to. */
  readonly release: ReleaseTag
  /** Seconds since 1970: of two answers the younger counts. */
  readonly time: number
  readonly ways: number
  /** Where the release had the file. */
  readonly path: string
}

/** What a person made of a file in which patches were in conflict. */
export interface Answer extends Given {
  /** In the order of their patches; what was made settles all of them. */
  readonly conflicts: readonly ToldConflict[]
  /** The file as our commits left it, and as the person did. */
  readonly left: Entry | undefined
  readonly made: Entry | undefined
}

/** That no answer to the conflicts of a patch, given until then, is to be used again. */
export interface Forgetting {
  readonly patch: string
  readonly time: number
}

/** What is remembered of how conflicts were settled. */
export interface Memory {
  readonly answers: readonly Answer[]
  readonly forgotten: readonly Forgetting[]
}

export const NOTHING_REMEMBERED: Memory = { answers: [], forgotten: [] }

/** Answers that were not taken back since; the youngest first. */
export function valid({ answers, forgotten }: Memory): readonly Answer[] {
  return answers
    .filter(
      ({ conflicts, time }) =>
        !forgotten.some((each) => each.time >= time && conflicts.some(({ patch }) => patch === each.patch)),
    )
    .toSorted((a, b) => b.time - a.time)
}

export function givenTrailer(name: string, { release, time, ways, path }: Given): readonly [string, string] {
  return [TRAILER.remembers, [name, release, time, ways, encodePath(path)].join(' ')]
}

/** By the name of the conflict that it settles. */
export function givenIn(message: string): ReadonlyMap<string, Given> {
  return new Map(
    valuesIn(message, TRAILER.remembers).flatMap((value): [string, Given][] => {
      const [, name, tag, time, ways, path] = /^([0-9a-f]{16}) (\S+) (\d+) (\d+) (\S+)$/.exec(value) ?? []
      const release = tag === undefined ? undefined : readReleaseTag(tag)
      if (name === undefined || !release || path === undefined) return []
      return [[name, { release, time: Number(time), ways: Number(ways), path: decodePath(path) }]]
    }),
  )
}

export function forgottenTrailer({ patch, time }: Forgetting): readonly [string, string] {
  return [TRAILER.forgotten, `${time} ${patch}`]
}

export function forgottenIn(message: string): readonly Forgetting[] {
  return valuesIn(message, TRAILER.forgotten).flatMap((value): readonly Forgetting[] => {
    const [, time, patch] = /^(\d+) (\S+)$/.exec(value) ?? []
    return patch === undefined ? [] : [{ patch, time: Number(time) }]
  })
}
