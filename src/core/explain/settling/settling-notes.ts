import type { ReleaseTag } from '../../model/release-tag.ts'
import { heading, lines, list, paragraph, type Block } from '../blocks/block.ts'
import { code, joined, quoted, say } from '../blocks/text.ts'
import { shellWord } from '../explain-command.ts'
import { plural } from '../plural.ts'
import type { PatchDetail } from '../sections/render-patch.ts'
import { patchExplanation } from '../texts/patch-explanation.ts'

interface Open {
  readonly branch: string
  readonly release: ReleaseTag
  readonly conflicts: readonly { readonly detail: PatchDetail }[]
}

/** What is known of each conflict, for the file beside the worktree. */
export function settlingNotes({ branch, release, conflicts }: Open, folder: string): readonly Block[] {
  const patches = [...new Map(conflicts.map(({ detail }) => [detail.number, detail])).values()]
  return [
    heading(2, say`What is in conflict on ${code(branch)}`),
    paragraph(
      say`The files are in ${code(folder)}, with the release’s lines above and the patch’s below. Nothing of this text is committed.`,
    ),
    ...patches.flatMap((detail) => patchExplanation(detail, release)),
  ]
}

interface File {
  readonly path: string
  readonly isText: boolean
  readonly settles: readonly { readonly title: string }[]
}

interface Settling {
  readonly branch: string
  readonly notes: string
  readonly files: readonly File[]
}

/** What a command says when the worktree is made. */
export function settlingBegun(
  { branch, notes, files }: Settling,
  { folder, repo }: { readonly folder: string; readonly repo: string },
): readonly Block[] {
  return [
    paragraph(
      say`${plural(files.length, 'file')} of ${code(branch)} ${files.length === 1 ? 'is' : 'are'} in conflict, for you to settle in ${code(folder)}. That is a worktree of its own: your working tree and your branches are as they were.`,
    ),
    list(files.map(fileLine)),
    paragraph(say`What is known of each is in ${code(notes)}. When no marks are left:`),
    lines([`multiarch settle ${shellWord(repo)} --continue`]),
    paragraph(say`writes what you made of it onto ${code(branch)}. This gives it up:`),
    lines([`multiarch settle ${shellWord(repo)} --abort`]),
  ]
}

function fileLine({ path, isText, settles }: File) {
  const titles = joined(
    settles.map(({ title }) => say`“${quoted(title)}”`),
    ', ',
  )
  const how = isText
    ? ''
    : ': it cannot be merged; put there what should stand and `git add` it, or `git rm` it'
  return say`${code(path)}, of ${titles}${how}`
}

/** What a command says when what was settled is on the branch. */
export function settlingDone(
  { branch, files }: Settling,
  { commit, folder }: { readonly commit: string; readonly folder: string },
): readonly Block[] {
  return [
    paragraph(
      say`What you made of ${plural(files.length, 'file')} is on ${code(branch)} as ${commit.slice(0, 9)}, and the worktree ${code(folder)} is gone. To show it to others:`,
    ),
    lines([`git push origin ${shellWord(branch)}`]),
    paragraph(
      say`and, where it has a pull request of mine, ${code('/multiarch recheck')} in a comment there.`,
    ),
  ]
}

/** What a command says when it was given up. */
export function settlingGivenUp(
  branch: string | undefined,
  { folder, head }: { readonly folder: string; readonly head: string | undefined },
): readonly Block[] {
  const kept = head === undefined ? '' : ` Commits that you made in it are still there by the id ${head}.`
  const of = branch === undefined ? say`` : say` ${code(branch)} is as it was.`
  return [paragraph(say`The worktree ${code(folder)} is gone.${of}${kept}`)]
}
