import { describe, expect, test } from 'vitest'
import { wordPlaybooks } from '../../../src/core/explain/found/word-playbooks.ts'
import { blobOid } from '../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import type { Tree } from '../../../src/core/model/tree.ts'
import { copiedFiles, mayBeCopies } from '../../../src/core/playbooks/copied-files.ts'

type Texts = Readonly<Record<string, string>>

function treeOf(texts: Texts): Tree {
  const encoder = new TextEncoder()
  return new Map(
    Object.entries(texts).map(([path, text]) => [
      path,
      { mode: '100644', oid: blobOid(encoder.encode(text)) },
    ]),
  )
}

const CONF = 'one = 1\ntwo = 2\nthree = 3\nfour = 4\n'
const BASE = { 'cluster.yml': 'plays\n', 'roles/engine/templates/conf.j2': CONF, 'tests/one.yml': CONF }

function told(own: Texts, next: Texts) {
  const base = treeOf(BASE)
  const findings = copiedFiles({
    copies: mayBeCopies(Object.keys(own), base),
    texts: new Map(Object.entries(own)),
    originals: new Map(Object.entries(BASE)),
    base,
    target: treeOf(next),
    releases: { from: 'v2.21.0' as ReleaseTag, to: 'v2.22.2' as ReleaseTag },
  })
  return wordPlaybooks(findings).map(({ severity, file, message }) => `${severity} ${file ?? ''}: ${message}`)
}

const MINE = CONF.replace('two = 2', 'two = mine')
const NEXT = { ...BASE, 'roles/engine/templates/conf.j2': `${CONF}five = 5\n` }

describe('a file of one’s own at the path of one of the release’s below a folder', () => {
  test('is told with what it is a copy of where the release changed that', () => {
    expect(told({ 'patches/roles/engine/templates/conf.j2': MINE }, NEXT)).toEqual([
      "warning patches/roles/engine/templates/conf.j2: This is a copy of v2.21.0's `roles/engine/templates/conf.j2` with changes of yours, which I do not carry: v2.22.2 changed that file, and where yours is put over it, that is lost. Put your changes into the file of v2.22.2; `git diff v2.21.0 v2.22.2 -- roles/engine/templates/conf.j2` in a clone of Kubespray shows what it changed.",
    ])
  })

  test('is told where the release has it no more, and where it is a copy without a change', () => {
    const [gone] = told({ 'roles/engine/templates/conf.j2': MINE }, { 'cluster.yml': 'plays\n' })
    expect(gone).toContain('v2.22.2 has that file no more, so look where it belongs now.')
    const [same] = told({ 'over/roles/engine/templates/conf.j2': CONF }, NEXT)
    expect(same).toContain('which I leave as it is: v2.22.2 changed that file')
    expect(same).toContain('Take the file of v2.22.2;')
  })

  test.each<[string, Texts, Texts]>([
    ['the release goes on with it as it was', { 'patches/roles/engine/templates/conf.j2': MINE }, BASE],
    ['it has the name alone', { 'mine/roles/engine/templates/conf.j2': 'other = 1\nthings = 2\n' }, NEXT],
    ['it is no file of a play', { 'mine/tests/one.yml': CONF }, { ...NEXT, 'tests/one.yml': 'anew\n' }],
    ['it is of a role of one’s own', { 'roles/mine/templates/conf.j2': CONF }, NEXT],
  ])('is no matter where %s', (_title, own, next) => {
    expect(told(own, next)).toEqual([])
  })
})
