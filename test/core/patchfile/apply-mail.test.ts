import { expect, test } from 'vitest'
import { applyMail, type ReadFile } from '../../../src/core/patchfile/apply-mail.ts'
import { mailOf } from '../../support/patch-mail.ts'

const TREE: ReadFile = (path) => {
  if (path === 'picture.png') return 'no-text'
  const text = { 'a.yml': 'one\ntwo\nthree\n', 'b.yml': 'b\n' }[path]
  return text === undefined ? undefined : { text, mode: '100644' }
}
const BODY = '@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n'
const change = (path: string, body = BODY): string =>
  `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${body}`
const moved = (from: string, to: string, body = '', kind = 'rename'): string =>
  `diff --git a/${from} b/${to}\nsimilarity index 90%\n${kind} from ${from}\n${kind} to ${to}\n${
    body === '' ? '' : `--- a/${from}\n+++ b/${to}\n${body}`
  }`

const applied = (patch: string): ReturnType<typeof applyMail> =>
  applyMail(mailOf(patch), { strip: 1, read: TREE })

test.each([
  ['a file that is not there', 'no-file', 1, 'c.yml', change('c.yml')],
  ['a file that is no text', 'no-text', 1, 'picture.png', change('picture.png')],
  ['a file outside of the tree', 'outside', 1, '../c.yml', change('../c.yml')],
  ['a file that comes from outside', 'outside', 1, 'c.yml', moved('../a.yml', 'c.yml')],
  [
    'a file that it adds and that is there',
    'exists',
    1,
    'a.yml',
    'diff --git a/a.yml b/a.yml\nnew file mode 100644\n--- /dev/null\n+++ b/a.yml\n@@ -0,0 +1 @@\n+x\n',
  ],
  ['a file that it moves onto one that is there', 'exists', 1, 'b.yml', moved('a.yml', 'b.yml')],
  [
    'a file that an earlier part took away',
    'no-file',
    4,
    'b.yml',
    'diff --git a/b.yml b/b.yml\ndeleted file mode 100644\nindex 6178079..0000000\ndiff --git a/b.yml b/b.yml\n--- a/b.yml\n+++ b/b.yml\n@@ -1 +1 @@\n-b\n+c\n',
  ],
  [
    'lines that are not there, at the hunk that has no place',
    'no-place',
    9,
    'a.yml',
    change('a.yml', `${BODY}@@ -9 +9 @@\n-nine\n+9\n`),
  ],
])('%s is trouble where it stands', (_, ...[code, line, path, patch]) => {
  expect(applied(patch)).toEqual({ trouble: { code, line, path } })
})

test.each([
  [
    'later parts go onto what earlier ones made',
    change('a.yml') + change('a.yml', '@@ -1,3 +1,3 @@\n one\n-2\n+zwei\n three\n'),
    { 'a.yml': 'one\nzwei\nthree\n' },
  ],
  [
    'a copy is of the file before the patch',
    change('a.yml') + moved('a.yml', 'c.yml', '@@ -1,3 +1,3 @@\n-one\n+1\n two\n three\n', 'copy'),
    { 'a.yml': 'one\n2\nthree\n', 'c.yml': '1\ntwo\nthree\n' },
  ],
  ['a move takes what stands there', moved('a.yml', 'c.yml'), { 'c.yml': 'one\ntwo\nthree\n' }],
])('%s', (_, patch, wanted) => {
  const result = applied(patch)
  if ('trouble' in result) throw new Error(result.trouble.code)
  expect(Object.fromEntries(result.applied.map(({ to, after }) => [to, after?.text]))).toEqual(wanted)
})
