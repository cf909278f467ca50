import type { LintFinding } from '../../plan/lint-finding.ts'
import { code, folded, plural, prose, table } from '../plain.ts'
import type { Part } from '../fit.ts'
import type { InventoryFacts, PullRequestFacts } from '../pull-request-facts.ts'

/** What I changed in the inventories, and what is set there to no effect from now on. */
export function renderVariables({ inventories = [], lint = [] }: PullRequestFacts): readonly Part[] {
  const changed = inventories.filter((each) => each.changed.length > 0)
  const problems = inventories.flatMap((each) => each.problems)
  const dead = lint.filter(isAboutSetting)
  if (changed.length === 0 && problems.length === 0 && dead.length === 0) return []
  return [
    { full: '## Your variables' },
    ...changed.map((each) => ({ full: changesOf(each), brief: briefChanges(each) })),
    ...listed(
      'For you to change:',
      problems.map(({ message, at }) =>
        at ? `${prose(message)} (${code(`${at.file}:${at.line}`)})` : prose(message),
      ),
    ),
    ...listed('Set, and not what it was:', dead.map(withPlace)),
  ]
}

/** The rest of what the comparison of the two releases says: defaults, examples and components. */
export function isAboutSetting({ code: about }: Pick<LintFinding, 'code'>): boolean {
  return /^(?:variable-|group-|path-)/.test(about)
}

export function withPlace({ message, file, line }: LintFinding): string {
  return file === undefined ? prose(message) : `${prose(message)} (${code(`${file}:${line ?? 1}`)})`
}

/** The lines are of the file as it was: that is where a reader has it before them. */
function changesOf({ path, changed }: InventoryFacts): string {
  const rows = changed.map(({ file, line, key, from, to }) => [
    code(`${file}:${line}`),
    code(key),
    from === undefined ? '–' : code(shortened(from)),
    to === undefined ? '*taken out*' : code(shortened(to)),
  ])
  return `I changed ${plural(changed.length, 'variable')} in ${code(path === '' ? '.' : path)}:\n\n${table(['where', 'variable', 'was', 'is'], rows)}`
}

/** A mapping or a text of many lines is told by its beginning; the commit has all of it. */
function shortened(value: string): string {
  const [first = '', ...more] = value.trim().split('\n')
  const cut = first.slice(0, MOST_OF_VALUE)
  return more.length > 0 || cut.length < first.length ? `${cut} …` : cut
}

const MOST_OF_VALUE = 60

function briefChanges({ path, changed }: InventoryFacts): string {
  return `I changed ${plural(changed.length, 'variable')} in ${code(path === '' ? '.' : path)}; the commits show each.`
}

/** Up to so many lines stand open; more are folded. */
const OPEN = 12

export function listed(head: string, lines: readonly string[]): readonly Part[] {
  if (lines.length === 0) return []
  const list = lines.map((line) => `- ${line}`).join('\n')
  const brief = `${head} ${plural(lines.length, 'entry', 'entries')}, too many to list here.`
  if (lines.length <= OPEN) return [{ full: `${head}\n\n${list}`, brief }]
  return [{ full: folded(`${head} ${lines.length}`, list), brief }]
}
