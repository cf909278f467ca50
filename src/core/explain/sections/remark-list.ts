import type { Remark } from '../../judge/judge-step.ts'
import type { Block, Item } from '../blocks/block.ts'
import { bold, code, joined, say, sentence, type Text } from '../blocks/text.ts'
import { alike } from './alike.ts'

/** Remarks, each behind its weight and its place. Variables that nothing reads are listed: an old inventory has dozens of them. */
export function remarkList(remarks: readonly Remark[]): Block {
  const unread = remarks.filter(({ code: each }) => each === 'variable-unread')
  if (unread.length < FEW) return { kind: 'list', items: remarkTexts(remarks).map(itemOf) }
  const others = remarks.filter((each) => !unread.includes(each))
  const listed: Item = {
    text: say`${bold`notice`}: ${NOTHING_READS}`,
    items: unread.map(({ subject = '', ...each }) => ({ text: say`${code(subject)}${placeOf(each)}` })),
  }
  return { kind: 'list', items: [...remarkTexts(others).map(itemOf), listed] }
}

/** So many are said one by one. */
const FEW = 3

const NOTHING_READS =
  'Nothing of Kubespray reads these, so setting them changes nothing there. Remove them, unless a playbook of your own ' +
  'needs them:'

function itemOf(text: Text): Item {
  return { text }
}

/** One by one; what is the same at several places is said once, with all of them. */
export function remarkTexts(
  remarks: readonly Pick<Remark, 'severity' | 'message' | 'file' | 'line'>[],
): readonly Text[] {
  return alike(remarks).map((group) => {
    const [{ severity, message }] = group
    const places = group.map(placeOf).filter((each) => each.length > 0)
    return say`${bold`${severity}`}${joined(places, ',')}: ${sentence(message)}`
  })
}

function placeOf({ file, line }: Pick<Remark, 'file' | 'line'>): Text {
  return file === undefined ? [] : say` ${code(`${file}:${line ?? 1}`)}`
}
