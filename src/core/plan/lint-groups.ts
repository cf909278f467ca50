import type { Catalogue } from '../catalogue/catalogue.ts'
import type { LintRequest, LintFinding } from './lint-finding.ts'
import { codeSpan } from '../model/code-span.ts'

/**
 * Groups that the sample inventory calls otherwise from this step on, and folders of variables that are named
 * for them.
 */
export function lintGroups({ from, to, groups = [], settings }: LintRequest): readonly LintFinding[] {
  const names = renamedGroups(from.catalogue, to.catalogue)
  const used = groups.flatMap(({ name, file, line }): readonly LintFinding[] => {
    const renamed = names.get(name)
    if (renamed === undefined) return []
    const message = `The group \`${name}\` is called \`${renamed}\` in ${to.tag}. Old names may still be mapped for a while, but their variables are not.`
    return [{ code: 'group-renamed', severity: 'warning', message, key: name, meant: renamed, file, line }]
  })
  const files = [...new Set(settings.map(({ file }) => file))]
  return [...used, ...files.flatMap((file) => lintPath(file, names, to.tag))]
}

/** Old name → new name: the same but for `-` and `_`, or the group of the control plane in both. */
export function renamedGroups(before: Catalogue, after: Catalogue): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const [earlier, later] = [before.inventory, after.inventory]
  for (const group of earlier.groups) {
    const written = group.replaceAll('-', '_')
    if (written !== group && later.groups.includes(written)) names.set(group, written)
  }
  const [master, controlPlane] = [earlier.controlPlaneGroup, later.controlPlaneGroup]
  if (master !== undefined && controlPlane !== undefined && master !== controlPlane)
    names.set(master, controlPlane)
  return names
}

function lintPath(file: string, names: ReadonlyMap<string, string>, tag: string): readonly LintFinding[] {
  const group = /\/group_vars\/([^/]+?)(?:\.ya?ml)?(?:\/|$)/.exec(`/${file}`)?.[1]
  const renamed = group === undefined ? undefined : names.get(group)
  if (group === undefined || renamed === undefined) return []
  const meant = file.replace(`group_vars/${group}`, `group_vars/${renamed}`)
  const message = `${codeSpan(file)} is read for the group \`${group}\`, which is \`${renamed}\` in ${tag}. Please move it to \`${meant}\`.`
  return [{ code: 'path-renamed', severity: 'warning', message, key: group, meant, file, line: 1 }]
}
