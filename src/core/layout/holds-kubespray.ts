import { isInside } from '../model/parent-of.ts'
import type { Tree } from '../model/tree.ts'

/**
 * Whether a tree holds Kubespray: two of the places that every release has. One alone may be anybody's (`roles/download`), and a fork
 * that left out a few roles is still one.
 */
export function holdsKubespray(tree: Tree, below = ''): boolean {
  const found = new Set<string>()
  for (const path of tree.keys()) {
    if (!path.startsWith(below)) continue
    const mark = MARKS.exec(path.slice(below.length))?.[0]
    if (mark !== undefined) found.add(markOf(mark))
    if (found.size > 1 && [...found].some((each) => each.startsWith('roles/'))) return true
  }
  return false
}

const MARKS =
  /^(?:roles\/kubespray[-_]defaults\/|roles\/download\/|roles\/kubernetes\/(?:preinstall|node|master|control-plane|kubeadm|client|tokens|secrets)\/|(?:playbooks\/)?cluster\.yml$)/

/** One name for what was called differently over the releases, and one for all roles below `roles/kubernetes`. */
function markOf(found: string): string {
  return found
    .replaceAll('-', '_')
    .replace('playbooks/', '')
    .replace(/^roles\/kubernetes\/.*/, 'roles/kubernetes/')
}

/** The folders below the top that hold Kubespray's tree, sorted; what is inside of one is that one's. */
export function copiesOfKubespray(tree: Tree): readonly string[] {
  const tops = new Set<string>()
  for (const path of tree.keys()) {
    const top = /^(.+?)\/roles\/(?:kubespray[-_]defaults|kubernetes\/preinstall)\//.exec(path)?.[1]
    if (top !== undefined) tops.add(top)
  }
  const copies: string[] = []
  for (const top of [...tops].sort())
    if (!copies.some((outer) => isInside(top, outer)) && holdsKubespray(tree, `${top}/`)) copies.push(top)
  return copies
}
