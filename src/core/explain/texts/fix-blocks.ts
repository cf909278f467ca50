import { short, type Oid } from '../../model/oid.ts'
import { list, paragraph, type Block } from '../blocks/block.ts'
import { code, quoted, say, sentence } from '../blocks/text.ts'
import { leftFixSentence } from './audit-blocks.ts'

interface FixedFacts {
  /** The branch that was mended. */
  readonly of: string
  /** The branch written, if any. */
  readonly branch?: string
  readonly tip: Oid
  readonly commits: readonly {
    readonly commit: Oid
    readonly title: string
    readonly notes: readonly string[]
  }[]
  readonly left: readonly Parameters<typeof leftFixSentence>[0][]
}

/** What the recipes of an audit came to. */
export function fixBlocks({ of, branch, commits, tip, left }: FixedFacts): readonly Block[] {
  const notWritten = left.map((each) => paragraph(leftFixSentence(each)))
  if (commits.length === 0 && left.length > 0) return notWritten
  if (commits.length === 0) return [paragraph(say`There was nothing for me to fix on ${code(of)}.`)]
  const head = branch
    ? say`I wrote branch ${code(branch)} at ${short(tip)} on top of ${code(of)} (working tree untouched):`
    : say`On top of ${code(of)}:`
  const made = commits.map(({ commit, title, notes }) => ({
    text: say`${short(commit)} ${quoted(title)}`,
    items: notes.map((note) => ({ text: sentence(note) })),
  }))
  return [paragraph(head), list(made), ...notWritten]
}
