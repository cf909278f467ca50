import { expect, test } from 'vitest'
import { carryStory } from '../../../support/carry.ts'

const rest = Array.from({ length: 5 }, (_, at) => `This is line ${'abcde'[at]} of it.\n`).join('')

/** Of three sentences that a patch puts in, upstream has two as they are and the third in its own words, by the same author. */
const look = async (own: string, theirs: string): Promise<boolean> => {
  const [one, two] = ['The first of some sentences is this.\n', 'And there is another sentence as well.\n']
  const carried = await carryStory({
    base: { 'a.txt': rest },
    patch: { 'a.txt': one + two + own + rest },
    upstream: { 'Say some things': { 'a.txt': one + two + theirs + rest } },
    author: { name: 'Test Person', email: 'person@example.com' },
  })
  expect(carried.verdict).toBe('upstreamed')
  expect(carried.file('a.txt').leftOut?.map(({ why }) => why)).toEqual(['reviewed'])
  return carried.look ?? false
}

test.each([
  [
    'another number',
    'Wait for 30 seconds and then go on with it.\n',
    'Wait for 60 seconds and then go on with it.\n',
    true,
  ],
  [
    'another word',
    'Wait for 30 seconds and then go on with it.\n',
    'Wait for 30 seconds and then carry on with it.\n',
    false,
  ],
  [
    'the same numbers the other way round',
    'Wait for 30 seconds and at most 60 to go on.\n',
    'Wait for 60 seconds and at most 30 to go on.\n',
    true,
  ],
  [
    'one number for two',
    'Wait for 30 seconds and 30 more to go on.\n',
    'Wait for 30 seconds and no more to go on.\n',
    true,
  ],
  [
    'the same numbers in other words',
    'Wait for 30 seconds and at most 60 to go on.\n',
    'Wait for 30 seconds but at most 60 to go on.\n',
    false,
  ],
  [
    'a number more',
    'Wait for 30 seconds and then go on with it.\n',
    'Wait for 30 seconds and then go on with it 2.\n',
    false,
  ],
])(
  'a reviewed form with %s: a look is asked for where a number of the patch is in it no more',
  async (_, own, theirs, isAsked) => {
    expect(await look(own, theirs)).toBe(isAsked)
  },
)
