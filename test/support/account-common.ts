import { expect } from 'vitest'
import { accountOfWords, named, placed, type Told, type Words } from './account.ts'

/** The one file of these accounts. */
const FILE = 'f.yml'

export interface CommonRow extends Words {
  /** Where the common lines of the fork's change have come to. */
  readonly places: readonly string[]
  readonly faults?: readonly string[]
  readonly ambiguous?: readonly string[]
}

/** `own` is `own_key: 1`, `own=2` is `own_key: 2`; signs and `on` stand everywhere; `name=…` is the name of a task, `say=…` no setting, `_` blank. */
export function text(words: string): string {
  const lines = words.split(' ').map((word) => {
    const [key = '', value = '1'] = word.split('=')
    if (/^[}\])]$/.test(key)) return key
    if (key === '_') return '  '
    if (key === 'on') return '  become: true'
    if (key === 'say') return value.replaceAll('_', ' ')
    return key === 'name' ? `- name: ${value.replaceAll('_', ' ')}` : `${key}_key: ${value}`
  })
  return lines.map((line) => `${line}\n`).join('')
}

/** Holds an account to what it should say of the common lines, and to its faults. */
export function lookAtCommon({ places, faults = [], ambiguous = [], ...words }: CommonRow): void {
  const account = accountOfWords(words, FILE, text)
  const isCommon = (said: string): boolean => /^[+-](?:[}\])]|become)/.test(said)
  expect(
    placed(account)
      .filter(isCommon)
      .map((said) => said.replace(` ${FILE}`, '')),
  ).toEqual(places)
  expect(named(account).map((said) => said.replace(` ${FILE}:`, ''))).toEqual(faults)
  expect([...account.ambiguous].map((each) => each.trim())).toEqual(ambiguous)
}

/** The report names a line as left out. */
export const leftOut = (side: 'added' | 'removed', line: string): Told => ({
  files: [{ path: FILE, verdict: 'adapted', leftOut: [{ side, line: 1, text: line, why: 'gone' }] }],
})
