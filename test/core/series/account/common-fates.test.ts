import { describe, expect, test } from 'vitest'
import { accountOfWords, named, placed, type Told, type Words } from '../../../support/account.ts'

const FILE = 'f.yml'

interface Row extends Words {
  /** Where the common lines of the fork's change have come to. */
  readonly places: readonly string[]
  readonly faults?: readonly string[]
  readonly ambiguous?: readonly string[]
}

/** `own` is `own_key: 1`, `own=2` is `own_key: 2`; `}` and `on` stand everywhere; `pull=…` is the name of a task. */
function text(words: string): string {
  const lines = words.split(' ').map((word) => {
    const [key = '', value = '1'] = word.split('=')
    if (key === '}') return key
    if (key === 'on') return '  become: true'
    return key === 'name' ? `- name: ${value.replaceAll('_', ' ')}` : `${key}_key: ${value}`
  })
  return lines.map((line) => `${line}\n`).join('')
}

function lookAt({ places, faults = [], ambiguous = [], ...words }: Row): void {
  const account = accountOfWords(words, FILE, text)
  const isCommon = (said: string): boolean => /^[+-](?:\}|become)/.test(said)
  expect(
    placed(account)
      .filter(isCommon)
      .map((said) => said.replace(` ${FILE}`, '')),
  ).toEqual(places)
  expect(named(account).map((said) => said.replace(` ${FILE}:`, ''))).toEqual(faults)
  expect([...account.ambiguous].map((each) => each.trim())).toEqual(ambiguous)
}

const leftOut = (side: 'added' | 'removed', line: string): Told => ({
  files: [{ path: FILE, verdict: 'adapted', leftOut: [{ side, line: 1, text: line, why: 'gone' }] }],
})

describe('a common line that came with one', () => {
  const put = { base: 'aaa on bbb on', head: 'aaa on own on bbb on' }
  test.each<[string, Row]>([
    [
      'of which upstream has another value by now: it may be upstream’s',
      {
        ...{ ...put, release: 'aaa on own=2 on bbb on', result: put.head },
        places: ['+become: true result'],
        ambiguous: ['become: true'],
      },
    ],
    [
      'of which upstream has another value elsewhere, and that went: it went along',
      {
        ...{ ...put, release: 'aaa on bbb on own=2 on', result: 'aaa on bbb on own=2 on' },
        places: ['+become: true nowhere'],
        faults: ['lost own_key: 1', 'lost become: true'],
        ambiguous: ['become: true'],
      },
    ],
    [
      'of which upstream has the very same: it is upstream’s',
      { ...put, release: 'aaa on own on bbb on', result: put.head, places: ['+become: true release'] },
    ],
    [
      'whose words are those of upstream’s new one',
      {
        ...{ base: 'aaa on bbb on', head: 'aaa on name=pull_alpha_images on bbb on' },
        ...{ release: 'aaa on name=pull_alpha_images_twice on bbb on' },
        result: 'aaa on name=pull_alpha_images on bbb on',
        places: ['+become: true result'],
        ambiguous: ['become: true'],
      },
    ],
    [
      'half of whose words are those of upstream’s new one',
      {
        ...{ base: 'aaa on bbb on', head: 'aaa on name=pull_alpha_images_fast on bbb on' },
        ...{ release: 'aaa on name=pull_alpha on bbb on' },
        result: 'aaa on name=pull_alpha_images_fast on bbb on',
        places: ['+become: true result'],
        ambiguous: ['become: true'],
      },
    ],
    [
      'which shares with upstream’s new one what all have: it is the fork’s own',
      {
        ...{
          base: 'name=pull_the_base on bbb on',
          head: 'name=pull_the_base on name=pull_the_alpha on bbb on',
        },
        release: 'name=pull_the_base on name=pull_the_beta on bbb on',
        result: 'name=pull_the_base on name=pull_the_beta on name=pull_the_alpha on bbb on',
        places: ['+become: true result 6'],
      },
    ],
  ])('%s', (_which, row) => {
    lookAt(row)
  })
})

describe('a common line that moved with others', () => {
  test.each<[string, Row]>([
    [
      'went where the others did',
      { base: 'on eps theta } eta', head: 'on eta theta', result: 'on eta theta', places: ['-} result'] },
    ],
    [
      'stands where the fork has it',
      {
        base: 'eta } gamma theta',
        head: 'gamma theta eta }',
        result: 'gamma theta eta }',
        places: ['-} result', '+} result 4'],
      },
    ],
  ])('%s', (_which, row) => {
    lookAt(row)
  })
})

describe('a common line that comes or goes alone', () => {
  test.each<[string, Row]>([
    [
      'is the fork’s own where upstream took one away',
      {
        base: 'on zeta',
        head: 'on on zeta',
        release: 'zeta',
        result: 'on zeta',
        places: ['+become: true result 1'],
      },
    ],
    [
      'is taken away by the fork where upstream put one in',
      {
        base: '} zeta eta',
        head: 'zeta eta',
        release: '} zeta eta }',
        result: 'zeta eta }',
        places: ['-} result'],
      },
    ],
    [
      'may be upstream’s where upstream put one in as well',
      {
        ...{
          base: 'on zeta eta',
          head: 'on zeta on eta',
          release: 'on zeta eta on',
          result: 'on zeta eta on',
        },
        places: ['+become: true result'],
        ambiguous: ['become: true'],
      },
    ],
    [
      'may be left out where the report says so',
      {
        ...{
          base: 'on beta',
          head: 'on beta on',
          result: 'on beta',
          told: leftOut('added', '  become: true'),
        },
        places: ['+become: true result'],
        ambiguous: ['become: true'],
      },
    ],
    [
      'may stand on where the report says so',
      {
        ...{ base: '} on beta }', head: 'on beta }', result: '} on beta }', told: leftOut('removed', '}') },
        places: ['-} result'],
        ambiguous: ['}'],
      },
    ],
  ])('%s', (_which, row) => {
    lookAt(row)
  })
})

describe('a common line at the end of a block that the fork put in the place of another', () => {
  const block = { base: 'aaa } old more ccc', head: 'aaa } own else ccc', release: 'aaa ccc' }
  test.each<[string, Row]>([
    [
      'may have gone with the other, above',
      { ...block, result: 'aaa } own else ccc', places: [], ambiguous: ['}'] },
    ],
    [
      'or below',
      {
        ...{ base: 'aaa old more } ccc', head: 'aaa own else } ccc', release: 'aaa ccc' },
        ...{ result: 'aaa own else } ccc', places: [], ambiguous: ['}'] },
      },
    ],
    ['or not', { ...block, result: 'aaa own else ccc', places: [], ambiguous: ['}'] }],
    [
      'may have gone with the other, where the one is of one line',
      { ...block, head: 'aaa } own ccc', result: 'aaa } own ccc', places: [], ambiguous: ['}'] },
    ],
    [
      'may have gone, where upstream took a part of the other',
      { ...block, release: 'aaa } old ccc', result: 'aaa } own else ccc', places: [], ambiguous: ['}'] },
    ],
    [
      'is none at one line in the place of another',
      { base: 'aaa } old ccc', head: 'aaa } own ccc', release: 'aaa ccc', result: 'aaa own ccc', places: [] },
    ],
    [
      'is none where the file ends',
      { base: 'aaa old more', head: 'aaa own else', release: 'aaa', result: 'aaa own else', places: [] },
    ],
  ])('%s', (_which, row) => {
    lookAt(row)
  })
})
