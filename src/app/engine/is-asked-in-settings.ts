import { Refusal } from '../../core/model/problem.ts'

/** Whether everything could go on once the settings, or a change of the repository, say what is asked. */
export function isAskedInSettings(error: unknown): error is Refusal {
  return error instanceof Refusal && error.problems.some(({ code }) => ASKED.has(code))
}

const ASKED: ReadonlySet<string> = new Set([
  'layout-unclear',
  'own-fork',
  'fork-unread',
  'patch-file',
  'only-told',
  'missing-gitlink',
])
