import { expect } from 'vitest'
import { accountOfWords, named, placed, type Words } from './account.ts'

/** The one file of these accounts. */
export const FILE = 'f.yml'

/** A text with a setting for each word: `own` is `own_key: 1`, `own=2` is `own_key: 2`; `_` stands for a blank. */
function text(words: string): string {
  return words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [key = '', value = '1'] = word.split('=')
      return `${key.replaceAll('_', ' ')}_key: ${value}\n`
    })
    .join('')
}

export interface PlacesRow extends Words {
  /** Where each line of the fork's has come to, as words. */
  readonly places: readonly string[]
  /** What has no place, with its line. */
  readonly faults?: readonly string[]
  readonly ambiguous?: readonly string[]
}

/** Holds an account to what it should say of every line. */
export function lookAt({ places, faults = [], ambiguous = [], ...words }: PlacesRow): void {
  const account = accountOfWords(words, FILE, text)
  const short = (said: string): string =>
    said.replaceAll(`${FILE}`, '').replaceAll('_key: 1', '').replaceAll(/ +/g, ' ')
  expect(placed(account).map(short)).toEqual(places)
  const at = account.unplaced.map(({ line }) => line)
  expect(named(account).map((said, index) => `${short(said.replace(':', ''))} ${at[index]}`)).toEqual(faults)
  expect([...account.ambiguous]).toEqual(ambiguous)
}
