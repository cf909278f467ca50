import type { Oid } from '../model/oid.ts'
import { bareVersion, releaseBranch, type ReleaseTag } from '../model/release-tag.ts'
import { applyEdits, type Edit } from '../text/edit.ts'
import type { Gitlink, Pin } from './layout.ts'

/** What pins are moved to. */
interface PinGoal {
  readonly release: ReleaseTag
  /** The release's commit, for pins that are commits. */
  readonly commit?: Oid
  /** The digest of the release's image, for pins that have one behind the tag. */
  readonly digest?: string
}

type MovedPins =
  | { readonly kind: 'moved'; readonly text: string }
  /** Nothing is written: a pin cannot be said without what is missing, and half of a pin would be a lie. */
  | { readonly kind: 'unknown'; readonly pin: Pin; readonly missing: 'commit' | 'digest' }

/**
 * A file's text with these pins at another release, each in the form it was written in; no other byte changes. Pins that are only told
 * of (`only`), and such as name a variable, stay as they are.
 */
export function movePins(text: string, pins: readonly Pin[], to: PinGoal): MovedPins {
  const edits: Edit[] = []
  for (const pin of pins) {
    if (!isMoved(pin)) continue
    if (pin.says.kind === 'commit' && to.commit === undefined)
      return { kind: 'unknown', pin, missing: 'commit' }
    if (pin.digest && to.digest === undefined) return { kind: 'unknown', pin, missing: 'digest' }
    edits.push({ from: pin.start, to: pin.end, text: valueFor(pin, to) })
    if (pin.digest) edits.push({ from: pin.digest.start, to: pin.digest.end, text: to.digest ?? '' })
    if (pin.comment)
      edits.push({ from: pin.comment.start, to: pin.comment.end, text: likeV(pin.comment.value, to.release) })
  }
  return { kind: 'moved', text: applyEdits(text, edits) }
}

/** Whether a step writes to it; a README's command only where the caller hands it over as the one pin (`inventory`). */
export function isMoved({ only, says }: Pin): boolean {
  return (only === undefined || only === 'readme') && says.kind !== 'variable'
}

function valueFor(pin: Pin, to: PinGoal): string {
  const { value, says, before = '', isBare } = pin
  if (says.kind === 'commit') return value.replace(/[0-9a-f]{40}$/, to.commit ?? '')
  if (says.kind === 'release') {
    const [, prefix = '', version = ''] = /^((?:(?:refs\/)?tags\/)?)(.*)$/.exec(value) ?? []
    return `${prefix}${likeV(version, to.release)}`
  }
  const prefix = value.startsWith('refs/heads/') ? 'refs/tags/' : ''
  return `${before}${prefix}${isBare ? bareVersion(to.release) : to.release}`
}

function likeV(written: string, release: ReleaseTag): string {
  return written.startsWith('v') ? release : bareVersion(release)
}

/** Whether `.gitmodules` names the release branch that a gitlink's release is on: only then it is moved along. */
function isBranchInStep({ branch }: Gitlink, at: ReleaseTag): boolean {
  return branch?.value === releaseBranch(at)
}

/** The text of `.gitmodules` with the gitlink's branch at the next release's, where it was in step; else as it is. */
export function moveGitmodulesBranch(
  text: string,
  gitlink: Gitlink,
  step: { readonly from: ReleaseTag; readonly to: ReleaseTag },
): string {
  const { branch } = gitlink
  if (!branch || !isBranchInStep(gitlink, step.from)) return text
  return applyEdits(text, [{ from: branch.start, to: branch.end, text: releaseBranch(step.to) }])
}

/** Whether `.gitmodules` names a release branch that neither release is on: whoever updates from it has another release then. */
export function namesOtherBranch(
  { branch }: Gitlink,
  { from, to }: { readonly from: ReleaseTag; readonly to: ReleaseTag },
): boolean {
  const isRelease = /^release-\d+\.\d+$/.test(branch?.value ?? '')
  return isRelease && branch?.value !== releaseBranch(from) && branch?.value !== releaseBranch(to)
}
