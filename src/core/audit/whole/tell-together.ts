import { optional } from '../../model/defined.ts'
import { grouped } from '../../model/collections/grouped.ts'
import { inOrder, type FindingCode, type Found, type NothingDefines } from '../finding.ts'

/** What was found for one cluster, by the folder or file of its inventory. */
interface FoundFor {
  readonly inventory: string
  readonly found: readonly Found[]
}

/**
 * What was found for several inventories, as one list, heaviest first: the same thing once, with the inventories that it is about where it
 * is not about all, and all downloads that stop at one variable as one thing, since one place mends them.
 */
export function tellTogether(all: readonly FoundFor[]): readonly Found[] {
  const where = new Map<string, Set<string>>()
  for (const { inventory, found } of all)
    for (const each of found) where.set(keyOf(each), (where.get(keyOf(each)) ?? new Set()).add(inventory))
  const named = all
    .flatMap(({ found }) => found)
    .map((each): Found => {
      const own = where.get(keyOf(each))
      const isForSome = own !== undefined && own.size < all.length && !PLACE_TELLS.has(each.code)
      return {
        ...each,
        ...optional(isForSome, () => ({ only: { inventories: [...(own ?? [])], of: all.length } })),
      }
    })
  const groups = grouped(inOrder(named), (each) => groupOf(each) ?? keyOf(each))
  return inOrder([...groups.values()].map(asOne))
}

/** Of these the place is the whole reason, whichever inventories are run with it. */
const PLACE_TELLS: ReadonlySet<FindingCode> = new Set([
  'verification-off',
  'variable-unread',
  'inventory-unreadable',
])

/** With its cause: what two inventories bring about by settings of their own has two places. */
function keyOf({ architectures, severity, ...each }: Found): string {
  const { code, file, line, message, facts, cause } = each
  return JSON.stringify([code, severity, file, line, message, facts, cause, architectures])
}

/** Of what is one thing: the variable that nothing defines, on which nodes, for which inventories, and by whose doing. */
function groupOf({ code, severity, facts, only, cause }: Found): string | undefined {
  if (facts?.kind !== 'nothing-defines') return undefined
  const doing = cause === undefined || cause.kind === 'setting' ? 'settings' : cause.kind
  return JSON.stringify([code, severity, facts.what, facts.on, only, doing])
}

function asOne(group: readonly Found[]): Found {
  const [first, ...rest] = group as readonly [Found, ...Found[]]
  if (rest.length === 0 || first.facts?.kind !== 'nothing-defines') return first
  const members = group.flatMap(({ facts }) => (facts?.kind === 'nothing-defines' ? [facts] : []))
  const settings = group.flatMap(({ cause }) => (cause?.kind === 'setting' ? [cause] : []))
  const places = new Map(settings.map((each) => [`${each.name} ${each.file} ${each.line}`, each]))
  const { cause, facts, ...told } = first
  const together: NothingDefines = {
    ...facts,
    all: members.map(({ component, enabled }) => ({ component, enabled })),
    settings: [...places.values()],
    withSetting: settings.length,
  }
  // One setting is the cause of all, or the sentence names them.
  const whose =
    settings.length === 0 || (places.size === 1 && settings.length === group.length) ? cause : undefined
  return { ...told, subject: facts.what, facts: together, ...optional(whose, (cause) => ({ cause })) }
}
