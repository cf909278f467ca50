import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stripOf, type PatchedFile, type ReadFile } from '../../src/core/patchfile/apply-mail.ts'
import type { PatchMail } from '../../src/core/patchfile/patch-file.ts'
import { readPatchFile } from '../../src/core/patchfile/read-patch-file.ts'
import { doesAsItIs, refreshMail, textOf, type RefreshGoal } from '../../src/core/patchfile/refresh-mail.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'
import { unifiedDiff } from '../../src/core/text/unified-diff.ts'
import { emptyWorld, type World } from './demo.ts'

/** Texts by path; a `!` at the end makes one a file that can be run. */
export type Files = Readonly<Record<string, string>>

interface Trees {
  readonly base: Files
  readonly release: Files
  readonly wanted: Files
  readonly moved: Readonly<Record<string, string>>
}

export function refreshed(mail: PatchMail, trees: Trees): string {
  const goal = goalOf(mail, trees)
  return doesAsItIs(mail, goal) ? wholeOf(mail) : (refreshMail(mail, goal) ?? '')
}

export function goalOf(mail: PatchMail, { base, release, wanted, moved }: Trees): RefreshGoal {
  const exists = (path: string): boolean => path in base
  const read = reader(release)
  const after = reader(wanted)
  const paths = [...new Set([...Object.keys(release), ...Object.keys(wanted)])].sort()
  const at = (file: ReturnType<ReadFile>): PatchedFile | undefined => (file === 'no-text' ? undefined : file)
  return {
    strip: stripOf([mail], exists),
    exists,
    movedTo: (path) => moved[path] ?? path,
    read,
    changes: paths.flatMap((path) => {
      const [old, now] = [at(read(path)), at(after(path))]
      if (old?.text === now?.text && old?.mode === now?.mode) return []
      return [{ path, ...(old ? { before: old } : {}), ...(now ? { after: now } : {}) }]
    }),
  }
}

function reader(files: Files): ReadFile {
  return (path) => {
    const told = files[path]
    if (told === undefined) return undefined
    return { text: told.replace(/!$/, ''), mode: told.endsWith('!') ? '100755' : '100644' }
  }
}

export function mailOf(patch: string): PatchMail {
  const reading = readPatchFile(patch)
  if ('trouble' in reading) throw new Error(JSON.stringify(reading.trouble))
  return reading.file.mails[0] as PatchMail
}

export function wholeOf({ head, sections, tail }: PatchMail): string {
  return head + sections.map(textOf).join('') + tail
}

/** The commit that holds just these files. */
export function written(world: World, files: Files): string {
  world.git('rm', '-r', '--quiet', '--force', '--cached', '--ignore-unmatch', '.')
  world.git('clean', '--quiet', '-fdx')
  for (const [path, told] of Object.entries(files)) {
    const target = join(world.path, path)
    rmSync(target, { force: true })
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, told.replace(/!$/, ''), { mode: told.endsWith('!') ? 0o755 : 0o644 })
  }
  world.git('add', '--all')
  const tree = world.git('write-tree')
  const commit = world.git('commit-tree', '-m', 'files', tree)
  return commit
}

export function patchOf(world: World, from: string, files: Files, args: readonly string[] = []): string {
  const tree = world.git('rev-parse', `${written(world, files)}^{tree}`)
  const commit = world.git('commit-tree', '-m', 'A patch\n\nof mine', '-p', from, tree)
  return execFileSync('git', [
    '-C',
    world.path,
    'format-patch',
    '-1',
    '--stdout',
    '--no-renames',
    ...args,
    commit,
  ]).toString()
}

export function plainPatch(before: string, after: string, hasHeads: boolean): PatchMail {
  const hunks = unifiedDiff(splitLines(before), splitLines(after)).map((line) => `${line}\n`)
  const names = '--- a/roles/a.yml\n+++ b/roles/a.yml\n'
  const head = hasHeads ? `diff --git a/roles/a.yml b/roles/a.yml\n${names}` : names
  return mailOf(head + hunks.join(''))
}

export const TOOLS: readonly ((world: World, patch: string, args: readonly string[]) => void)[] = [
  ({ path }, patch, args) =>
    execFileSync('git', ['apply', ...(args.includes('-U0') ? ['--unidiff-zero'] : []), '-'], {
      cwd: path,
      input: patch,
    }),
  ({ path }, patch) =>
    execFileSync('patch', ['-p1', '--fuzz=0', '--no-backup-if-mismatch'], { cwd: path, input: patch }),
]

export function contentOf(world: World, path: string): string {
  const mode = execFileSync('stat', ['-c', '%a', join(world.path, path)]).toString()
  return execFileSync('cat', [join(world.path, path)]).toString() + (mode.startsWith('755') ? '!' : '')
}

export function statOf(patch: string): string {
  return /^ \S.* \|[\s\S]*?\n(?=\n)/m.exec(patch)?.[0] ?? ''
}

/** What is another in a patch; ids of contents are not counted. */
export function changedLines(before: string, after: string): readonly string[] {
  if (before === after) return []
  const world = emptyWorld()
  const bare = (patch: string): string => patch.replaceAll(/^index .*\n/gm, '')
  writeFileSync(join(world.path, 'a'), bare(before))
  writeFileSync(join(world.path, 'b'), bare(after))
  const found = execFileSync('sh', ['-c', 'diff -U0 a b || true'], { cwd: world.path }).toString()
  return found
    .split('\n')
    .slice(2, -1)
    .filter((line) => !line.startsWith('@@ '))
}
