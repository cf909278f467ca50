import type { ConfigEntry } from '../../config/config-entries.ts'
import { paragraph, type Block } from '../blocks/block.ts'
import { code, quoted, say, type Text } from '../blocks/text.ts'

/** Every setting that holds on a branch, with what says so. */
export function settingsBlocks(branch: string, entries: readonly ConfigEntry[]): readonly Block[] {
  const isWritten = entries.some(({ at }) => at !== undefined)
  return [
    paragraph(
      say`What holds on ${code(branch)}${isWritten ? '' : say`, where no ${code('.github/multiarch.yml')} says anything`}:`,
    ),
    {
      kind: 'table',
      head: [['setting'], ['value'], ['from']],
      rows: entries.map(({ key, value, at }): readonly Text[] => [
        [key],
        key === 'kubernetes.max' && value === undefined ? ['no limit'] : valueText(value),
        at === undefined ? ['default'] : [code(`${at.file}:${at.line}`)],
      ]),
    },
  ]
}

function valueText(value: unknown): Text {
  if (value === undefined) return ['to be found']
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0
  if (isEmpty) return ['none']
  return [quoted(typeof value === 'string' ? value : JSON.stringify(value))]
}
