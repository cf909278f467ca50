import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { optional } from '../model/defined.ts'
import { codeSpan } from '../model/code-span.ts'
import type { ReleaseTag } from '../model/release-tag.ts'

/** What upstream published of releases on a step, cut to what touches a user. */
export interface PublishedNotes {
  readonly releases: readonly ReleaseTag[]
  /** Of the notes that upstream calls urgent, those that name what the user sets or runs. */
  readonly urgent: readonly PublishedNote[]
  /** The rest of the urgent ones, in number. */
  readonly otherUrgent: number
  /** Of all other notes, those that name what the user sets or runs. */
  readonly touching: readonly PublishedNote[]
}

export interface PublishedNote {
  readonly release: ReleaseTag
  /** One line, code in backticks; upstream's words. */
  readonly text: string
  /** The pull request that it names first. */
  readonly pull?: number
}

interface Published {
  readonly release: ReleaseTag
  /** Markdown. */
  readonly notes: string
}

/** Cuts release notes to the entries that hold one of these words as a whole: names of variables, of the plugin, of add-ons. */
export function cutNotes(published: readonly Published[], words: ReadonlySet<string>): PublishedNotes {
  const all = published.flatMap(entriesOf)
  const touches = ({ text }: PublishedNote): boolean =>
    text.split(/[^\w-]+/).some((word) => words.has(word.toLowerCase()))
  const urgent = all.filter(({ isUrgent }) => isUrgent)
  const touching = urgent.filter(touches)
  return {
    releases: published.map(({ release }) => release),
    urgent: touching.map(withoutUrgency),
    otherUrgent: urgent.length - touching.length,
    touching: all.filter((each) => !each.isUrgent && touches(each)).map(withoutUrgency),
  }
}

interface Entry extends PublishedNote {
  readonly isUrgent: boolean
}

function withoutUrgency({ isUrgent: _, ...note }: Entry): PublishedNote {
  return note
}

/** Headings under which upstream puts what has to be read before an upgrade, as its releases from v2.13 to v2.31 have them. */
const URGENT = /urgent|must read|before you upgrade|breaking|action required/i

/** Every entry of a list, with whether a heading above it calls for attention; a heading of a higher level ends that. */
function entriesOf({ release, notes }: Published): readonly Entry[] {
  const entries: Entry[] = []
  let urgentBelow: number | undefined
  for (const node of (fromMarkdown(notes) satisfies Root).children) {
    if (node.type === 'heading') {
      if (urgentBelow !== undefined && node.depth <= urgentBelow) urgentBelow = undefined
      if (urgentBelow === undefined && URGENT.test(wordsOf(node))) urgentBelow = node.depth
    }
    if (node.type !== 'list') continue
    for (const item of node.children) {
      const said = wordsOf(item).replace(/\s+/g, ' ').trim()
      const number = /(?:#|\/pull\/)(\d+)/.exec(said)?.[1]
      entries.push({
        release,
        text: withoutCredits(said),
        isUrgent: urgentBelow !== undefined,
        ...optional(number, (found) => ({ pull: Number(found) })),
      })
    }
  }
  return entries
}

function wordsOf(node: Nodes): string {
  if (node.type === 'inlineCode' || node.type === 'code') return codeSpan(node.value)
  if (node.type === 'text') return node.value
  if (node.type === 'break') return ' '
  if (!('children' in node)) return ''
  const between = node.type === 'list' || node.type === 'listItem' || node.type === 'root' ? ' ' : ''
  return node.children.map(wordsOf).join(between)
}

/** Who made it, and for which group, stands behind the words: `(#12345, @somebody) [SIG Network]`, `by @somebody in #12345`. */
function withoutCredits(text: string): string {
  const signed = text.lastIndexOf(' (')
  const said = signed >= 0 && /^ \(\[?#\d/.test(text.slice(signed)) ? text.slice(0, signed) : text
  const by = said.lastIndexOf(' by @')
  return by >= 0 && said.indexOf(' in ', by) >= 0 ? said.slice(0, by) : said
}
