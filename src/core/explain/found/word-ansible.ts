import type { AnsiblePin } from '../../automation/ansible-pins.ts'
import type { AnsibleNeeds } from '../../catalogue/catalogue.ts'
import { codeSpan } from '../../model/code-span.ts'
import type { ReleaseTag } from '../../model/release-tag.ts'
import type { LintFinding } from '../../plan/lint-finding.ts'

/** Pins of Ansible that leave nothing of what a release takes (`refusedPins`): its first play stops there. */
export function wordAnsible(
  pins: readonly AnsiblePin[],
  release: ReleaseTag,
  { min, maxExclusive }: Pick<AnsibleNeeds, 'min' | 'maxExclusive'>,
): readonly LintFinding[] {
  if (min === undefined) return []
  const until = maxExclusive === undefined ? '' : ` and below ${maxExclusive}`
  return pins.map(({ file, line, written }) => ({
    code: 'ansible-pinned',
    severity: 'warning',
    key: 'ansible',
    message: `${codeSpan(written)} installs an Ansible that ${release} refuses: it needs ${min} or newer${until}. If Kubespray is run with it, change it together with this step.`,
    file,
    line,
  }))
}
