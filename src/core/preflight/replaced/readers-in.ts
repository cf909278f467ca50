import { addTo } from '../../model/collections/grouped.ts'
import { readRolePath } from '../../audit/read-role-path.ts'
import type { ReleaseToRead } from '../shapes/release-uses.ts'

/** Which files of roles and playbooks name some variables: tasks, templates, and defaults of others. Read once for all of them. */
export function readersIn(
  { tree, text }: ReleaseToRead,
  names: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>()
  for (const path of tree.keys()) {
    const part = readRolePath(path)?.part
    if (part === undefined && !/^(?:playbooks\/)?[^/]+\.ya?ml$/.test(path)) continue
    const own = new Map<string, number>()
    for (const [word] of (text(path) ?? '').matchAll(/[A-Za-z_]\w*/g))
      if (names.has(word)) own.set(word, (own.get(word) ?? 0) + 1)
    for (const [name, times] of own) {
      // The file that gives it its default names it once for that.
      if ((part === 'defaults' || part === 'vars') && times === 1) continue
      addTo(readers, name, path)
    }
  }
  return readers
}
