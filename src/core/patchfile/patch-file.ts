import type { FileDiff, Hunk } from '../text/file-diff.ts'

/** A file that holds patches as text: one diff, or a mailbox of several commits. Joining all of its parts gives the text back. */
export interface PatchFile {
  readonly mails: readonly PatchMail[]
  /** How its lines end; inside of its parts they end in a newline alone. */
  readonly ending: '\n' | '\r\n'
}

/** One patch of such a file: what `git format-patch` wrote of a commit, or the diffs of a file without any such head. */
export interface PatchMail {
  /** Everything before the first file: headers of the mail, message, diffstat. */
  readonly head: string
  readonly sections: readonly PatchSection[]
  /** Everything behind the last file: the signature. */
  readonly tail: string
  /** From 1, where it begins in the file. */
  readonly line: number
}

/** What a patch does to one file. */
export interface PatchSection {
  /** Everything before the first hunk, up to `+++`. */
  readonly head: string
  readonly hunks: readonly HunkText[]
  readonly diff: FileDiff
  /** From 1, where its head begins in the file. */
  readonly line: number
}

export interface HunkText {
  /** `@@ -1,3 +1,4 @@ what it is in`, with its line end. */
  readonly range: string
  readonly body: string
  readonly hunk: Hunk
  readonly line: number
}

/** Why a patch file cannot be read, or does not go onto the release that it is for. */
export interface PatchTrouble {
  readonly code:
    /** No UTF-8. */
    | 'no-text'
    /** A diff in another form than the unified one. */
    | 'other-form'
    | 'binary'
    /** The difference of a merge to both of its parents. */
    | 'combined'
    /** The counts of a hunk are not those of its lines. */
    | 'corrupt'
    | 'submodule'
    /** It names a file outside of the tree. */
    | 'outside'
    /** The file that it changes is not there. */
    | 'no-file'
    /** The file that it adds is there. */
    | 'exists'
    /** The lines that it changes are not there. */
    | 'no-place'
  /** From 1. */
  readonly line: number
  /** The file that it is about. */
  readonly path?: string
}
