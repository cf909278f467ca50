import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptyWorld, type World } from '../../support/demo.ts'
import { contentOf, mailOf, refreshed, written, type Files } from '../../support/patch-mail.ts'

const LINES = Array.from({ length: 20 }, (_, at) => `line ${at + 1}\n`)
const text = (changes: Readonly<Record<number, string>> = {}): string =>
  LINES.map((line, at) => changes[at + 1] ?? line).join('')

const BASE = { 'a.yml': text(), 'roles/b.yml': text(), 'roles/gone.yml': 'g\n' }
const PATCHED = {
  'a.yml': text({ 9: 'mine\n' }),
  'roles/b.yml': text({ 9: 'mine\n' }),
  'roles/new.yml': 'n\n',
}
/** Lines beside the patch's are others, and one file stands in a folder. */
const RELEASE = {
  ...BASE,
  'a.yml': undefined,
  'plays/a.yml': text({ 8: 'theirs\n' }),
  'roles/b.yml': text({ 8: 'theirs\n' }),
}
const MINE = text({ 8: 'theirs\n', 9: 'mine\n' })
const WANTED = { 'plays/a.yml': MINE, 'roles/b.yml': MINE, 'roles/new.yml': 'n\n', 'roles/z.yml': 'more\n' }

const filled = (files: Readonly<Record<string, string | undefined>>): Files =>
  Object.fromEntries(
    Object.entries(files).flatMap(([path, told]) => (told === undefined ? [] : [[path, told]])),
  )

const git =
  (...args: readonly string[]) =>
  (world: World): string => {
    const before = written(world, BASE)
    return execFileSync('git', [
      '-C',
      world.path,
      'diff',
      ...args,
      before,
      written(world, PATCHED),
    ]).toString()
  }

/** What `diff` says of two folders beside each other. */
const folders =
  (...args: readonly string[]) =>
  (world: World): string => {
    for (const [name, files] of [
      ['k.orig', BASE],
      ['k', PATCHED],
    ] as const) {
      const commit = written(world, files)
      world.git('clean', '--quiet', '-fdx')
      execFileSync(
        'sh',
        ['-c', `rm -rf ../${name} && mkdir ../${name} && git archive ${commit} | tar -xmC ../${name}`],
        { cwd: world.path },
      )
    }
    const script = `TZ=UTC diff ${args.join(' ')} k.orig k || true`
    return execFileSync('sh', ['-c', script], { cwd: join(world.path, '..') }).toString()
  }

const subversion = (world: World): string =>
  git('--no-prefix')(world).replaceAll(
    /^diff --git \S+ (\S+)\n(?:(?:index|new|deleted) .*\n)*/gm,
    `Index: $1\n${'='.repeat(67)}\n`,
  )

interface Row {
  readonly name: string
  readonly strip: number
  readonly patch: (world: World) => string
  /** The heads of its files, afterwards; a date is `DATE`. */
  readonly heads: readonly string[]
}

const ROWS: readonly Row[] = [
  {
    name: '`git diff`',
    strip: 1,
    patch: git(),
    heads: [
      'diff --git a/plays/a.yml b/plays/a.yml',
      '--- a/plays/a.yml',
      '+++ b/plays/a.yml',
      'diff --git a/roles/b.yml b/roles/b.yml',
      '--- a/roles/b.yml',
      '+++ b/roles/b.yml',
      'diff --git a/roles/gone.yml b/roles/gone.yml',
      '--- a/roles/gone.yml',
      '+++ /dev/null',
      'diff --git a/roles/new.yml b/roles/new.yml',
      '--- /dev/null',
      '+++ b/roles/new.yml',
      'diff --git a/roles/z.yml b/roles/z.yml',
      '--- /dev/null',
      '+++ b/roles/z.yml',
    ],
  },
  {
    name: '`git diff --no-prefix`',
    strip: 0,
    patch: git('--no-prefix'),
    heads: [
      'diff --git plays/a.yml plays/a.yml',
      '--- plays/a.yml',
      '+++ plays/a.yml',
      'diff --git roles/b.yml roles/b.yml',
      '--- roles/b.yml',
      '+++ roles/b.yml',
      'diff --git roles/gone.yml roles/gone.yml',
      '--- roles/gone.yml',
      '+++ /dev/null',
      'diff --git roles/new.yml roles/new.yml',
      '--- /dev/null',
      '+++ roles/new.yml',
      'diff --git roles/z.yml roles/z.yml',
      '--- /dev/null',
      '+++ roles/z.yml',
    ],
  },
  {
    name: 'prefixes of its own',
    strip: 1,
    patch: git('--src-prefix=old/', '--dst-prefix=new/'),
    heads: [
      'diff --git old/plays/a.yml new/plays/a.yml',
      '--- old/plays/a.yml',
      '+++ new/plays/a.yml',
      'diff --git old/roles/b.yml new/roles/b.yml',
      '--- old/roles/b.yml',
      '+++ new/roles/b.yml',
      'diff --git old/roles/gone.yml new/roles/gone.yml',
      '--- old/roles/gone.yml',
      '+++ /dev/null',
      'diff --git old/roles/new.yml new/roles/new.yml',
      '--- /dev/null',
      '+++ new/roles/new.yml',
      'diff --git old/roles/z.yml new/roles/z.yml',
      '--- /dev/null',
      '+++ new/roles/z.yml',
    ],
  },
  {
    name: 'a folder around the release',
    strip: 2,
    patch: git('--src-prefix=a/kubespray/', '--dst-prefix=b/kubespray/'),
    heads: [
      'diff --git a/kubespray/plays/a.yml b/kubespray/plays/a.yml',
      '--- a/kubespray/plays/a.yml',
      '+++ b/kubespray/plays/a.yml',
      'diff --git a/kubespray/roles/b.yml b/kubespray/roles/b.yml',
      '--- a/kubespray/roles/b.yml',
      '+++ b/kubespray/roles/b.yml',
      'diff --git a/kubespray/roles/gone.yml b/kubespray/roles/gone.yml',
      '--- a/kubespray/roles/gone.yml',
      '+++ /dev/null',
      'diff --git a/kubespray/roles/new.yml b/kubespray/roles/new.yml',
      '--- /dev/null',
      '+++ b/kubespray/roles/new.yml',
      'diff --git a/kubespray/roles/z.yml b/kubespray/roles/z.yml',
      '--- /dev/null',
      '+++ b/kubespray/roles/z.yml',
    ],
  },
  {
    name: '`diff -ruN`',
    strip: 1,
    patch: folders('-ruN'),
    heads: [
      'diff -ruN k.orig/plays/a.yml k/plays/a.yml',
      '--- k.orig/plays/a.yml\tDATE',
      '+++ k/plays/a.yml\tDATE',
      'diff -ruN k.orig/roles/b.yml k/roles/b.yml',
      '--- k.orig/roles/b.yml\tDATE',
      '+++ k/roles/b.yml\tDATE',
      'diff -ruN k.orig/roles/gone.yml k/roles/gone.yml',
      '--- k.orig/roles/gone.yml\tDATE',
      '+++ k/roles/gone.yml\tNEVER',
      'diff -ruN k.orig/roles/new.yml k/roles/new.yml',
      '--- k.orig/roles/new.yml\tNEVER',
      '+++ k/roles/new.yml\tDATE',
      '--- /dev/null',
      '+++ k/roles/z.yml',
    ],
  },
  {
    name: '`svn diff`',
    strip: 0,
    patch: subversion,
    heads: [
      'Index: plays/a.yml',
      '--- plays/a.yml',
      '+++ plays/a.yml',
      'Index: roles/b.yml',
      '--- roles/b.yml',
      '+++ roles/b.yml',
      'Index: roles/gone.yml',
      '--- roles/gone.yml',
      '+++ /dev/null',
      'Index: roles/new.yml',
      '--- /dev/null',
      '+++ roles/new.yml',
      '--- /dev/null',
      '+++ roles/z.yml',
    ],
  },
]

test.each(ROWS)(
  'what $name wrote stays in its form, and goes on with -p$strip',
  ({ strip, patch, heads }) => {
    const world = emptyWorld()
    const mail = mailOf(patch(world))
    const trees = { base: BASE, release: filled(RELEASE), wanted: WANTED, moved: { 'a.yml': 'plays/a.yml' } }
    const now = refreshed(mail, trees)
    const found = now.match(/^(?:diff |--- |\+\+\+ |Index: ).*$/gm) ?? []
    expect(found.map((line) => line.replace(/\t1970.*/, '\tNEVER').replace(/\t\d{4}-.*/, '\tDATE'))).toEqual(
      heads,
    )
    const target = written(world, trees.release)
    for (const tool of ['git apply', 'patch --no-backup-if-mismatch --fuzz=0']) {
      world.git('checkout', '--quiet', '--force', target)
      world.git('clean', '--quiet', '-fd')
      execFileSync('sh', ['-c', `${tool} -p${strip}`], { cwd: world.path, input: now })
      world.git('add', '--all')
      const paths = world.git('ls-files').split('\n')
      expect(Object.fromEntries(paths.map((path) => [path, contentOf(world, path)]))).toEqual(WANTED)
    }
  },
)
