import { constants, existsSync } from 'node:fs'
import { access, chmod, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { runGit } from '../../adapters/git/run-git.ts'
import type { OpenSettling } from '../../app/step/open-settling.ts'
import { markdown } from '../../core/explain/blocks/markdown.ts'
import { settlingNotes } from '../../core/explain/settling/settling-notes.ts'
import { reasonOf } from '../../core/explain/trouble/git-trouble.ts'
import { unwritableFile } from '../../core/explain/trouble/option-alone.ts'
import { folderInside, folderThere } from '../../core/explain/trouble/no-such-step.ts'
import { defined } from '../../core/model/defined.ts'
import { markConflicts } from '../../core/merge/settle/mark-conflicts.ts'
import { isFile } from '../../core/model/is-file.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import { bareVersion } from '../../core/model/release-tag.ts'
import type { Entry } from '../../core/model/tree.ts'
import { decodeText, splitLines } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import {
  findSettlings,
  insideOf,
  LOCK_REASON,
  removeSettling,
  withoutFilters,
  writeState,
  type SettlingState,
} from './settling.ts'

/** A file in conflict, with what the release has and what the patches of the fork make of it together. */
interface ConflictedFile {
  readonly path: string
  readonly sides: { readonly base?: Entry; readonly upstream?: Entry; readonly patch?: Entry }
  readonly settles: SettlingState['files'][number]['settles']
  readonly label: string
}

interface Begun {
  readonly folder: string
  readonly state: SettlingState
}

/** Where the worktree goes: beside the clone, unless another place is named; never inside of it. */
export async function settlingFolder(
  common: string,
  { release }: Pick<OpenSettling, 'release'>,
  into: string | undefined,
): Promise<string> {
  const clone = await realpath(basename(common) === '.git' ? dirname(common) : common)
  const name = basename(clone).replace(/\.git$/, '')
  const folder = resolve(into ?? join(dirname(clone), `${name}-settle-${bareVersion(release)}`))
  const place = join(
    existsSync(dirname(folder)) ? await realpath(dirname(folder)) : dirname(folder),
    basename(folder),
  )
  if (await isInside(common, place)) throw new Refusal(folderInside(folder))
  if (existsSync(folder) && (await readdir(folder).catch(() => ['a file'])).length > 0)
    throw new Refusal(folderThere(folder))
  if (existsSync(`${folder}.md`)) throw new Refusal(folderThere(`${folder}.md`))
  const parent = dirname(folder)
  const why = existsSync(parent) ? await access(parent, constants.W_OK).catch(codeOf) : 'ENOENT'
  if (why) throw new Refusal(unwritableFile('--into', folder, reasonOf(why)))
  return folder
}

/** Refuses a folder that somebody named inside of the clone, before anything is worked out. */
export async function refuseFolderInside(common: string, into: string | undefined): Promise<void> {
  const folder = into === undefined || into === '' ? undefined : resolve(into)
  if (folder !== undefined && (await isInside(common, folder))) throw new Refusal(folderInside(folder))
}

async function isInside(common: string, folder: string): Promise<boolean> {
  const clone = await realpath(basename(common) === '.git' ? dirname(common) : common)
  return [clone, await realpath(common)].some((own) => !relative(own, folder).startsWith('..'))
}

function codeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? String(error)
}

/** Makes the worktree: the branch as it is, on no branch itself, with all sides in each file that is in conflict. */
export async function beginSettling(
  store: ObjectReader,
  open: OpenSettling,
  { common, folder }: { readonly common: string; readonly folder: string },
): Promise<Begun> {
  const files = filesOf(open)
  const blobs = await store.readBlobs(
    files.flatMap(({ sides }) => Object.values(sides).map(({ oid }) => oid)),
  )
  const clone = { gitDir: common, settings: await withoutFilters(common) }
  const state: SettlingState = {
    branch: open.branch,
    tip: open.tip,
    release: open.release,
    isReady: false,
    notes: `${folder}.md`,
    files: files.map(({ path, sides, settles }) => ({
      path,
      isText: textsOf(sides, blobs) !== undefined,
      sides: [sides.upstream, sides.patch].flatMap((entry) => (entry && isFile(entry) ? [entry.oid] : [])),
      settles,
    })),
  }
  const add = ['worktree', 'add', '--quiet', '--detach', '--lock', '--reason', LOCK_REASON]
  try {
    await runGit(clone, [...add, folder, open.tip])
    const admin = (await readFile(join(folder, '.git'), 'utf8')).replace(/^gitdir: /, '').trim()
    await writeState(admin, state)
    await runGit(await insideOf({ folder, admin }), ['update-index', '-z', '--index-info'], stagesOf(files))
    for (const file of files) await writeMarked(folder, file, { blobs, open })
    await writeFile(state.notes, `${markdown(settlingNotes(open, folder))}\n`)
    await writeState(admin, { ...state, isReady: true })
  } catch (error) {
    await forget(common, { folder, state })
    throw error
  }
  return { folder, state: { ...state, isReady: true } }
}

/** Nobody has worked in it yet; the disk may be full, and what can be taken away is. */
async function forget(common: string, { folder, state }: Begun): Promise<void> {
  const name = basename(folder)
  const made = (await findSettlings(common)).filter((each) => basename(each.folder) === name)
  for (const each of made) await removeSettling(common, { ...each, state })
  await rm(folder, { recursive: true, force: true })
  await rm(state.notes, { force: true })
}

/** One file may be of several patches: what they make of it together is the other side. */
function filesOf({ conflicts, view }: OpenSettling): readonly ConflictedFile[] {
  const paths = [...new Set(conflicts.map(({ path }) => path))]
  return paths.map((path) => {
    const here = conflicts.filter((each) => each.path === path)
    const [first, last] = [here[0], here.at(-1)]
    const titles = here.map(({ detail, carried }) => `${detail.number}. ${carried.patch.title}`)
    const upstream = first && view.get(first.at)
    const settles = here.map(({ carried, name, file }) => ({
      patch: carried.patch.id,
      title: carried.patch.title,
      conflict: name,
      path: file.to,
    }))
    return {
      path,
      sides: defined({ base: first?.change.before, upstream, patch: last?.change.after }),
      settles,
      label: titles.join('; ').replace(/\s+/g, ' ').slice(0, 120),
    }
  })
}

type Blobs = ReadonlyMap<Oid, Uint8Array>

/** The three texts, where all that there is is text; `undefined` where it has to be one side's as a whole. */
function textsOf(
  { base, upstream, patch }: ConflictedFile['sides'],
  blobs: Blobs,
): Readonly<Record<'base' | 'upstream' | 'patch', readonly string[]>> | undefined {
  if (!upstream || !patch) return undefined
  const read = (entry: Entry): readonly string[] | undefined => {
    const bytes = isFile(entry) ? blobs.get(entry.oid) : undefined
    const text = bytes && decodeText(bytes)
    return text === undefined ? undefined : splitLines(text)
  }
  const [was, there, wanted] = [base ? read(base) : [], read(upstream), read(patch)]
  return was && there && wanted ? { base: was, upstream: there, patch: wanted } : undefined
}

async function writeMarked(
  folder: string,
  file: ConflictedFile,
  { blobs, open }: { readonly blobs: Blobs; readonly open: OpenSettling },
): Promise<void> {
  const texts = textsOf(file.sides, blobs)
  if (!texts) return
  const labels = { base: `${open.base}, as the patch found it`, upstream: open.release, patch: file.label }
  const { lines } = markConflicts(file.path, texts, labels)
  const place = join(folder, file.path)
  await mkdir(dirname(place), { recursive: true })
  await writeFile(place, lines.join(''))
  if (file.sides.patch?.mode === '100755') await chmod(place, 0o755)
}

/** As git itself notes a conflict, so that `git status` shows it and `git add` and `git rm` end it. */
function stagesOf(files: readonly ConflictedFile[]): string {
  return files
    .map(({ path, sides: { base, upstream, patch } }) => {
      const rows = [base, upstream, patch].flatMap((entry, at) =>
        entry ? [`${entry.mode} ${entry.oid} ${at + 1}\t${path}\0`] : [],
      )
      return [`0 ${'0'.repeat(40)}\t${path}\0`, ...rows].join('')
    })
    .join('')
}
