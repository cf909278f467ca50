import type { PatchTrouble } from '../../patchfile/patch-file.ts'
import type { Problem } from '../../model/problem.ts'
import { code } from '../blocks/plain.ts'

/** Why a patch file stops a repository from being worked on: what does not go, where, and what would help. */
export function patchTrouble(
  path: string,
  release: string,
  { code: why, line, path: about }: PatchTrouble,
): Problem {
  const place = code(`${path}:${line}`)
  return {
    code: 'patch-file',
    message: `${place} ${WHY[why](about === undefined ? 'a file' : code(about), release)} All patch files of the release have to go onto it before I can carry them to the next one. Fix this one, or remove it from the folder.`,
    at: { file: path, line, column: 1 },
  }
}

const WHY: Readonly<Record<PatchTrouble['code'], (about: string, release: string) => string>> = {
  'no-text': (about) => `changes ${about}, or is itself, no text in UTF-8, and I read nothing else.`,
  'other-form': () => 'is no unified diff (`diff -u`, `git diff`), the one form that I read.',
  binary: () => 'holds a binary patch, which I cannot carry: it fits the one file that it was made of.',
  combined: () => 'is the difference of a merge to both of its parents, which no tool applies.',
  corrupt: () => 'begins a part whose lines are not as many as it says, so no tool applies it.',
  submodule: () => 'changes the commit of a submodule, which is no text.',
  outside: (about) => `names ${about}, which is no path inside of Kubespray.`,
  'no-file': (about, release) =>
    `changes ${about}, and ${code(release)}, which it is applied to, has no such file.`,
  exists: (about, release) => `adds ${about}, and ${code(release)}, which it is applied to, has that file.`,
  'no-place': (about, release) =>
    `does not go onto ${about} as ${code(release)} has it: the lines that it changes are not there.`,
}
