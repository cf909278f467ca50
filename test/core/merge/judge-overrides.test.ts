import { describe, expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import { carryStory } from '../../support/carry.ts'

const VARS = 'roles/download/defaults/main.yml'
const TEMPLATE = 'roles/network/flannel/templates/flannel.yml.j2'
const REPO = 'flannel_image_repo: "quay.io/flannel"\n'
const OWN = 'flannel_image_repo: "mine/flannel"\n'
const CNI = 'flannel_cni_repo: "quay.io/cni"\nflannel_cni_tag: "v1"\n'
const image = (suffix: string): string => `image: {{ flannel_image_repo }}:{{ tag }}${suffix}\n`

describe('a variable whose value the patch keeps', () => {
  test('is told where the release reads it in another way', async () => {
    const carried = await carryStory({
      base: { [VARS]: REPO, [TEMPLATE]: image('') },
      patch: { [VARS]: OWN },
      upstream: { 'One image an architecture': { [TEMPLATE]: image('-{{ arch }}') } },
    })
    expect(carried.text(VARS)).toBe(OWN)
    expect(carried.verdict).toBe('adapted')
    expect(sayReason(carried.file(VARS))).toContain(
      '`flannel_image_repo` is read in another way: `image: {{ flannel_image_repo }}:{{ tag }}` became `image: {{ flannel_image_repo }}:{{ tag }}-{{ arch }}`.',
    )
  })

  test.each([
    ['other quotes and blanks', `image:  "{{ flannel_image_repo }}:{{ tag }}"\n`],
    ['another line', `${image('')}more: 1\n`],
  ])('is not where only %s changed', async (_title, text) => {
    const carried = await carryStory({
      base: { [VARS]: REPO, [TEMPLATE]: image('') },
      patch: { [VARS]: OWN },
      upstream: { changes: { [TEMPLATE]: text } },
    })
    expect(carried.verdict).toBe('clean')
  })

  // More than eight in one file are no handful of overrides, and each costs a search.
  test.each([
    [8, 'adapted'],
    [9, 'clean'],
  ])('of %i in one file: %s', async (count, verdict) => {
    const others = Array.from({ length: count - 1 }, (_, n) => `other_repo_${n}: "quay.io/${n}"\n`).join('')
    const carried = await carryStory({
      base: { [VARS]: REPO + others, [TEMPLATE]: image('') },
      patch: { [VARS]: OWN + others.replaceAll('quay.io', 'mine') },
      upstream: { 'One image an architecture': { [TEMPLATE]: image('-{{ arch }}') } },
    })
    expect(carried.verdict).toBe(verdict)
  })

  test('is left out where most of the patch is gone and the release reads it in another way, by the commit that says so', async () => {
    const carried = await carryStory({
      base: { [VARS]: REPO + CNI, [TEMPLATE]: image('') },
      patch: { [VARS]: OWN + CNI.replaceAll(/"(quay.io.cni|v1)"/g, '"mine"') },
      upstream: {
        'Drop the CNI image': { [VARS]: `${REPO}other: 1\n` },
        'One image an architecture': { [TEMPLATE]: image('-{{ arch }}') },
        'One image for all': { [TEMPLATE]: `${image('')}kind: list\n` },
      },
    })
    expect(carried.nothingLeft).toBe(true)
    expect(carried.verdict).toBe('obsolete')
    expect(carried.upstream).toContain(carried.commits.get('One image for all'))
    expect(sayReason(carried.file(VARS))).toContain('`flannel_cni_repo` is gone')
    expect(sayReason(carried.file(VARS))).toContain('there is nothing left to carry')
  })

  test('stays where most of the patch is gone and it is read as ever', async () => {
    const carried = await carryStory({
      base: { [VARS]: REPO + CNI, [TEMPLATE]: image('') },
      patch: { [VARS]: OWN + CNI.replaceAll(/"(quay.io.cni|v1)"/g, '"mine"') },
      upstream: { 'Drop the CNI image': { [VARS]: `${REPO}other: 1\n` } },
    })
    expect(carried.verdict).toBe('adapted')
    expect(carried.text(VARS)).toBe(`${OWN}other: 1\n`)
  })
})

// So many files are named for the variable, of which one reads it.
test.each([
  { files: 40, isTold: true },
  { files: 41, isTold: false },
])('what reads a variable is looked for in forty files ($files)', async ({ files, isTold }) => {
  const names = Array.from(
    { length: files - 1 },
    (_, at) => `roles/network/flannel/templates/more_${at}.yml.j2`,
  )
  const others = (text: string) => Object.fromEntries(names.map((name) => [name, text]))
  const carried = await carryStory({
    base: { [VARS]: REPO, [TEMPLATE]: image(''), ...others('one: 1\n') },
    patch: { [VARS]: OWN },
    upstream: { 'One image an architecture': { [TEMPLATE]: image('-{{ arch }}'), ...others('one: 2\n') } },
  })
  expect(carried.verdict).toBe(isTold ? 'adapted' : 'clean')
})
