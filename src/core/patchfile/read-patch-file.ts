import { readFileDiff } from '../text/file-diff.ts'
import { splitLines } from '../text/split-lines.ts'
import type { HunkText, PatchFile, PatchMail, PatchSection, PatchTrouble } from './patch-file.ts'

type Reading = { readonly file: PatchFile } | { readonly trouble: PatchTrouble }

/** A text as patches, by line: whatever is no part of a diff stays with the part that it stands before or behind. */
export function readPatchFile(text: string): Reading {
  const ending = /\r\n/.test(text) && !/(?:^|[^\r])\n/.test(text) ? '\r\n' : '\n'
  const lines = splitLines(ending === '\n' ? text : text.replaceAll('\r\n', '\n'))
  const strange = strangeForm(lines)
  if (strange) return { trouble: strange }
  const reader = new Reader(lines)
  const mails = reader.mails()
  return reader.trouble ? { trouble: reader.trouble } : { file: { mails, ending } }
}

/** Context diffs and scripts of `ed` have no hunks of ours: read as unified ones they would be nothing at all. */
function strangeForm(lines: readonly string[]): PatchTrouble | undefined {
  const context = lines.findIndex((line) => /^\*{15}$/.test(line.trimEnd()))
  if (context >= 0 && /^(?:\*\*\*|---) /.test(lines[context - 1] ?? ''))
    return { code: 'other-form', line: context + 1 }
  const isUnified = lines.some((line) => /^(?:@@ |diff --git |@@@)/.test(line))
  const script = lines.findIndex((line) => /^\d+(?:,\d+)?[acd]\d*(?:,\d+)?$/.test(line.trimEnd()))
  return isUnified || script < 0 ? undefined : { code: 'other-form', line: script + 1 }
}

class Reader {
  readonly #lines: readonly string[]
  #at = 0
  /** Up to where the lines are part of something. */
  #told = 0
  trouble: PatchTrouble | undefined

  constructor(lines: readonly string[]) {
    this.#lines = lines
  }

  mails(): readonly PatchMail[] {
    const mails: PatchMail[] = []
    do mails.push(this.#mail())
    while (this.#at < this.#lines.length && !this.trouble)
    return mails
  }

  #mail(): PatchMail {
    const start = this.#at
    const head = this.#skip(() => this.#isSection() || (this.#at > start && this.#isMail()))
    const sections: PatchSection[] = []
    this.#told = this.#at
    while (this.#isSection() && !this.trouble) {
      sections.push(this.#section())
      this.#skip(() => this.#isSection() || this.#isMail())
    }
    return { head, sections, tail: this.#text(this.#told, this.#at), line: start + 1 }
  }

  #section(): PatchSection {
    const start = this.#at
    const isEnd = /^diff --git /.test(this.#bare())
      ? () => !EXTENDED.test(this.#bare())
      : () => this.#isHunk() || this.#isMail() || (this.#isSection() && !this.#isOwnHeader(start))
    this.#at++
    this.#skip(isEnd)
    // What stands between two files is the second one's.
    const head = this.#text(this.#told, this.#at)
    const own = this.#text(start, this.#at)
    const hunks: HunkText[] = []
    while (this.#isHunk() && !this.trouble) hunks.push(this.#hunk())
    this.#told = this.#at
    this.trouble ??= troubleOf(own, start + 1)
    const diff = readFileDiff(own + hunks.map(({ range, body }) => range + body).join(''))
    if (!diff) this.trouble ??= { code: 'corrupt', line: start + 1 }
    return { head, hunks, diff: diff ?? NOTHING, line: start + 1 }
  }

  #hunk(): HunkText {
    const line = this.#at + 1
    const range = this.#lines[this.#at++] ?? ''
    const [, , oldCount = '1', , newCount = '1'] = HUNK.exec(range) ?? []
    let [old, now] = [Number(oldCount), Number(newCount)]
    const start = this.#at
    while (this.#at < this.#lines.length && (old > 0 || now > 0)) {
      const mark = this.#lines[this.#at]?.[0]
      if (mark === '-') old--
      else if (mark === '+') now--
      else if (mark === ' ' || mark === '\n') [old, now] = [old - 1, now - 1]
      else if (mark !== '\\') break
      this.#at++
    }
    if (old !== 0 || now !== 0) this.trouble ??= { code: 'corrupt', line }
    while (this.#lines[this.#at]?.startsWith('\\')) this.#at++
    const body = this.#text(start, this.#at)
    const [hunk] = this.trouble ? [] : (readFileDiff(`--- a\n+++ b\n${range}${body}`)?.hunks ?? [])
    return { range, body, hunk: hunk ?? NO_HUNK, line }
  }

  /** Passes over lines until one is what is looked for, and says what they were. */
  #skip(isEnd: () => boolean): string {
    const start = this.#at
    while (this.#at < this.#lines.length && !isEnd()) {
      if (/^@@@+ /.test(this.#lines[this.#at] ?? ''))
        this.trouble ??= { code: 'combined', line: this.#at + 1 }
      this.#at++
    }
    return this.#text(start, this.#at)
  }

  #isMail(): boolean {
    const before = this.#lines[this.#at - 1]
    return /^From \S+ .*\d{4}$/.test(this.#bare()) && (before === undefined || before.trim() === '')
  }

  #isSection(): boolean {
    const line = this.#bare()
    if (/^(?:diff --git|diff --cc|diff --combined|Index:|diff(?: -\S+)+) \S/.test(line)) return true
    return this.#isNames()
  }

  #isNames(): boolean {
    return (
      /^--- \S/.test(this.#bare()) &&
      /^\+\+\+ \S/.test(this.#lines[this.#at + 1] ?? '') &&
      HUNK.test(this.#lines[this.#at + 2] ?? '')
    )
  }

  /** Names, and a second kind of head, belong to the section whose head was begun and holds none yet. */
  #isOwnHeader(start: number): boolean {
    const own = this.#lines.slice(start, this.#at)
    if (own.some((line) => line.startsWith('+++ '))) return false
    return this.#isNames() || (/^Index:/.test(own.join('')) && /^diff (?!--git)/.test(this.#bare()))
  }

  #isHunk(): boolean {
    return HUNK.test(this.#lines[this.#at] ?? '')
  }

  #bare(): string {
    return (this.#lines[this.#at] ?? '').trimEnd()
  }

  #text(from: number, to: number): string {
    return this.#lines.slice(from, to).join('')
  }
}

/** What git says of a file below `diff --git`. */
const EXTENDED =
  /^(?:(?:old|new|deleted file|new file) mode |(?:copy|rename) (?:from|to) |(?:dis)?similarity index |index |--- |\+\+\+ |GIT binary patch$|Binary files )/
const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/
const NO_HUNK = { oldStart: 0, oldLines: 0, newStart: 0, newLines: 0, lines: [] }
const NOTHING = { oldFileName: '', newFileName: '', oldHeader: '', newHeader: '', hunks: [] }

/** What git says of a file that no lines can say. */
function troubleOf(head: string, line: number): PatchTrouble | undefined {
  const at = (pattern: RegExp): number => head.slice(0, head.search(pattern)).split('\n').length - 1 + line
  if (/^diff --(?:cc|combined) /m.test(head)) return { code: 'combined', line }
  const binary = /^(?:GIT binary patch|Binary files? .* differ)$/m
  if (binary.test(head)) return { code: 'binary', line: at(binary) }
  if (/^(?:new |old |deleted )?(?:file )?mode 160000$|^index \S+ 160000$/m.test(head))
    return { code: 'submodule', line }
  return undefined
}
