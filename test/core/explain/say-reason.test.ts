import { expect, test } from 'vitest'
import { groupFiles } from '../../../src/core/explain/group-files.ts'
import { renderPullRequest } from '../../../src/core/explain/texts/render-pull-request.ts'
import type { PullRequestFacts } from '../../../src/core/explain/pull-request-facts.ts'
import { carriedJson } from '../../../src/entry/print/plan-json.ts'
import { terminal } from '../../../src/core/explain/blocks/terminal.ts'
import { patchExplanation } from '../../../src/core/explain/texts/patch-explanation.ts'
import { reportPage } from '../../../src/entry/report/report-page.ts'
import type { MergeNote } from '../../../src/core/model/merge-note.ts'
import type { FileOutcome } from '../../../src/core/model/verdict.ts'
import { carriedPatch, carryFacts, release } from '../../support/pull-request.ts'

const FILE = 'roles/thing/defaults/main.yml'
const COLLISION = { key: 'panel_tag', there: 'panel_tag: v1.4.0', own: 'panel_tag: v1.3.0' }

function everyText(
  told: readonly MergeNote[],
  more: Partial<FileOutcome> = {},
  path = FILE,
): readonly string[] {
  const patch = carriedPatch('1', {
    title: 'Some patch',
    verdict: 'adapted',
    files: [{ path, told, ...more }],
  })
  const facts: PullRequestFacts = {
    ...{ kind: 'kubespray', surface: 'pull-request', branch: 'main' },
    release: release('v2.11.0'),
    carry: carryFacts([patch]),
    account: {
      sums: { lines: 1, carried: 0, upstream: 0, leftOut: 1, open: 0, unaccounted: 0, inAnotherForm: 0 },
      ...{ unplaced: [], remarks: [] },
    },
  }
  return [
    renderPullRequest(facts).body,
    reportPage({ title: '', step: facts }),
    terminal(patchExplanation({ carried: patch, number: 1, diffs: [], upstream: new Map() }, 'v2.11.0')),
    JSON.stringify(carriedJson(patch)),
  ].map((text) => text.replace(/\s+/g, ' '))
}

test('a setting of which the release’s newer version stands is told in every text, and the user’s line as left out', () => {
  const leftOut = [{ side: 'added', line: 6, text: COLLISION.own, why: 'lowered' }] as const
  const texts = everyText([{ code: 'value-lowered', ...COLLISION }], { leftOut })
  for (const text of texts) {
    expect(text).toContain('panel_tag: v1.4.0')
    expect(text).toContain('panel_tag: v1.3.0')
    expect(text).toMatch(/is of an older version/)
    expect(text).toMatch(/would lower a version of the release|"why":"lowered"/i)
  }
})

test.each([
  [
    { code: 'value-kept', ...COLLISION },
    /your.*panel_tag: v1.3.0.*is kept, the release has.*panel_tag: v1.4.0/,
  ],
  [{ code: 'value-reviewed', ...COLLISION }, /panel_tag: v1.4.0.*stands, which is the reviewed form of your/],
  [{ code: 'key-twice', names: ['downloads.panel'] }, /downloads.panel.*stands twice at one level/],
  [{ code: 'line-twice', names: ['echo hello'] }, /echo hello.*stands twice in the result/],
] as [MergeNote, RegExp][])('$code is told in every text', (note, sentence) => {
  for (const text of everyText([note])) expect(text).toMatch(sentence)
})

test('nothing is quoted of an inventory', () => {
  const notes: MergeNote[] = [
    { code: 'value-kept', key: 'password', there: 'password: secret', own: 'password: secret' },
    { code: 'value-lowered', key: 'password', there: 'password: secret', own: 'password: secret' },
    { code: 'line-twice', names: ['password: secret'] },
    { code: 'key-twice', names: ['password'] },
  ]
  const [body, page] = everyText(notes, {}, 'inventory/home/group_vars/all.yml')
  for (const text of [body, page]) expect(text).not.toMatch(/secret|password/)
})

test('files with different notes are no one group', () => {
  const outcome = { verdict: 'adapted', reasons: [{ code: 'by-lines' }], upstream: [] } as const
  const files = ['a', 'b'].map((path): FileOutcome => {
    return { ...outcome, path, to: path, told: [{ code: 'line-twice', names: [`line of ${path}`] }] }
  })
  expect(groupFiles(files)).toHaveLength(2)
})

test('lists that changed their form alike are said in one sentence, and none is lost', () => {
  const keys = [
    'crio.amd64',
    'crio.arm64',
    'kubelet.amd64',
    'kubelet.arm64',
    'kubeadm.amd64',
    'kubeadm.arm64',
  ]
  const told = keys.map((key): MergeNote => ({ code: 'list-form', key, like: `1.2.3: sha256:${key}` }))
  for (const text of everyText(told)) {
    expect(text.match(/brought into that form/g)).toHaveLength(1)
    expect(text).toContain('sha256:crio.amd64')
    expect(text).toContain('1 more')
  }
  for (const text of everyText(told, {}, 'inventory/home/group_vars/all.yml').slice(0, 2)) {
    expect(text.match(/brought into that form/g)).toHaveLength(1)
    expect(text).not.toContain('sha256')
    expect(text).toContain('6 lists')
  }
})
