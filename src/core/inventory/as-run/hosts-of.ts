import { expandHosts } from '../hosts/expand-hosts.ts'
import type { InventorySettings } from '../read-settings.ts'

/** The hosts of a group, those of its children among them, with ranges written out; of `all` every host there is. */
export function hostsOf(
  { hosts, children }: Pick<InventorySettings, 'hosts' | 'children'>,
  group: string,
): readonly string[] {
  const groups = new Set(group === 'all' ? hosts.keys() : [group])
  // A set is walked in the order of insertion, what is added on the way included.
  for (const each of groups) for (const child of children.get(each) ?? []) groups.add(child)
  return [...new Set([...groups].flatMap((each) => hosts.get(each) ?? []).flatMap(expandHosts))]
}
