import type { Remark } from '../../judge/judge-step.ts'
import type { Block, Item } from '../blocks/block.ts'
import { bold, code, say, sentence, type Text } from '../blocks/text.ts'

/** Remarks, each behind its weight and its place. Variables that nothing reads are listed: an old inventory has dozens of them. */
export function remarkList(remarks: readonly Remark[]): Block {
  const unread = remarks.filter(({ code: each }) => each === 'variable-unread')
  if (unread.length < FEW) return { kind: 'list', items: remarks.map(itemOf) }
  const others = remarks.filter((each) => !unread.includes(each))
  const listed: Item = {
    text: say`${bold`notice`}: ${NOTHING_READS}`,
    items: unread.map(({ subject = '', ...each }) => ({ text: say`${code(subject)}${placeOf(each)}` })),
  }
  return { kind: 'list', items: [...others.map(itemOf), listed] }
}

/** So many are said one by one. */
const FEW = 3

const NOTHING_READS =
  'Nothing in this tree reads these, so setting them has no effect. Remove them, unless a playbook of yours outside this ' +
  'repository needs them:'

function itemOf(remark: Remark): Item {
  return { text: remarkText(remark) }
}

/** One of them. */
export function remarkText({
  severity,
  message,
  ...place
}: Pick<Remark, 'severity' | 'message' | 'file' | 'line'>): Text {
  return say`${bold`${severity}`}${placeOf(place)}: ${sentence(message)}`
}

function placeOf({ file, line }: Pick<Remark, 'file' | 'line'>): Text {
  return file === undefined ? [] : say` ${code(`${file}:${line ?? 1}`)}`
}
