import type { NotRecalled, ReasonOf } from '../../model/merge-reason.ts'
import type { FileOutcome } from '../../model/verdict.ts'
import { lines, paragraph, type Block } from '../blocks/block.ts'
import { code, listed, say, type Text } from '../blocks/text.ts'

/** That a conflict stands as a person settled it before. */
export function settledBefore({ release, path, ways }: ReasonOf<'settled-before'>): Text {
  const where = path === undefined ? '' : say`, in ${code(path)} then`
  const newest = ways === undefined ? '' : ` You gave ${ways} answers to it; the newest counts.`
  return say`As you settled it at ${code(release)}${where}: the same lines of the patch and of the release meet here, and your answer stands.${newest}`
}

/** That a person settled such a conflict before, and why they are asked again. */
export function settledOtherwise({ release, why }: ReasonOf<'settled-otherwise'>): Text {
  return say`You settled this file at ${code(release)}, and I did not do the same again: ${WHY[why.code](why)}`
}

const WHY: Readonly<Record<NotRecalled['code'], (why: NotRecalled) => Text>> = {
  'other-lines': () => say`the lines that meet are not the same as then.`,
  'other-place': () => say`the same lines meet, among other settings than then.`,
  'lines-gone': () => say`what the release had there then is nowhere in it.`,
  collides: () => say`the same lines meet, and what else you changed in the file does not fit any more.`,
  'not-text': () => say`it was settled as a whole, and is another file by now.`,
  'contents-gone': () => say`what you made of it is not in this repository any more.`,
  'names-lost': (why) =>
    say`the same lines meet, and your answer uses ${listed(namesOf(why).map(code))}, which the file does not have any more.`,
}

function namesOf(why: NotRecalled): readonly string[] {
  return why.code === 'names-lost' ? why.names.slice(0, MOST_NAMED) : []
}

const MOST_NAMED = 5

/** What a person made of a conflict before, where they are asked again. */
export function oldAnswerBlocks({ to, oldAnswer }: FileOutcome): readonly Block[] {
  if (!oldAnswer) return []
  if (oldAnswer.length === 0)
    return [paragraph(say`What you made of ${code(to)} then: it stayed as the release had it.`)]
  const more = oldAnswer.length - MOST_LINES
  const shown = more > 0 ? [...oldAnswer.slice(0, MOST_LINES), `… ${more} more lines`] : oldAnswer
  return [paragraph(say`What you made of ${code(to)} then:`), lines(shown, 'diff')]
}

/** The commit has more. */
const MOST_LINES = 40
