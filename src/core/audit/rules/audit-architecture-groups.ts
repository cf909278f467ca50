import { architectureGroups } from '../../catalogue/network-plugins.ts'
import type { Architecture } from '../../model/architecture.ts'
import type { Audited } from '../audited.ts'
import type { Finding } from '../finding.ts'
import { lineOf } from '../line-of.ts'

/** What `uname -m` says, where Kubespray's own name is another; an unmapped name is passed through as it is. */
export const MACHINES: Readonly<Partial<Record<Architecture, string>>> = {
  amd64: 'x86_64',
  arm64: 'aarch64',
  arm: 'armv7l',
}

/** Architectures that a release's map from Ansible's names to its own does not hold. */
export function auditArchitectureGroups(source: Audited): readonly Finding[] {
  return architectureGroups(source.files, source.definitions).flatMap(({ path, variable, mapping }) =>
    source.architectures.flatMap((architecture): readonly Finding[] => {
      const machine = MACHINES[architecture]
      if (machine === undefined || mapping[machine] === architecture) return []
      return [
        {
          code: 'architecture-not-mapped',
          severity: 'error',
          file: path,
          line: lineOf(source.text(path) ?? '', `${variable}:`),
          subject: variable,
          architectures: [architecture],
          message: `\`${variable}\` does not say that \`${machine}\` is \`${architecture}\`, so nodes of ${architecture} would look for downloads named \`${machine}\`. Add \`${machine}: ${architecture}\`.`,
          fix: 'architecture-groups',
        },
      ]
    }),
  )
}
