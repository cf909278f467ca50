import type { Edit } from '../../text/edit.ts'
import { lineStart } from './line-start.ts'
import type { YamlEntry, YamlItem, YamlMapping, YamlSequence } from '../node/yaml-node.ts'

/** The only child of a block collection, and what holds that collection. */
interface LastChild {
  readonly holder: YamlEntry | YamlItem
  readonly parent: YamlMapping | YamlSequence
  readonly child: YamlEntry | YamlItem
}

/**
 * Writes `{}` or `[]` behind the colon or dash of a collection that loses its only child, so that it stays a collection
 * and does not turn into null. What becomes of the child's own lines is the caller's to say.
 */
export function emptiedHead(text: string, { holder, parent, child }: LastChild): readonly Edit[] {
  const empty = parent.kind === 'mapping' ? '{}' : '[]'
  if (lineStart(text, child.start) === lineStart(text, holder.start)) {
    return [{ from: child.start, to: child.start, text: `${empty} ` }]
  }
  const colon = 'keyRange' in holder ? holder.colonTo : holder.start + 1
  const props = /^(?:[ \t]+[&!]\S*)*/.exec(text.slice(colon, parent.contentFrom))?.[0].length ?? 0
  return [{ from: colon + props, to: colon + props, text: ` ${empty}` }]
}
