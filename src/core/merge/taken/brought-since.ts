import { lineWeight } from '../../text/line-weight.ts'
import { deltaOf, effectOf } from '../delta-of.ts'
import { bagWeight } from '../line-bag.ts'
import type { PatchChange } from '../patch-changes.ts'
import type { FileLines } from '../file-lines.ts'
import type { Workspace } from '../workspace.ts'

/**
 * Whether upstream can have brought what the patch puts in since the base. A release branch may have commits whose change
 * the base has too, from the main line; a patch that puts the same lines in once more, at another place, is then no copy of
 * them: the release has these lines as often as the base and not as often as the patch.
 */
export function broughtSince(
  changes: readonly PatchChange[],
  { base, release }: FileLines,
  workspace: Workspace,
): boolean {
  const wanted = effectOf(changes.map(({ before, after }) => deltaOf(before, after, workspace))).added
  let notBrought = 0
  for (const [line, times] of wanted) {
    const now = release.get(line) ?? 0
    if (now > 0 && now <= (base.get(line) ?? 0)) notBrought += lineWeight(line) * times
  }
  return notBrought === 0 || notBrought * 2 < bagWeight(wanted)
}
