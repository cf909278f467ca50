import { grouped } from '../model/collections/grouped.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { compareCatalogues, type CatalogueChanges } from '../catalogue/compare-catalogues.ts'
import { bareVersion } from '../model/release-tag.ts'
import { bare, isSame, lintGone } from './lint-gone.ts'
import { isBuiltWith } from './built-with.ts'
import type { LintCode, LintFinding, LintRequest, Setting } from './lint-finding.ts'
import { lintGroups } from './lint-groups.ts'
import { codeSpan } from '../model/code-span.ts'

/** What a step changes for this inventory, heaviest first. */
export function lintStep(request: LintRequest): readonly LintFinding[] {
  const changes = compareCatalogues(request.from.catalogue, request.to.catalogue)
  const findings = [
    ...request.settings.flatMap((setting) => lintSetting(setting, changes, request)),
    ...lintComponents(changes, request),
    ...lintGroups(request),
  ]
  // A variable with a default in two roles has one place in the inventory.
  const once = new Map(
    findings.map((each) => [`${each.code} ${each.file} ${each.line} ${each.message}`, each]),
  )
  return inOrder([...once.values()])
}

/** Heaviest first. */
export function inOrder(findings: readonly LintFinding[]): readonly LintFinding[] {
  return findings.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity])
}

const WEIGHT = { error: 0, warning: 1, notice: 2 } as const

function lintSetting(
  setting: Setting,
  changes: CatalogueChanges,
  request: LintRequest,
): readonly LintFinding[] {
  const gone = lintGone(setting, changes, request)
  if (gone) return gone
  const changed = lintDefault(setting, changes, request)
  // The sample follows the default; one word of it is enough.
  return changed.length > 0 ? changed : lintSample(setting, changes, request)
}

/**
 * Only where the inventory repeats the old default: then it was likely copied, and now holds the new one
 * back.
 */
function lintDefault(
  setting: Setting,
  { defaults }: CatalogueChanges,
  { to }: LintRequest,
): readonly LintFinding[] {
  const change = defaults.find(({ name }) => name === setting.name)
  if (!change || !isSame(setting.value, change.from) || isSame(setting.value, change.to)) return []
  // What a running cluster was built with stays as it is, and where the sample itself still says so nobody meant to differ.
  if (isBuiltWith(setting.name) || saysSo(to.catalogue, setting)) return []
  const message = `\`${setting.name}\` is set to the old default; ${to.tag} has \`${change.to}\` (${codeSpan(change.path)}).`
  return [finding('default-changed', message, setting)]
}

/** Whether a release's own sample sets a variable to this very value. */
function saysSo({ sample }: Catalogue, { name, value }: Setting): boolean {
  return sample.some((each) => each.name === name && !each.commented && isSame(value, each.value))
}

function lintSample(
  setting: Setting,
  { sample }: CatalogueChanges,
  { to }: LintRequest,
): readonly LintFinding[] {
  const change = sample.find(({ name }) => name === setting.name)
  if (!change?.from || isSame(setting.value, change.to) || isSame(change.from, change.to)) return []
  const message = `The sample inventory of ${to.tag} changes \`${setting.name}\` from \`${change.from}\` to \`${change.to}\`; yours says something else.`
  return [finding('sample-changed', message, setting)]
}

function finding(code: LintCode, message: string, { name, file, line }: Setting): LintFinding {
  return { code, severity: 'notice', message, key: name, file, line }
}

function lintComponents(
  { downgraded }: CatalogueChanges,
  { from, to, settings }: LintRequest,
): readonly LintFinding[] {
  const set = new Set(settings.map(({ name }) => name))
  const plugins = settings
    .filter(({ name }) => name === 'kube_network_plugin')
    .map(({ value }) => bare(value))
  const left = downgraded.filter(
    ({ name }) => !set.has(name) && !isOfOtherPlugin(name, to.catalogue, plugins),
  )
  // A component may have several variables for one version: that is one thing to know.
  const groups = grouped(left, ({ name, from, to }) =>
    [componentOf(name), bareVersion(from), bareVersion(to)].join(' '),
  )
  return [...groups.values()].flatMap((group): readonly LintFinding[] => {
    const [first] = group
    if (!first) return []
    const names = group.map(({ name }) => `\`${name}\``).join(', ')
    const [goes, it] = group.length > 1 ? ['go', 'them'] : ['goes', 'it']
    const message = `${names} ${goes} down from ${first.from} (${from.tag}) to ${first.to} (${to.tag}). Set ${it}, or go to a later patch release.`
    return [{ code: 'component-down', severity: 'warning', message, key: first.name }]
  })
}

/** `calico_ctl_version` and `calico_version` are of calico. */
function componentOf(name: string): string {
  return name.split('_', 1)[0] ?? name
}

/** What belongs to a network plugin by its name is nothing to a cluster that runs another one. */
function isOfOtherPlugin(
  name: string,
  { networkPlugins, components }: Catalogue,
  plugins: readonly string[],
): boolean {
  const own = plugins.length > 0 ? plugins : [networkPlugins.default]
  const plugin = networkPlugins.allowed.find((each) => name.startsWith(`${each.replaceAll('-', '_')}_`))
  if (plugin === undefined || own.includes(plugin)) return false
  return components[name.replace(/_version$/, '')]?.enabled !== true
}
