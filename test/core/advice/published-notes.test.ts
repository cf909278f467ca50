import { describe, expect, it } from 'vitest'
import { cutNotes } from '../../../src/core/advice/published-notes.ts'
import { markdown } from '../../../src/core/explain/blocks/markdown.ts'
import { renderNotes } from '../../../src/core/explain/sections/render-notes.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { fullStep } from '../../support/pull-request.ts'

const NOTES = `# v9.9.0

## Urgent Upgrade Notes

### (No, really, you **MUST** read this before you upgrade)

- \`lake_depth\` is a number now. Action required ([#101](https://github.com/a/b/pull/101), [@ada](https://github.com/ada)) [SIG Network]
- The pond is gone: use a lake
  instead, and set \`fish_enabled\`. (#102, @grace)
- Boats are red. (#103, @ada)

## Changes by kind

### Feature

* Support for fish of \`lake_depth\` 3 by @ada in https://github.com/a/b/pull/104
* The ponds’ **Trout** is v2.
  - with nested words on lake_colour (#105)
* Nothing for anybody

Talk of lake_depth outside of a list.
`

const cut = (...words: readonly string[]): ReturnType<typeof cutNotes> =>
  cutNotes([{ release: 'v9.9.0' as ReleaseTag, notes: NOTES }], new Set(words))

describe('the notes of a release, cut to what somebody sets or runs', () => {
  it.each([
    [
      'a variable',
      ['lake_depth'],
      ['`lake_depth` is a number now. Action required #101'],
      ['Support for fish of `lake_depth` 3 #104'],
    ],
    [
      'an add-on, whatever its case',
      ['trout'],
      [],
      ['The ponds’ Trout is v2. with nested words on lake_colour #105'],
    ],
    [
      'words of a second line, and of a list below',
      ['fish_enabled', 'lake_colour'],
      ['The pond is gone: use a lake instead, and set `fish_enabled`. #102'],
      ['The ponds’ Trout is v2. with nested words on lake_colour #105'],
    ],
    [
      'a part of a word is no word',
      ['lake', 'depth'],
      ['The pond is gone: use a lake instead, and set `fish_enabled`. #102'],
      [],
    ],
    ['nothing', [], [], []],
  ] as const)('%s', (_, words, urgent, touching) => {
    const found = cut(...words)
    const said = (notes: typeof found.urgent): readonly string[] =>
      notes.map(({ text, pull }) => `${text} #${pull}`)
    expect(said(found.urgent)).toEqual(urgent)
    expect(said(found.touching)).toEqual(touching)
    expect(found.urgent.length + found.otherUrgent).toBe(3)
  })

  it('are said with their pull requests, and what was left out is counted', () => {
    const body = markdown(
      renderNotes({ ...fullStep(), published: cut('lake_depth') }).flatMap(({ full }) => full),
    )
    const release = '[`v9.9.0`](https://redirect.github.com/kubernetes-sigs/kubespray/releases/tag/v9.9.0)'
    expect(body).toContain(
      `Upstream’s urgent notes that name what you set or run:\n\n- \`lake_depth\` is a number now. Action required ([\\#\u200b101](https://redirect.github.com/kubernetes-sigs/kubespray/pull/101))\n- 2 urgent notes more name nothing that you set: see ${release}.`,
    )
    expect(body).toContain('Upstream’s other notes that name it:\n\n- Support for fish of `lake_depth` 3 ([')
  })

  it('hold nothing that comes alive', () => {
    const evil =
      '## Urgent\n\n- lake_depth <img src=x> @octocat Fixes #7 [x](javascript:y) `a`` b` https://evil.example\n'
    const published = cutNotes([{ release: 'v9.9.0' as ReleaseTag, notes: evil }], new Set(['lake_depth']))
    const body = markdown(renderNotes({ ...fullStep(), published }).flatMap(({ full }) => full))
    expect(body).not.toMatch(/<img|@octocat|\]\(javascript|[^(]https:\/\/evil/)
  })

  it('of a release without lists say nothing', () => {
    expect(
      cutNotes([{ release: 'v9.9.0' as ReleaseTag, notes: 'lake_depth' }], new Set(['lake_depth'])),
    ).toEqual({
      releases: ['v9.9.0'],
      urgent: [],
      otherUrgent: 0,
      touching: [],
    })
  })
})
