import type { MergeReason } from './merge-reason.ts'
import type { MergeNote } from './merge-note.ts'
import type { Oid } from './oid.ts'
import type { Sides } from './sides.ts'

/** What became of a carried patch, or of one of its files; `docs/verdicts.md` says what each promises. */
export const VERDICTS = ['clean', 'moved', 'adapted', 'upstreamed', 'obsolete', 'conflict'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Lines of one place in a file that a person has to look at, cut to what matters. */
export interface OpenRegion {
  /** Where it stands in upstream's file, counted from 1. */
  readonly line: number
  /** The key path, where the file is YAML and the region has one. */
  readonly key?: string
  readonly sides: Sides<string>
  /** The commit that left upstream's side so, where the release has other lines by now; line and key are of that text then. */
  readonly asOf?: Oid
  /** What we would do, where there is something to suggest. */
  readonly suggestion?: string
}

/**
 * Why a line of the patch is not in the result: `form`: the release has it in another form · `reviewed`: upstream's reviewed
 * form of the same patch does without it · `gone`: what it changes is gone from the release · `retired`: a check that it
 * switched off has what it waited for, and is on again · `lowered`: it would take the release's version down · `undone`: upstream
 * took it and took it back · `series`: the series itself takes it back · `settled`: a person settled its conflict without it ·
 * `open`: it waits for a person, in a conflict.
 */
export type LeftOutReason =
  'form' | 'reviewed' | 'gone' | 'retired' | 'lowered' | 'undone' | 'series' | 'settled' | 'open'

/** A line that the patch put in or took away, and that the result does not have so. */
export interface LeftOutLine {
  readonly side: 'added' | 'removed'
  /** Counted from 1: in the patch's version of the file where it was put in, in the base's where it was taken away. */
  readonly line: number
  readonly text: string
  readonly why: LeftOutReason
  /** The upstream commit that took it, took it back, or took away what it changes. */
  readonly upstream?: Oid
}

/** That a file was merged by its lines alone, since it is too large to be looked into: by its characters, or by one line's. */
export interface MergeBound {
  readonly code: 'large-text' | 'long-line'
  /** As many characters are looked into. */
  readonly most: number
}

/** What became of one path of a patch. */
export interface FileOutcome {
  /** Where the patch has it. */
  readonly path: string
  /** Where the release has it (the same path unless upstream moved it). */
  readonly to: string
  readonly verdict: Verdict
  /** Why this verdict, with its evidence. */
  readonly reasons: readonly MergeReason[]
  /** What a person has to know beside the reason, as codes: they are worded behind it. */
  readonly told?: readonly MergeNote[]
  /** Upstream commits that took, moved, removed or collide with this part. */
  readonly upstream: readonly Oid[]
  /** A file that only the patch has: nothing of upstream's history can bear on it. */
  readonly untouched?: true
  readonly bound?: MergeBound
  /** Parts that were left out because what they change is gone; they are among the reasons too. */
  readonly gone?: readonly MergeReason[]
  /** The lines of the patch that the result does not have, in the order of the patch; absent where there are none. */
  readonly leftOut?: readonly LeftOutLine[]
  /** Only for `conflict`: the regions left open. */
  readonly regions?: readonly OpenRegion[]
  /** Only for `conflict`: what a person made of such a one before, as the lines of a difference. */
  readonly oldAnswer?: readonly string[]
}
