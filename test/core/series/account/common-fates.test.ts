import { describe, test } from 'vitest'
import { leftOut, lookAtCommon, type CommonRow } from '../../../support/account-common.ts'

describe('a common line that came with one', () => {
  const put = { base: 'aaa on bbb on', head: 'aaa on own on bbb on' }
  test.each<[string, CommonRow]>([
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
    lookAtCommon(row)
  })
})

describe('a common line that moved with others', () => {
  test.each<[string, CommonRow]>([
    [
      'went with them, where upstream took them away',
      { base: 'eta gamma', head: 'gamma eta }', release: 'gamma', result: 'gamma', places: ['+} release'] },
    ],
    [
      'went where the others did',
      { base: 'on eps theta } eta', head: 'on eta theta', result: 'on eta theta', places: ['-} result'] },
    ],
    [
      'may be either’s between one that upstream took and one that the fork took',
      {
        ...{ base: 'aaa eta } gamma bbb', head: 'aaa bbb', release: 'aaa gamma bbb', result: 'aaa bbb' },
        ...{ places: ['-} result'], ambiguous: ['}'] },
      },
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
    lookAtCommon(row)
  })
})

describe('a common line that comes or goes alone', () => {
  test.each<[string, CommonRow]>([
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
      'or is the fork’s, beside it',
      {
        ...{ base: 'on zeta eta', head: 'on zeta on eta', release: 'on zeta eta on' },
        ...{ result: 'on zeta on eta on', places: ['+become: true result 3'], ambiguous: ['become: true'] },
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
      'is back with another, whatever the report says of what was put in',
      {
        ...{ base: '} fff', head: 'ggg', release: '} fff', result: '} fff ggg', told: leftOut('added', '}') },
        ...{ places: ['-} nowhere'], faults: ['back }', 'back fff_key: 1'], ambiguous: ['}'] },
      },
    ],
    [
      'is there twice, where the report says that it stands on',
      {
        ...{ base: '} bbb }', head: 'bbb }', result: '} bbb } }', told: leftOut('removed', '}') },
        ...{ places: ['-} result'], faults: ['twice }'], ambiguous: ['}'] },
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
    lookAtCommon(row)
  })
})

const twenty = Array.from({ length: 20 }, () => ')').join(' ')
const nineteen = twenty.slice(2)

describe('a common line at the end of a block that the fork put in the place of another', () => {
  const block = { base: 'aaa } old more ccc', head: 'aaa } own else ccc', release: 'aaa ccc' }
  test.each<[string, CommonRow]>([
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
    [
      'or on both sides, and all of them',
      {
        ...{ base: '} ] _ ) old more ) ] }', head: '} ] _ ) own else ) ] }', release: 'ccc' },
        ...{ result: '} ] _ ) own else ) ] } ccc', places: [], ambiguous: [')', ']', '}'] },
      },
    ],
    [
      'or far above, at most twenty lines away',
      {
        ...{
          base: `aaa } ${nineteen} old more ccc`,
          head: `aaa } ${nineteen} own else ccc`,
          release: 'aaa ccc',
        },
        ...{ result: `aaa } ${nineteen} own else ccc`, places: [], ambiguous: [')', '}'] },
      },
    ],
    [
      'and no further',
      {
        ...{ base: `aaa } ${twenty} old more ccc`, head: `aaa } ${twenty} own else ccc`, release: 'aaa ccc' },
        ...{ result: `aaa } ${twenty} own else ccc`, places: [], ambiguous: [')'] },
      },
    ],
    [
      'nor further below',
      {
        ...{ base: `aaa old more ${twenty} } ccc`, head: `aaa own else ${twenty} } ccc`, release: 'aaa ccc' },
        ...{ result: `aaa own else ${twenty} } ccc`, places: [], ambiguous: [')'] },
      },
    ],
    [
      'may have gone, where upstream has a part of the one elsewhere',
      {
        ...{ base: 'aaa } old more ccc', head: 'aaa } own else ccc', release: 'aaa } old more ccc else' },
        ...{ result: 'aaa } own ccc else', places: [], ambiguous: ['}'] },
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
      'stays, where both were done, whatever else went with the other',
      {
        ...{ base: 'aaa } old more ) ccc', head: 'aaa } own else ccc', result: 'aaa } own else ccc' },
        places: ['-) result'],
      },
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
    lookAtCommon(row)
  })
})
