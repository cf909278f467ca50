import { isInside } from '../../model/parent-of.ts'
import type { Tree } from '../../model/tree.ts'
import { kubesprayFolders, type Inventory } from '../find-inventories.ts'
import { readVariableFile } from '../read-variable-file.ts'
import { isKubesprayVariable } from './is-kubespray-variable.ts'
import { isClusterGroup, namesCluster, readHosts } from './read-hosts.ts'
import type { Asked } from './run-question.ts'

/** By the groups of its hosts, the groups that it has variables for, or the variables themselves. What nobody can read is not told to be another's. */
export function isOfKubespray({ tree, texts, calls }: Asked, inventory: Inventory): boolean {
  const { hostFiles, variableFiles, extra } = inventory
  if (hostFiles.some((path) => texts.get(path) === undefined)) return true
  const groups = variableFiles.filter(({ scope }) => scope.kind === 'group').map(({ scope }) => scope.name)
  if (groups.some(isClusterGroup)) return true
  const read = hostFiles.flatMap((path) => {
    const entry = tree.get(path)
    return entry ? [readHosts(path, { entry, text: texts.get(path), isCalled: true })] : []
  })
  if (read.some((each) => each.kind === 'unreadable' || (each.kind === 'hosts' && namesCluster(each.file))))
    return true
  const handedIn = extra.flatMap((source) =>
    source.kind === 'file' ? [{ path: source.path, scope: EVERYWHERE }] : [],
  )
  const variables = [...variableFiles, ...handedIn].map((file) => {
    const text = texts.get(file.path)
    return text === undefined ? undefined : readVariableFile(file, text)
  })
  const names = [
    ...variables.flatMap((each) => each?.settings.map(({ name }) => name) ?? []),
    ...read.flatMap((each) => (each.kind === 'hosts' ? each.file.settings.map(({ name }) => name) : [])),
  ]
  if (names.some((name) => OTHER_TOOLS.test(name))) return false
  if (names.some(isKubesprayVariable)) return true
  // In the place that Kubespray has for inventories, one that names no hosts speaks against nothing.
  const hasHosts = read.some((each) => each.kind === 'hosts' && each.hosts.size > 0)
  if (!hasHosts && isInOwnPlace(tree, inventory.folder)) return true
  const isBroken = variables.some(
    (each) => each === undefined || (each.settings.length === 0 && each.problems.length > 0),
  )
  if (isBroken || read.some((each) => each.kind === 'hosts' && each.file.problems.length > 0)) return true
  return calls.some(
    (call) => call.extra.length > 0 && call.applies && extra.some(({ path }) => path === call.file),
  )
}

function isInOwnPlace(tree: Tree, folder: string): boolean {
  return kubesprayFolders(tree).some((place) => isInside(folder, `${place}inventory`))
}

const EVERYWHERE = { kind: 'group', name: 'all' } as const

/** Other ways to a cluster, whose inventories have much in common with Kubespray's. */
const OTHER_TOOLS = /^(?:k3s|rke2?|k0s|talos|microk8s)_\w+$/
