import { isInside } from '../model/parent-of.ts'
import type { EditedInventory } from './change.ts'
import { currentGroupName } from './cluster-groups.ts'
import { writtenGroups } from './written-groups.ts'

/**
 * Where a file of variables for the whole cluster can be put that is not there yet: with the group's other files, under a free name.
 * `undefined` where a file has the group's name, since Ansible would not read it any more beside a folder of that name.
 */
export function newVariableFile(editing: EditedInventory): string | undefined {
  const { folder: path, variableFiles, shadowed } = editing.inventory
  const taken = [...variableFiles, ...shadowed].map((file) => file.path)
  for (const group of groupsToChoose(editing)) {
    const folder = `${path === '' ? '' : `${path}/`}group_vars/${group}`
    const wouldHide = taken.some((file) => isFileOf(folder, file))
    const file = namesIn(group)
      .map((name) => `${folder}/${name}`)
      .find((each) => !taken.includes(each))
    if (!wouldHide && file !== undefined) return file
  }
  return undefined
}

/** The cluster's own group under the name that this inventory has for it, then `all`, which every release reads. */
function groupsToChoose({ inventory, texts }: EditedInventory): readonly string[] {
  const inHosts = inventory.hostFiles.flatMap((file) => writtenGroups(file, texts.get(file) ?? ''))
  const inFolders = inventory.variableFiles.filter(({ scope }) => scope.kind === 'group')
  const names = [...inHosts.map(({ name }) => name), ...inFolders.map(({ scope }) => scope.name)]
  const own = names.find((name) => currentGroupName(name) === 'k8s_cluster')
  return own === undefined ? ['all'] : [own, 'all']
}

/** As Kubespray's sample has them, and one that nobody has where that is taken by what I may not write to. */
function namesIn(group: string): readonly string[] {
  return [group === 'all' ? 'all.yml' : 'k8s-cluster.yml', 'multiarch.yml']
}

function isFileOf(folder: string, file: string): boolean {
  return (
    !isInside(file, folder) &&
    /^(?:\.ya?ml|\.json)?$/.test(file.slice(folder.length)) &&
    file.startsWith(folder)
  )
}
