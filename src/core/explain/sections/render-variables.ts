import type { LintFinding } from '../../plan/lint-finding.ts'
import { fold, heading, list, paragraph, type Block, type Part } from '../blocks/block.ts'
import { code, say, soft, type Text } from '../blocks/text.ts'
import { plural } from '../plural.ts'
import type { InventoryFacts, PullRequestFacts, WhereaboutsFacts } from '../pull-request-facts.ts'
import { alike } from './alike.ts'
import { placeLink, withPlace, withPlaces } from './place-link.ts'

/** What I changed in the inventories, and what is set there to no effect from now on. */
export function renderVariables({ inventories = [], lint = [], at }: PullRequestFacts): readonly Part[] {
  const changed = inventories.filter((each) => each.changed.length > 0)
  const problems = inventories.flatMap((each) => each.problems)
  const dead = lint.filter(isAboutSetting)
  if (changed.length === 0 && problems.length === 0 && dead.length === 0) return []
  return [
    { full: [heading(2, say`Your variables`)] },
    ...changed.map((each) => ({
      full: changesOf(each, at),
      brief: [paragraph(say`${changedSentence(each)}; the commits show each.`)],
    })),
    ...entries(
      'For you to change:',
      problems.map((each) => withPlace({ message: each.message, ...each.at }, at, 'before')),
    ),
    ...entries(
      'Set, but different in this release:',
      // Several inventories set the same: it is said once, with each of them.
      alike(dead).map((each) => withPlaces(each, at, 'before')),
    ),
  ]
}

/** The rest of what the comparison of the two releases says: defaults, examples and components. */
export function isAboutSetting({ code: about }: Pick<LintFinding, 'code'>): boolean {
  return /^(?:variable-|group-|path-)/.test(about)
}

/** The lines are of the file as it was: that is where a reader has it before them. */
function changesOf(facts: InventoryFacts, at: WhereaboutsFacts | undefined): readonly Block[] {
  const rows = facts.changed.map(({ file, line, key, from, to }) => [
    [placeLink(at, 'before', { file, line })],
    [code(key)],
    [from === undefined ? '–' : code(shortened(from))],
    [to === undefined ? soft`removed` : code(shortened(to))],
  ])
  const head = ['where', 'variable', 'was', 'is'].map((name) => [name])
  return [paragraph(say`${changedSentence(facts)}:`), { kind: 'table', head, rows }]
}

/** A mapping or a text of many lines is told by its beginning; the commit has all of it. */
function shortened(value: string): string {
  const [first = '', ...more] = value.trim().split('\n')
  const cut = first.slice(0, MOST_OF_VALUE)
  return more.length > 0 || cut.length < first.length ? `${cut} …` : cut
}

const MOST_OF_VALUE = 60

function changedSentence({ path, changed }: InventoryFacts): Text {
  return say`I changed ${plural(changed.length, 'variable')} in ${code(path === '' ? '.' : path)}`
}

/** Up to so many lines stand open; more are folded. */
const OPEN = 12

export function entries(head: string, lines: readonly Text[]): readonly Part[] {
  if (lines.length === 0) return []
  const brief = [paragraph(say`${head} ${plural(lines.length, 'entry', 'entries')}, too many to list here.`)]
  if (lines.length <= OPEN) return [{ full: [paragraph([head]), list(lines)], brief }]
  return [{ full: [fold(say`${head} ${lines.length}`, [list(lines)])], brief }]
}
