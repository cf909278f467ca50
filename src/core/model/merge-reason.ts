import type { ConflictSide } from './sides.ts'
import { subjectOf, type LoggedCommit } from './commit.ts'
import type { Oid } from './oid.ts'
import type { ReleaseTag } from './release-tag.ts'

/** An upstream commit as it is named in a sentence. */
export interface NamedCommit {
  readonly oid: Oid
  /** The first line of its message. */
  readonly title: string
}

export function namedCommit({ oid, message }: Pick<LoggedCommit, 'oid' | 'message'>): NamedCommit {
  return { oid, title: subjectOf(message) }
}

type NoFacts = Readonly<Record<never, never>>

/** A place in the text: the line, where it is somebody's. */
interface AtLine {
  readonly line?: number
}

/** A setting, with those it stands in. */
interface OfSetting {
  readonly key: string
}

interface ByCommits {
  readonly commits: readonly NamedCommit[]
}

/** Why a file has its verdict: each code with its facts, which `core/explain/reasons.ts` words. */
interface ReasonFacts {
  readonly untouched: NoFacts
  /** The release has it under another name, with the content of before. */
  readonly 'moved-alone': NoFacts
  /** The patch gives it another name; what is in it the release alone changed. */
  readonly 'renamed-alone': NoFacts
  readonly added: NoFacts
  readonly deleted: NoFacts
  readonly 'by-lines': NoFacts
  readonly 'by-settings': NoFacts
  readonly 'by-commits': NoFacts
  /** Clean by lines, and other than what the settings say. */
  readonly 'lines-not-settings': NoFacts
  readonly 'once-by-settings': NoFacts
  readonly 'neighbouring-lines': AtLine
  readonly 'neighbouring-words': AtLine
  readonly 'blanks-only': AtLine
  readonly 'order-chosen': AtLine
  /** The user's words stand where the release has these. */
  readonly 'value-over': AtLine & { readonly key?: string; readonly there: readonly string[] }
  readonly 'words-joined': OfSetting
  readonly 'value-kept': OfSetting & { readonly there: string; readonly isNewer: boolean }
  readonly 'stays-commented': OfSetting
  readonly 'block-moved': OfSetting & { readonly to: string }
  /** The patch takes it away, and upstream had moved it: it is taken away where it went. */
  readonly 'removal-moved': OfSetting & { readonly to: string }
  /** The same, and it stands there: it, or what went with it, was changed. */
  readonly 'removal-stands': OfSetting & { readonly to: string }
  readonly 'names-lost': { readonly names: readonly string[] }
  /** The lines that the patch put there; none where it only took some away. */
  readonly 'setting-gone': OfSetting & { readonly lines: readonly string[] }
  readonly 'check-on-again': OfSetting
  readonly 'path-gone': { readonly path: string }
  readonly 'replaced-at-once': { readonly path: string }
  readonly 'file-gone': { readonly namesakes: readonly string[] }
  readonly 'own-name': { readonly to: string }
  readonly 'other-name': { readonly to: string; readonly at: string }
  readonly 'same-file': NoFacts
  readonly 'same-content': NoFacts
  readonly 'all-there': NoFacts
  readonly 'rest-there': NoFacts
  readonly 'deleted-there': NoFacts
  readonly 'nothing-left': NoFacts
  readonly 'taken-as': ByCommits
  readonly 'taken-in-form': {
    readonly commit: NamedCommit
    readonly byTitle: boolean
    /** Of the patch's lines, 0 to 1. */
    readonly share: number
  }
  /** Upstream has the lines; what the patch does to the file beside is carried. */
  readonly 'whole-kept': { readonly mode: boolean; readonly ends: boolean }
  readonly 'taken-back': { readonly commit: NamedCommit; readonly by: NamedCommit }
  /** Upstream has a part of it; nobody knows by which commit where there is none. */
  readonly 'part-taken': ByCommits
  readonly 'form-without-file': NoFacts
  readonly 'commits-met': ByCommits
  readonly 'variable-read-otherwise': {
    readonly variable: string
    readonly before: string
    /** Absent where nothing reads it any more. */
    readonly after?: string
    readonly commit?: NamedCommit
  }
  readonly 'solved-otherwise': NoFacts
  /** The title of a later patch of the series, where it is not this one. */
  readonly 'series-undoes': { readonly later?: string }
  readonly 'made-anew': NoFacts
  readonly 'nothing-to-make': NoFacts
  readonly 'made-by-earlier': { readonly title: string }
  readonly 'same-lines': NoFacts
  readonly 'deleted-and-changed': NoFacts
  /** The same, of a file that no play reads: it stays deleted. */
  readonly 'deleted-beside-plays': NoFacts
  readonly 'added-by-both': NoFacts
  readonly 'added-otherwise': NoFacts
  readonly 'folder-in-the-way': NoFacts
  readonly 'kind-changed': NoFacts
  readonly 'no-text': NoFacts
  readonly 'twice-by-commits': NoFacts
  readonly 'now-at': { readonly to: string }
  readonly 'collides-with': { readonly commit: NamedCommit }
  readonly 'person-settled': NoFacts
  readonly 'person-left-marks': NoFacts
  /** A side was asked for; `follows`: it merges by itself since an earlier patch of the file was settled. */
  readonly 'side-taken': { readonly side: ConflictSide | 'follows' }
  /** A person settled the same conflict on the way to that release, and their answer stands here. */
  readonly 'settled-before': {
    readonly release: ReleaseTag
    /** Where the file was then, if elsewhere. */
    readonly path?: string
    /** How many answers were given to it, if more than one: the newest counts. */
    readonly ways?: number
  }
  /** A person settled such a conflict on the way to that release, and it is not surely this one. */
  readonly 'settled-otherwise': { readonly release: ReleaseTag; readonly why: NotRecalled }
}

/**
 * Why an answer is not given again: `other-lines`: the lines that meet are not the same · `other-place`: they stand among other
 * settings · `names-lost`: the answer uses names that the file has no more · `collides`: what else it changes in the file does not
 * fit · `lines-gone`: the release has nowhere what it had there · `not-text`: it was given for the file as a whole, which is another by now · `contents-gone`: what it says is in the
 * repository no more.
 */
export type NotRecalled =
  | {
      readonly code: 'other-lines' | 'other-place' | 'collides' | 'lines-gone' | 'not-text' | 'contents-gone'
    }
  | { readonly code: 'names-lost'; readonly names: readonly string[] }

export type ReasonCode = keyof ReasonFacts

/** One reason of one code. */
export type ReasonOf<Code extends ReasonCode> = { readonly code: Code } & ReasonFacts[Code]

export type MergeReason = { readonly [Code in ReasonCode]: ReasonOf<Code> }[ReasonCode]
