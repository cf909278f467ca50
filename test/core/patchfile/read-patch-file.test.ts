import { expect, test } from 'vitest'
import type { PatchFile } from '../../../src/core/patchfile/patch-file.ts'
import { readPatchFile } from '../../../src/core/patchfile/read-patch-file.ts'
import { wordsOf } from '../../../src/core/patchfile/words-of.ts'
import { textOf } from '../../../src/core/patchfile/refresh-mail.ts'
import { pathsOf, stripOf } from '../../../src/core/patchfile/apply-mail.ts'

const BODY = '@@ -1,3 +1,3 @@ all:\n one\n-two\n+2\n three\n'
const GIT = `diff --git a/roles/a.yml b/roles/a.yml\nindex 1111111..2222222 100644\n--- a/roles/a.yml\n+++ b/roles/a.yml\n${BODY}`
const MAIL = `From 24f1402a142bfd72c5c0a624fdeef0b30c43c490 Mon Sep 17 00:00:00 2001
From: =?UTF-8?q?J=C3=BCrgen?= <j@example.org>
Date: Wed, 5 Jan 2022 18:14:33 +0900
Subject: [PATCH 1/2] Two is =?UTF-8?q?=C3=BCber?= a number
 (#12)

Why it is so.

---- a line of dashes
---
 roles/a.yml | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

${GIT}-- 
2.35.1

`

interface Row {
  readonly name: string
  readonly text: string
  /** Files by patch. */
  readonly files: readonly (readonly string[])[]
}

const ROWS: readonly Row[] = [
  { name: 'what `git diff` writes', text: GIT, files: [['roles/a.yml']] },
  { name: 'what `git format-patch` writes', text: MAIL, files: [['roles/a.yml']] },
  {
    name: 'a mailbox of two commits',
    text: MAIL + MAIL.replaceAll('a.yml', 'b.yml'),
    files: [['roles/a.yml'], ['roles/b.yml']],
  },
  {
    name: 'what `diff -u` writes',
    text: `--- roles/a.yml\t2020-01-01\n+++ roles/a.yml\t2020-01-02\n${BODY}`,
    files: [['roles/a.yml']],
  },
  {
    name: 'what `diff -ruN` writes',
    text: `diff -ruN k.orig/roles/a.yml k/roles/a.yml\n--- k.orig/roles/a.yml\t2020\n+++ k/roles/a.yml\t2020\n${BODY}Only in k: x\n`,
    files: [['roles/a.yml']],
  },
  {
    name: 'a diff of Subversion',
    text: `Index: roles/a.yml\n===================================================================\n--- roles/a.yml\t(revision 1)\n+++ roles/a.yml\t(working copy)\n${BODY}`,
    files: [['roles/a.yml']],
  },
  {
    name: 'a diff of CVS, whose command stands below the name',
    text: `Index: roles/a.yml\n===================================================================\nRCS file: /cvs/a.yml,v\ndiff -u -r1.1 -r1.2\n--- roles/a.yml\t1 Jan 2020 10:00:00 -0000\t1.1\n+++ roles/a.yml\t2 Jan 2020 10:00:00 -0000\t1.2\n${BODY}`,
    files: [['roles/a.yml']],
  },
  {
    name: 'a name that `Index:` and `diff` both tell',
    text: `Index: roles/a.yml\n=================\ndiff -u roles/a.yml roles/a.yml\n--- roles/a.yml\t2020\n+++ roles/a.yml\t2021\n${BODY}`,
    files: [['roles/a.yml']],
  },
  {
    name: 'moves without a folder before their names',
    text: `diff --git roles/a.yml extra/a.yml\nsimilarity index 100%\nrename from roles/a.yml\nrename to extra/a.yml\ndiff --git roles/b.yml roles/b.yml\n--- roles/b.yml\n+++ roles/b.yml\n${BODY}diff --git x x\n--- x\n+++ x\n${BODY}`,
    files: [['extra/a.yml', 'roles/b.yml', 'x']],
  },
  {
    name: 'words between two files',
    text: `Some words.\n\n${GIT}\nmore words\n\n${GIT.replaceAll('a.yml', 'b.yml')}\nthe end\n`,
    files: [['roles/a.yml', 'roles/b.yml']],
  },
  {
    name: 'a mode, a name and an empty file, none with lines',
    text: 'diff --git a/x b/x\nold mode 100644\nnew mode 100755\ndiff --git a/roles/a.yml b/roles/b.yml\nsimilarity index 100%\nrename from roles/a.yml\nrename to roles/b.yml\ndiff --git a/e b/e\nnew file mode 100644\nindex 0000000..e69de29\n-- \n2.35.1\n',
    files: [['x', 'roles/b.yml', 'e']],
  },
  {
    name: 'no line end at the end of a file',
    text: `${GIT.replace(/ three\n$/, '')} three\n\\ No newline at end of file\n`,
    files: [['roles/a.yml']],
  },
  {
    name: 'lines that begin with the marks of names',
    text: GIT.replace('-two\n+2\n', '--- two\n+++ 2\n'),
    files: [['roles/a.yml']],
  },
  { name: 'an empty file', text: '', files: [[]] },
  { name: 'words alone', text: 'Subject: [PATCH 0/2] What this is about\n\nWords.\n', files: [[]] },
]

const joined = ({ mails }: PatchFile): string =>
  mails.map(({ head, sections, tail }) => head + sections.map(textOf).join('') + tail).join('')

test.each(ROWS)('$name: its parts are the whole of it', ({ text, files }) => {
  for (const each of [text, text.replaceAll('\n', '\r\n')]) {
    const reading = readPatchFile(each)
    if ('trouble' in reading) throw new Error(JSON.stringify(reading.trouble))
    const { file } = reading
    expect(joined(file)).toBe(text)
    expect(file.ending).toBe(each.includes('\r') ? '\r\n' : '\n')
    const exists = (path: string): boolean => ['roles/a.yml', 'roles/b.yml', 'x'].includes(path)
    const strip = stripOf(file.mails, exists)
    expect(
      file.mails.map(({ sections }) =>
        sections.map(({ diff }) => {
          const { from, to } = pathsOf(diff, strip, exists)
          return to ?? from
        }),
      ),
    ).toEqual(files)
  }
})

test('the words of a mail are those of its commit', () => {
  const reading = readPatchFile(MAIL)
  if ('trouble' in reading) throw new Error('not read')
  expect(wordsOf(reading.file.mails[0] as PatchFile['mails'][number])).toEqual({
    subject: 'Two is über a number (#12)',
    body: 'Why it is so.\n\n---- a line of dashes',
    author: {
      name: 'Jürgen',
      email: 'j@example.org',
      time: Date.parse('2022-01-05T09:14:33Z') / 1000,
      zone: '+0900',
    },
  })
})

test.each([
  ['words alone', 'About this.\n\nSubject to change.\n', { body: '' }],
  ['a head without anything below', 'From: J <j@example.org>\nSubject: One', { subject: 'One', body: '' }],
  [
    'a subject by base64, in two pieces',
    'Subject: =?UTF-8?B?w7xiZXI=?=\n =?UTF-8?B?IGFsbGVz?=\n\nWhy.\n',
    { subject: 'über alles', body: 'Why.' },
  ],
  [
    'a name in quotes, and a date without a zone',
    'From: "J. Doe" <j@example.org>\nDate: 2022-01-05T09:14:33Z\nSubject: [PATCH] [v2] One\n\nWhy.\n',
    {
      subject: 'One',
      body: 'Why.',
      author: {
        name: 'J. Doe',
        email: 'j@example.org',
        time: Date.parse('2022-01-05T09:14:33Z') / 1000,
        zone: '+0000',
      },
    },
  ],
  [
    'a date that is none',
    'From: J <j@example.org>\nDate: soon\nSubject: One\n\n',
    { subject: 'One', body: '' },
  ],
  ['nobody', 'Date: Wed, 5 Jan 2022 18:14:33 +0900\nSubject: One\n\n', { subject: 'One', body: '' }],
])('the words of a mail: %s', (_, head, words) => {
  expect(wordsOf({ head, sections: [], tail: '', line: 1 })).toEqual(words)
})

test.each([
  [
    'binary',
    3,
    'diff --git a/x b/x\nindex 1111111..2222222 100644\nGIT binary patch\nliteral 3\nKcmZQzU|?imU|?bZ00aO4\n\n',
  ],
  ['binary', 3, 'diff --git a/x b/x\nindex 1111111..2222222 100644\nBinary files a/x and b/x differ\n'],
  [
    'combined',
    5,
    'diff --cc roles/a.yml\nindex 1,2..3\n--- a/roles/a.yml\n+++ b/roles/a.yml\n@@@ -1,1 -1,1 +1,1 @@@\n- a\n -b\n++c\n',
  ],
  [
    'submodule',
    1,
    'diff --git a/k b/k\nindex 1111111..2222222 160000\n--- a/k\n+++ b/k\n@@ -1 +1 @@\n-Subproject commit 1\n+Subproject commit 2\n',
  ],
  ['other-form', 3, '*** a/x\t2020\n--- b/x\t2020\n***************\n*** 1,2 ****\n! a\n--- 1,2 ----\n! b\n'],
  ['other-form', 1, '2c2\n< two\n---\n> 2\n'],
  ['corrupt', 5, GIT.replace('@@ -1,3', '@@ -1,4')],
  ['corrupt', 5, GIT.replace('-two', '?two')],
  ['combined', 1, 'diff --cc roles/a.yml\nindex 1,2..3\n--- a/roles/a.yml\n+++ b/roles/a.yml\n'],
  ['corrupt', 5, GIT.replace(' three\n', '')],
] as const)('%s is refused at its line', (code, line, text) => {
  expect(readPatchFile(text)).toMatchObject({ trouble: { code, line } })
})
