import { defined } from '../model/defined.ts'
import { readFileDiff } from '../text/file-diff.ts'
import { applyMail, pathsOf, type PatchedFile, type ReadFile } from './apply-mail.ts'
import { renderDiffstat, type StatRow } from './render-diffstat.ts'
import { areSure } from './are-sure.ts'
import { hasLetters } from './head-now.ts'
import { shownName } from './shown-name.ts'
import type { PatchMail, PatchSection } from './patch-file.ts'
import type { SectionGoal } from './section-goal.ts'
import { writeHunks, writeSection } from './write-section.ts'

/** One file that a patch changes on the tree that it now goes onto. */
export interface FileChange {
  readonly path: string
  readonly before?: PatchedFile
  readonly after?: PatchedFile
}

/** What a patch is to do from now on. */
export interface RefreshGoal {
  readonly strip: number
  /** The paths that its names are of, as the release has them that it was written for. */
  readonly exists: (path: string) => boolean
  /** Where the release has a file now that the patch knows by this path. */
  readonly movedTo: (path: string) => string
  /** Everything that it changes; empty where nothing of it is left. */
  readonly changes: readonly FileChange[]
  /** The tree that it goes onto. */
  readonly read: ReadFile
}

/**
 * A patch that does what it is to do on another tree, in its own words: as it is where it does so already, else with as few of its lines
 * changed as can be. Nothing where it has nothing to do any more.
 */
export function refreshMail(mail: PatchMail, goal: RefreshGoal): string | undefined {
  if (goal.changes.length === 0) return undefined
  const sections = sectionsNow(mail, goal)
  const texts = sections.map(({ text }) => text)
  const head = withStat(mail, sections, goal.strip)
  return head + texts.join('') + mail.tail
}

/** Whether a patch does on a tree what it is to do there, as it stands. */
export function doesAsItIs(mail: PatchMail, { strip, read, changes, movedTo, exists }: RefreshGoal): boolean {
  const wanted = new Map(changes.map(({ path, after }) => [path, after]))
  const result = applyMail(mail, { strip, read, fuzz: 0 })
  if ('trouble' in result) return false
  const made = new Map<string, PatchedFile | undefined>()
  for (const { from, to, after } of result.applied) {
    if (from !== undefined && to !== from && !made.has(from)) made.set(from, read(from) as PatchedFile)
    if (to !== undefined) made.set(to, after)
  }
  for (const [index, { from, to }] of result.applied.entries()) {
    const { diff } = mail.sections[index] as PatchSection
    if (from !== undefined && from !== to && diff.isCopy !== true) made.set(from, undefined)
    const old = pathsOf(diff, strip, exists)
    if (old.from !== undefined && movedTo(old.from) !== from) return false
  }
  for (const [path, file] of made) {
    const then = wanted.has(path) ? wanted.get(path) : read(path)
    if (then === 'no-text' || !isSame(file, then)) return false
  }
  return [...wanted.keys()].every((path) => made.has(path)) && isSure(mail, result.applied)
}

function isSure(mail: PatchMail, applied: readonly { readonly before?: PatchedFile }[]): boolean {
  return mail.sections.every(({ diff }, at) => areSure(applied[at]?.before?.text ?? '', diff.hunks))
}

function isSame(a: PatchedFile | undefined, b: PatchedFile | undefined): boolean {
  return a?.text === b?.text && a?.mode === b?.mode
}

interface SectionNow {
  readonly text: string
  readonly stat: StatRow
}

function sectionsNow(mail: PatchMail, goal: RefreshGoal): readonly SectionNow[] {
  const { strip, exists, movedTo, changes } = goal
  const left = new Map(changes.map((change) => [change.path, change]))
  const take = (path = ''): FileChange | undefined => {
    const found = left.get(path)
    left.delete(path)
    return found
  }
  const now: SectionNow[] = []
  for (const section of mail.sections) {
    const old = pathsOf(section.diff, strip, exists)
    const to = old.to === undefined ? undefined : movedTo(old.to)
    const from = old.from === undefined ? undefined : movedTo(old.from)
    const target = take(to ?? from)
    if (!target) continue
    const isMove = old.from !== old.to && target.path !== from
    const source = isMove && from !== undefined ? sourceOf(section, target, { from, left, goal }) : undefined
    // A copy leaves what it was made of.
    if (source && section.diff.isCopy !== true) take(from)
    now.push(
      one(section, {
        strip,
        old,
        to: target.path,
        ...defined({
          before: source ?? target.before,
          after: target.after,
          from: source ? from : undefined,
        }),
      }),
    )
  }
  const like = mail.sections[0]
  for (const change of left.values())
    now.push(one(undefined, { strip, old: {}, to: change.path, like, ...change }))
  return now
}

/**
 * What a file is moved or copied from, where it still is: onto a file that is there nothing can be moved, and a file that is to stay is
 * not moved away.
 */
function sourceOf(
  { diff }: PatchSection,
  target: FileChange,
  {
    from,
    left,
    goal,
  }: { readonly from: string; readonly left: ReadonlyMap<string, FileChange>; readonly goal: RefreshGoal },
): PatchedFile | undefined {
  if (target.before) return undefined
  if (diff.isCopy !== true) return left.get(from)?.after ? undefined : left.get(from)?.before
  const file = goal.read(from)
  return file === 'no-text' ? undefined : file
}

function one(section: PatchSection | undefined, goal: SectionGoal): SectionNow {
  const hunks = writeHunks(section, goal)
  const text = writeSection(section, goal, hunks)
  return { text, stat: statOf(text, goal, hasLetters(section ?? goal.like)) }
}

/** The text before the files with its diffstat as the files are now; as it is where nothing of it changed, or it has none. */
function withStat(mail: PatchMail, sections: readonly SectionNow[], strip: number): string {
  const { head } = mail
  const table = STAT.exec(head)
  if (!table) return head
  const now = renderDiffstat(sections.map(({ stat }) => stat))
  const before = renderDiffstat(
    mail.sections.map((section) => statOf(textOf(section), namesIn(section, strip), hasLetters(section))),
  )
  if (now === before) return head
  return head.slice(0, table.index) + now + head.slice(table.index + table[0].length)
}

/** The table of files, its sum, and what git says below it of files that come, go or change their mode. */
const STAT =
  /^(?: \S.* \| +(?:\d+(?: [+-]*)?|Bin.*)\n)* \d+ files? changed.*\n(?: (?:create|delete) mode .*\n| mode change .*\n| (?:rename|copy) .*\n| rewrite .*\n)*/m

export function textOf({ head, hunks }: PatchSection): string {
  return head + hunks.map(({ range, body }) => range + body).join('')
}

function namesIn({ diff }: PatchSection, strip: number): Pick<SectionGoal, 'from' | 'to'> {
  const { from, to } = pathsOf(diff, strip, () => false)
  return { to: to ?? from ?? '', ...defined({ from: from === to ? undefined : from }) }
}

function statOf(
  text: string,
  { from, to }: Pick<SectionGoal, 'from' | 'to'>,
  keepsLetters: boolean,
): StatRow {
  const diff = readFileDiff(text.slice(Math.max(0, text.search(/^(?:diff |Index:|--- )/m))))
  const lines = diff?.hunks.flatMap((hunk) => hunk.lines) ?? []
  const name = shownName({ to, ...defined({ from }) }, keepsLetters)
  return {
    name,
    summary: summaryOf(text, name),
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  }
}

/** What git says below the table of a file that comes, goes, moves or changes its mode (`diff_summary` in diff.c). */
function summaryOf(text: string, name: string): readonly string[] {
  const word = (pattern: RegExp): string | undefined => pattern.exec(text)?.[1]
  const created = word(/^new file mode (\d+)$/m)
  if (created !== undefined) return [` create mode ${created} ${name}`]
  const deleted = word(/^deleted file mode (\d+)$/m)
  if (deleted !== undefined) return [` delete mode ${deleted} ${name}`]
  const kind = word(/^(rename|copy) from /m)
  const likeness = word(/^similarity index (\d+%)$/m) ?? '100%'
  const [old, now] = [word(/^old mode (\d+)$/m), word(/^new mode (\d+)$/m)]
  const mode = old === undefined || now === undefined ? [] : [` mode change ${old} => ${now}`]
  return kind === undefined
    ? mode.map((line) => `${line} ${name}`)
    : [` ${kind} ${name} (${likeness})`, ...mode]
}
