import { expect, test } from 'vitest'
import {
  changedLines,
  contentOf,
  mailOf,
  patchOf,
  refreshed,
  TOOLS,
  written,
  type Files,
} from '../../support/patch-mail.ts'
import { emptyWorld } from '../../support/demo.ts'

const LINES = Array.from({ length: 30 }, (_, at) => `line ${at + 1}\n`)
const FILE = LINES.join('')
const text = (changes: Readonly<Record<number, string>> = {}): string =>
  LINES.map((line, at) => changes[at + 1] ?? line).join('')
const MINE = text({ 20: 'mine\n' })

interface Row {
  readonly name: string
  readonly base: Files
  readonly patched: Files
  readonly release: Files
  readonly wanted: Files
  readonly moved?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** Lines in which it is another than the patch that git makes of the release and what is wanted; most often none. */
  readonly unlike?: readonly string[]
}

/** One file, under one name all along. */
const one = (base: string, patched: string, release: string, wanted: string): Omit<Row, 'name'> => ({
  base: { 'roles/a.yml': base },
  patched: { 'roles/a.yml': patched },
  release: { 'roles/a.yml': release },
  wanted: { 'roles/a.yml': wanted },
})

const ROWS: readonly Row[] = [
  {
    name: 'the release moved its file into a folder',
    base: { 'cluster.yml': FILE },
    patched: { 'cluster.yml': MINE },
    release: { 'playbooks/cluster.yml': FILE },
    wanted: { 'playbooks/cluster.yml': MINE },
    moved: { 'cluster.yml': 'playbooks/cluster.yml' },
  },
  {
    name: 'its file has a name that stands in the head for something else',
    base: { a: FILE },
    patched: { a: MINE },
    release: { roles: FILE },
    wanted: { roles: MINE },
    moved: { a: 'roles' },
  },
  {
    name: 'it moves a file, and a line beside is another',
    base: { 'roles/a.yml': FILE },
    patched: { 'roles/b.yml': MINE },
    release: { 'roles/a.yml': text({ 19: 'theirs\n' }) },
    wanted: { 'roles/b.yml': text({ 19: 'theirs\n', 20: 'mine\n' }) },
    args: ['-M'],
  },
  {
    name: 'it moves a file that the release moved elsewhere',
    base: { 'roles/a.yml': FILE },
    patched: { 'extra/a.yml': MINE },
    release: { 'playbooks/roles/a.yml': text({ 19: 'theirs\n' }) },
    wanted: { 'extra/a.yml': text({ 19: 'theirs\n', 20: 'mine\n' }) },
    moved: { 'roles/a.yml': 'playbooks/roles/a.yml' },
    args: ['-M'],
  },
  {
    name: 'it moves a file to where the release has moved it by now, and changes it',
    base: { 'roles/a.yml': FILE },
    patched: { 'roles/b.yml': MINE },
    release: { 'roles/b.yml': FILE },
    wanted: { 'roles/b.yml': MINE },
    moved: { 'roles/a.yml': 'roles/b.yml' },
    args: ['-M'],
  },
  {
    name: 'it moves a file and leaves its lines, and the release moved it elsewhere',
    base: { 'roles/a.yml': FILE },
    patched: { 'extra/a.yml': FILE },
    release: { 'roles/b.yml': text({ 3: 'theirs\n' }) },
    wanted: { 'extra/a.yml': text({ 3: 'theirs\n' }) },
    moved: { 'roles/a.yml': 'roles/b.yml' },
    args: ['-M'],
  },
  {
    name: 'it makes a file one that can be run, which the release moved',
    base: { 'run.sh': 'run\n' },
    patched: { 'run.sh': 'run\n!' },
    release: { 'scripts/run.sh': 'run\n' },
    wanted: { 'scripts/run.sh': 'run\n!' },
    moved: { 'run.sh': 'scripts/run.sh' },
  },
  {
    name: 'it adds a file without lines, and changes another',
    base: { 'roles/a.yml': FILE },
    patched: { 'roles/a.yml': MINE, 'roles/empty': '' },
    release: { 'roles/a.yml': text({ 19: 'theirs\n' }) },
    wanted: { 'roles/a.yml': text({ 19: 'theirs\n', 20: 'mine\n' }), 'roles/empty': '' },
  },
  {
    name: 'more is to change than it changed: files with and without lines, one of them taken away, one that can be run',
    base: { 'a.yml': FILE, 'b.yml': 'b\n', 'c.sh': 'c\n' },
    patched: { 'a.yml': MINE, 'b.yml': 'b\n', 'c.sh': 'c\n' },
    release: { 'a.yml': FILE, 'b.yml': 'b\n', 'c.sh': 'c\n' },
    wanted: { 'a.yml': MINE, 'c.sh': 'c\n!', 'd.yml': '', 'e.sh': 'e\n!' },
  },
  {
    name: 'it copies a file, and a line beside is another',
    base: { 'roles/a.yml': FILE },
    patched: { 'roles/a.yml': text({ 2: 'two\n' }), 'roles/b.yml': MINE },
    release: { 'roles/a.yml': text({ 19: 'theirs\n' }) },
    wanted: {
      'roles/a.yml': text({ 2: 'two\n', 19: 'theirs\n' }),
      'roles/b.yml': text({ 19: 'theirs\n', 20: 'mine\n' }),
    },
    args: ['-C'],
  },
  {
    name: 'it copies a file that it changes as well',
    base: { 'roles/a.yml': FILE },
    patched: { 'roles/a.yml': text({ 2: 'two\n' }), 'roles/b.yml': MINE },
    release: { 'roles/a.yml': FILE },
    wanted: { 'roles/a.yml': text({ 2: 'two\n' }), 'roles/b.yml': MINE },
    args: ['-C'],
  },
  {
    name: 'it moves a file onto one that the release has now',
    base: { 'roles/a.yml': FILE },
    patched: { 'extra/b.yml': MINE },
    release: { 'roles/a.yml': FILE, 'extra/b.yml': 'theirs\n' },
    wanted: { 'extra/b.yml': MINE },
    args: ['-M'],
  },
  {
    name: 'it moves a file that is to stay where it is as well',
    base: { 'roles/a.yml': FILE },
    patched: { 'extra/b.yml': MINE },
    release: { 'roles/a.yml': text({ 1: 'theirs\n' }) },
    wanted: { 'roles/a.yml': 'theirs\n', 'extra/b.yml': MINE },
    args: ['-M'],
  },
  {
    name: 'it moves a file and makes it one that can be run',
    base: { 'roles/a.yml': FILE },
    patched: { 'roles/b.yml': `${MINE}!` },
    release: { 'roles/a.yml': text({ 19: 'theirs\n' }) },
    wanted: { 'roles/b.yml': `${text({ 19: 'theirs\n', 20: 'mine\n' })}!` },
    args: ['-M'],
  },
  {
    name: 'it changes a file that the release took away, which is to stay',
    base: { 'roles/a.yml': FILE },
    patched: { 'roles/a.yml': MINE },
    release: { 'roles/z.yml': 'z\n' },
    wanted: { 'roles/a.yml': MINE, 'roles/z.yml': 'z\n' },
  },
  {
    name: 'it adds a file that the release has now, with other lines',
    base: { 'roles/z.yml': 'z\n' },
    patched: { 'roles/a.yml': 'mine\n', 'roles/z.yml': 'z\n' },
    release: { 'roles/a.yml': 'theirs\n', 'roles/z.yml': 'z\n' },
    wanted: { 'roles/a.yml': 'theirs\nmine\n', 'roles/z.yml': 'z\n' },
  },
  {
    name: 'it takes a file away that is to stay with less',
    base: { 'roles/a.yml': 'a\n', 'roles/z.yml': 'z\n' },
    patched: { 'roles/z.yml': 'z\n' },
    release: { 'roles/a.yml': 'a\ntheirs\n', 'roles/z.yml': 'z\n' },
    wanted: { 'roles/a.yml': 'theirs\n', 'roles/z.yml': 'z\n' },
  },
  {
    name: 'a change that is to take the file away',
    base: { 'roles/a.yml': FILE, 'roles/z.yml': 'z\n' },
    patched: { 'roles/a.yml': MINE, 'roles/z.yml': 'z\n' },
    release: { 'roles/a.yml': 'left\n', 'roles/z.yml': 'z\n' },
    wanted: { 'roles/z.yml': 'z\n' },
  },
  {
    name: 'it makes a file one that can be run, which the release did as well',
    ...one(FILE, `${MINE}!`, `${FILE}!`, `${MINE}!`),
    // It still does what it is to do, and no tool minds.
    unlike: ['+ mode change 100644 => 100755 roles/a.yml', '+old mode 100644', '+new mode 100755'],
  },
  {
    name: 'the release made a file one that can be run',
    ...one(FILE, MINE, `${text({ 19: 'theirs\n' })}!`, `${text({ 19: 'theirs\n', 20: 'mine\n' })}!`),
  },
  {
    name: 'it makes a file one that can be run, and a line beside is another',
    ...one(FILE, `${MINE}!`, text({ 19: 'theirs\n' }), `${text({ 19: 'theirs\n', 20: 'mine\n' })}!`),
  },
  {
    name: 'lines that the release lost the end of',
    ...one(FILE, MINE, FILE.trimEnd(), MINE.trimEnd()),
  },
  {
    name: 'an end without a line end, which the release put right',
    ...one(`${FILE}end`, `${FILE}mine`, `${FILE}end\n`, `${FILE}mine\n`),
  },
  {
    name: 'lines that end as on Windows',
    ...one(
      FILE.replaceAll('\n', '\r\n'),
      MINE.replaceAll('\n', '\r\n'),
      text({ 19: 'theirs\n' }).replaceAll('\n', '\r\n'),
      text({ 19: 'theirs\n', 20: 'mine\n' }).replaceAll('\n', '\r\n'),
    ),
  },
  {
    name: 'lines at the end, where the release has more of them',
    ...one(FILE, `${FILE}mine\n`, `${FILE}theirs\n`, `${FILE}mine\ntheirs\n`),
  },
  {
    name: 'the fourth line, where the release has more above it',
    ...one(FILE, text({ 4: 'mine\n' }), `# new\n${FILE}`, `# new\n${text({ 4: 'mine\n' })}`),
  },
  {
    name: 'the only line of a file, where the release has more',
    ...one('a\n', 'mine\n', 'a\nb\n', 'mine\nb\n'),
  },
  { name: 'a file without lines gets some', ...one('', 'mine\n', 'theirs\n', 'theirs\nmine\n') },
  {
    name: 'names with a space, a quote and a letter beyond ASCII',
    base: { 'a b/c.yml': FILE, 'ü/"x".yml': FILE },
    patched: { 'a b/c.yml': MINE, 'ü/"x".yml': MINE },
    release: { 'a b/c.yml': text({ 19: 'theirs\n' }), 'ö/"x".yml': text({ 19: 'theirs\n' }) },
    wanted: {
      'a b/c.yml': text({ 19: 'theirs\n', 20: 'mine\n' }),
      'ö/"x".yml': text({ 19: 'theirs\n', 20: 'mine\n' }),
    },
    moved: { 'ü/"x".yml': 'ö/"x".yml' },
  },
]

test.each(ROWS)('as git writes it: $name', (row) => {
  const { base, patched, release, wanted, moved = {}, args = [], unlike = [] } = row
  const world = emptyWorld()
  const patch = patchOf(world, written(world, base), patched, args)
  const target = written(world, release)
  const now = refreshed(mailOf(patch), { base, release, wanted, moved })
  const own = patchOf(world, target, wanted, args)
  expect(changedLines(bare(own), bare(now))).toEqual(unlike)
  for (const tool of TOOLS) {
    world.git('checkout', '--quiet', '--force', target)
    world.git('clean', '--quiet', '-fd')
    tool(world, now, args)
    world.git('add', '--all')
    const paths = world
      .git('ls-files', '-z')
      .split('\0')
      .filter((path) => path !== '')
    expect(Object.fromEntries(paths.map((path) => [path, contentOf(world, path)]))).toEqual(wanted)
  }
})

/** A patch without the id and the date of its commit. */
const bare = (patch: string): string => patch.replace(/^From .*\nFrom: .*\nDate: .*\n/, '')
