import type { Inventory } from '../inventory/find-inventories.ts'
import { isInside, nameOf, parentOf } from '../model/parent-of.ts'

/** Folders that Ansible loads programs from wherever it finds them. */
const PLUGINS =
  /^(?:(?:action|become|cache|callback|cliconf|connection|doc_fragment|filter|httpapi|inventory|lookup|netconf|shell|strategy|terminal|test|vars)_plugins|module_utils|ansible_collections)$/

/** Modules are looked up by name where syntax is checked, and run on hosts alone. */
const MODULES = /^(?:library|modules)$/

/** Whether a file belongs to a program that Ansible would load by itself. */
export function isPlugin(path: string): boolean {
  const folders = parentOf(path).split('/')
  if (folders.some((each) => PLUGINS.test(each))) return true
  return folders[0] === 'plugins' && !folders.some((each) => MODULES.test(each))
}

/** Files that the check of syntax reads: playbooks, roles, modules, and those of the inventory. Nothing in them is run. */
export function isForSyntax(path: string, inventory: Inventory | undefined): boolean {
  if (isPlugin(path)) return false
  if (isOfInventory(path, inventory) || isOfVariables(path)) return true
  const [top = '', ...below] = path.split('/')
  if (below.length === 0) return /\.ya?ml$/.test(path)
  return /^(?:playbooks|roles|library|plugins)$/.test(top)
}

/** Files that the validation reads beside the roles that it is made of: data alone. */
export function isForValidation(path: string, inventory: Inventory | undefined): boolean {
  if (isPlugin(path) || path.split('/').some((part) => MODULES.test(part))) return false
  return isOfInventory(path, inventory) || isOfVariables(path)
}

/** Variables beside the playbooks. */
function isOfVariables(path: string): boolean {
  return isInside(path, 'group_vars') || isInside(path, 'host_vars')
}

/** Programs beside an inventory are left, and so is what a folder holds of other files of hosts. */
function isOfInventory(path: string, inventory: Inventory | undefined): boolean {
  if (!inventory) return false
  const { folder, hostFiles, extra } = inventory
  if (hostFiles.includes(path) || extra.some((each) => each.kind === 'file' && each.path === path))
    return true
  const below = (name: string): string => (folder === '' ? name : `${folder}/${name}`)
  if (isInside(path, below('group_vars')) || isInside(path, below('host_vars'))) return true
  return folder !== '' && isInside(path, folder) && !/\.(?:py|sh|pyc)$/.test(nameOf(path))
}

/** What `-i` would take for something else than a path: a list of hosts, a variable of the shell, somebody's home. */
export function isOddName(path: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /[,$\\\x00-\x1f]|^~|^\s|\s$/.test(path)
}
