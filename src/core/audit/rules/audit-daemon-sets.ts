import { addAllTo } from '../../model/collections/grouped.ts'
import type { Architecture } from '../../model/architecture.ts'
import { enumerated } from '../../text/enumerated.ts'
import { pinIn } from '../pin-in.ts'
import type { Audited } from '../audited.ts'
import { type Finding } from '../finding.ts'
import { readRolePath } from '../read-role-path.ts'

/** DaemonSets that are tied to one architecture where the role has none for the others: those nodes go without. */
export function auditDaemonSets(source: Audited, roles: ReadonlySet<string>): readonly Finding[] {
  const byRole = new Map<string, PinnedSet[]>()
  for (const path of source.tree.keys()) {
    const place = readRolePath(path)
    const text = place?.part === 'templates' && roles.has(place.role) ? source.text(path) : undefined
    if (!place || text === undefined || !/^kind:\s*DaemonSet/m.test(text)) continue
    addAllTo(byRole, place.role, setsIn(path, text))
  }
  return [...byRole].flatMap(([role, sets]) => findingsOf(role, sets, source.architectures))
}

interface PinnedSet {
  readonly path: string
  readonly line: number
  /** Absent for one that runs everywhere, or for each architecture by a loop. */
  readonly architecture: Architecture | undefined
}

function setsIn(path: string, text: string): readonly PinnedSet[] {
  if (/\{%-? *for arch in /.test(text)) return [{ path, line: 1, architecture: undefined }]
  const lines = text.split('\n')
  const sets: PinnedSet[] = []
  let from = 0
  for (let at = 0; at <= lines.length; at++) {
    if (at < lines.length && !/^---/.test(lines[at] ?? '')) continue
    const own = lines.slice(from, at)
    if (own.some((line) => /^kind:\s*DaemonSet/.test(line))) {
      const pin = pinIn(own)
      sets.push({ path, line: from + (pin?.line ?? 0) + 1, architecture: pin?.architecture })
    }
    from = at + 1
  }
  return sets
}

function findingsOf(
  role: string,
  sets: readonly PinnedSet[],
  architectures: readonly Architecture[],
): readonly Finding[] {
  const [first] = sets
  const pinned = new Set(sets.map((each) => each.architecture))
  const without = architectures.filter((each) => !pinned.has(each))
  if (!first || pinned.has(undefined) || without.length === 0) return []
  return [
    {
      code: 'nodes-left-out',
      severity: 'error',
      file: first.path,
      line: first.line,
      subject: role,
      architectures: without,
      message: `The role \`${role}\` runs its pods on nodes of ${enumerated([...pinned] as string[])} only, so nodes of ${enumerated(without)} go without.`,
    },
  ]
}
