import { defined } from '../../model/defined.ts'
import { checksumKey } from '../../catalogue/checksum-table.ts'
import { ownerOf } from '../../catalogue/shared-checksums.ts'
import type { ReleaseTag } from '../../model/release-tag.ts'
import type { Witnesses } from '../witnesses.ts'
import type { Found } from '../finding.ts'

/**
 * What other releases say of a checksum that stands under two architectures: where it is known to be one's own, that one has no
 * trouble; where a release contradicts it, that is said. The plan judges by the same rule (`settleShared`).
 */
export function settleSharedFindings(
  findings: readonly Found[],
  witnesses: Witnesses | undefined,
): readonly Found[] {
  if (!witnesses) return findings
  const tables = [...witnesses.earlier, ...witnesses.later]
  return findings.flatMap((finding): readonly Found[] => {
    const { facts } = finding
    if (facts?.kind !== 'shared-checksum') return [finding]
    const { shared } = facts
    const all = tables.map(([, table]) => table)
    const on = facts.on.filter((each) => {
      const others = facts.both.filter((other) => other !== each)
      return ownerOf({ ...shared, with: others }, each, all) !== 'own'
    })
    if (on.length === 0) return []
    const isContradicted = (each: (typeof on)[number]): ReleaseTag | undefined =>
      tables.find(([, table]) => {
        const known = table.get(checksumKey(shared.variable, each, shared.version))
        return known !== undefined && known !== shared.digest
      })?.[0]
    const by = on.map(isContradicted)
    const contradictedBy = by.every((each) => each !== undefined) ? by[0] : undefined
    return [
      {
        ...finding,
        architectures: on,
        facts: {
          ...facts,
          on,
          ...defined({ contradictedBy }),
        },
      },
    ]
  })
}
