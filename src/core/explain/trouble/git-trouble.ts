import { readablePath, type UnusablePath } from '../../model/parent-of.ts'
import type { Problem } from '../../model/problem.ts'
import { code } from '../blocks/plain.ts'

/** Why a repository, or the disk it is on, does not let us do what we have to. */
export type TroubleKind =
  'no-space' | 'not-writable' | 'locked' | 'missing-objects' | 'refused-by-git' | 'git-failed'

/** What git said when it failed. */
interface GitTrouble {
  readonly kind: TroubleKind
  /** Its command: `unpack-objects`. */
  readonly command: string
  /** Its own words, on one line. */
  readonly said: string
}

/** A git command that failed, for a reason that is not ours. */
export function gitTrouble({ kind, command, said }: GitTrouble): Problem {
  const words = said === '' ? code(`git ${command}`) : `${code(`git ${command}`)}: ${said}`
  // Objects and then a ref, in this order: where either fails, no branch points to anything new.
  const kept = WRITES.includes(command) ? ' No branch was moved.' : ''
  const sentences: Readonly<Record<TroubleKind, string>> = {
    'no-space': `The disk is full (${words}).${kept} Make room and run me again.`,
    'not-writable': `I may not write into this repository (${words}).${kept} Run me as somebody who may, or give me a clone of your own.`,
    locked: `Another git is at work in this repository, or left its lock behind (${words}).${kept} Run me again when it is gone.`,
    'missing-objects': lacksObjects(words),
    'refused-by-git': `Git does not take what would have to be written (${words}).${kept} Fix that in the branch with your patches, and run me again.`,
    'git-failed': `Git could not do its part (${words}).${kept}`,
  }
  return { code: kind, message: sentences[kind] }
}

const WRITES: readonly string[] = ['unpack-objects', 'update-ref']

/** An object that is not there, or that nobody can read; `said` names it. */
export function objectTrouble(kind: 'missing-objects' | 'damaged-object', said: string): Problem {
  const message =
    kind === 'missing-objects'
      ? lacksObjects(said)
      : `This clone holds an object that is damaged: ${said}. ${code('git fsck')} says more; another clone may have it whole.`
  return { code: kind, message }
}

function lacksObjects(said: string): string {
  return `This clone lacks objects that I need (${said}). If it is a partial clone, fetch everything with ${code('git fetch --refetch --no-filter')}.`
}

/** A file or folder outside of the repository that could not be worked with. */
interface FileTrouble {
  /** The system's own name for it: `ENOSPC`. */
  readonly errno: string
  readonly path?: string
}

export function fileTrouble({ errno, path }: FileTrouble): Problem {
  const what = path === undefined ? 'a file' : code(path)
  const space = errno === 'ENOSPC' || errno === 'EDQUOT'
  return {
    code: space ? 'no-space' : 'file-not-writable',
    message: `I could not write ${what}: ${reasonOf(errno)}.`,
  }
}

/** What the system's name of an error says. */
export function reasonOf(errno: string): string {
  return REASONS[errno] ?? errno
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'it is on a disk that is read-only',
  EACCES: 'it may not be written or entered',
  EPERM: 'it may not be written',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'what should be its folder is a file',
  EISDIR: 'it is a folder',
}

/** A path that no working tree could hold, or that the forge did not tell as it is. */
export function pathTrouble({ path, why }: Pick<UnusablePath, 'path' | 'why'>): Problem {
  const name = code(readablePath(path))
  const message =
    why === 'unsafe'
      ? `The path ${name} would leave the working tree or get into git’s own files, so I write no tree that holds it. Remove it from the branch with your patches, and run me again.`
      : `The name ${name} is not told to me as it is (it is no UTF-8, or holds U+FFFD), so I could only lose it. Rename that file, or run me on a clone.`
  return { code: why === 'unsafe' ? 'unsafe-path' : 'name-not-told', message }
}

/** There is no git to work with. */
export function noGit(): Problem {
  return { code: 'no-git', message: 'I work by `git`, and there is none on the PATH: please install it.' }
}

export function sha256Repository(): Problem {
  return {
    code: 'sha256-repository',
    message:
      'This repository names its objects by SHA-256, and Kubespray by SHA-1: git itself lets neither hold the other’s history, so I cannot work on it. Clone your fork as a SHA-1 repository.',
  }
}

export function shallowClone(): Problem {
  return {
    code: 'shallow-clone',
    message:
      'This clone is shallow: its history is cut off, so I cannot find what the fork stands on. Fetch the rest with `git fetch --unshallow`.',
  }
}
