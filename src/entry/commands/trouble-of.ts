import { defined } from '../../core/model/defined.ts'
import { GitFailure } from '../../adapters/git/run-git.ts'
import { DamagedObject, MissingObject } from '../../adapters/git/missing-object.ts'
import {
  fileTrouble,
  gitTrouble,
  noGit,
  objectTrouble,
  pathTrouble,
  type TroubleKind,
} from '../../core/explain/trouble/git-trouble.ts'
import { UnusablePath } from '../../core/model/parent-of.ts'
import type { Problem } from '../../core/model/problem.ts'

/** What stands in our way from outside: a full disk, a clone of somebody else's, objects that are gone. `undefined` for a defect. */
export function troubleOf(error: unknown): Problem | undefined {
  if (error instanceof MissingObject) return objectTrouble('missing-objects', error.message)
  if (error instanceof DamagedObject) return objectTrouble('damaged-object', error.message)
  if (error instanceof UnusablePath) return pathTrouble(error)
  if (error instanceof GitFailure)
    return gitTrouble({ kind: kindOf(error), command: error.command, said: lastWords(error.stderr) })
  return error instanceof Error && 'code' in error ? ofSystem(error as NodeJS.ErrnoException) : undefined
}

/** What git says, by what it means; tried in this order, since a disk that is full is also one that cannot be written. */
const SAYINGS: readonly (readonly [TroubleKind, RegExp])[] = [
  ['no-space', /No space left on device|Disk quota exceeded/i],
  [
    'refused-by-git',
    /^error: object [0-9a-f]{40}: \w+: |fsck error|is not a valid 'tree' object|invalid path/m,
  ],
  ['locked', /\.lock': File exists/],
  [
    'not-writable',
    /Permission denied|insufficient permission|Read-only file system|Operation not permitted|unable to create|unable to write|failed to write/i,
  ],
  [
    'missing-objects',
    /promisor remote|bad object|missing (?:blob|tree|commit|object)|(?:unable to|could not) (?:read|get|parse|find|access)|not a valid object|object of unexpected type/i,
  ],
]

function kindOf({ stderr }: GitFailure): TroubleKind {
  return SAYINGS.find(([, pattern]) => pattern.test(stderr))?.[0] ?? 'git-failed'
}

/** The line that says why; what follows it is mostly that git gives up. */
function lastWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  const line = lines.find((each) => /^(?:error|fatal): /.test(each)) ?? lines[0] ?? ''
  return line.replace(/^(?:error|fatal): /, '').trim()
}

/** Ours are files that we ship; whatever keeps us from writing is the machine's. */
function ofSystem({ code = '', path, syscall = '' }: NodeJS.ErrnoException): Problem | undefined {
  if (syscall.startsWith('spawn') && code === 'ENOENT') return noGit()
  if (!['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM'].includes(code)) return undefined
  return fileTrouble({ errno: code, ...defined({ path }) })
}
