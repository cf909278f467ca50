import type { Catalogue } from '../catalogue/catalogue.ts'
import { bareVersion } from '../model/release-tag.ts'
import type { LintFinding } from '../plan/lint-finding.ts'
import type { VariableChange } from './change.ts'
import type { InventoryFacts } from './read-facts.ts'
import { namedVariable } from './resolve-setting.ts'
import { clusterSetting, type InventorySettings } from './read-settings.ts'

/** One change that a step asks of an inventory, with the reason; each becomes a commit of its own. */
export type InventoryChange = { readonly why: string } & (
  | { readonly kind: 'variable'; readonly change: VariableChange }
  /** Changes that belong together, with what they come to: `take out what is left of ingress-nginx`. */
  | { readonly kind: 'variables'; readonly changes: readonly VariableChange[]; readonly title: string }
  | { readonly kind: 'group'; readonly from: string; readonly to: string }
)

export interface StepForInventory {
  readonly facts: InventoryFacts
  readonly settings: InventorySettings
  /** Kubernetes after the step, as the release writes it; `undefined`: not known, so nothing is touched. */
  readonly kubernetes: string | undefined
  readonly from: Catalogue
  /** The release that is gone to; the same as `from` where only Kubernetes moves. */
  readonly to: Catalogue
  readonly tag: string
  readonly lint: readonly LintFinding[]
}

/** What a step changes in an inventory by itself: versions, names that changed, and defaults a running cluster must not follow. */
export function stepChanges(step: StepForInventory): readonly InventoryChange[] {
  return [
    ...kubernetesChange(step),
    ...prefixChanges(step),
    ...edits(step),
    ...renames(step),
    ...groupRenames(step),
  ]
}

function kubernetesChange({
  facts,
  settings,
  kubernetes,
  to,
  tag,
}: StepForInventory): readonly InventoryChange[] {
  if (kubernetes === undefined) return []
  const { setting } = facts.kubernetes
  const isDefault =
    to.kubernetes.default !== undefined && bareVersion(to.kubernetes.default) === bareVersion(kubernetes)
  if (!setting && isDefault) return []
  const name = setting ? namedVariable(settings, setting).name : 'kube_version'
  const before = facts.kubernetes.value
  const why = setting
    ? `The cluster goes from Kubernetes ${before ?? 'an unknown version'} to ${kubernetes} on ${tag}.`
    : `${tag} would take Kubernetes ${to.kubernetes.default ?? 'of its own choice'} by default, and the step goes to ${kubernetes}.`
  return [{ kind: 'variable', change: { kind: 'set', name, value: kubernetes }, why }]
}

/** Where a release gives up the leading `v`, pinned versions of what it bundles must be written its way, or nothing is found for them. */
function prefixChanges({ settings, from, to, tag }: StepForInventory): readonly InventoryChange[] {
  const names = new Set(settings.settings.map(({ name }) => name))
  names.delete('kube_version')
  return [...names].flatMap((name): readonly InventoryChange[] => {
    const [before, after] = [from.bundled[name], to.bundled[name]]
    const { value, nature } = clusterSetting(settings, name) ?? {}
    if (!before?.startsWith('v') || after === undefined || !/^\d/.test(after)) return []
    if (nature !== 'plain' || typeof value !== 'string' || !/^v\d/.test(value)) return []
    const why = `${tag} writes \`${name}\` without the leading \`v\` and finds no download for it otherwise.`
    return [{ kind: 'variable', change: { kind: 'set', name, value: bareVersion(value) }, why }]
  })
}

/** Whether a finding is left for a person: renames are made by the step itself, unless the new name is set as well. */
export function staysForPerson(
  { code, key, meant, edit }: LintFinding,
  settings: InventorySettings,
): boolean {
  if (edit) return false
  const isRename = code === 'variable-renamed' || code === 'variable-stops-play'
  return settings.named.has(key) && (!isRename || meant === undefined || settings.named.has(meant))
}

/** What a finding says itself that the step changes. */
function edits({ lint }: StepForInventory): readonly InventoryChange[] {
  const found = new Map<string, InventoryChange>()
  for (const { edit, message } of lint) {
    const [first, ...more] = edit?.changes ?? []
    if (!edit || !first) continue
    const key = edit.changes.map((each) => `${each.kind} ${each.name}`).join()
    if (more.length === 0) found.set(key, { kind: 'variable', change: first, why: message })
    else
      found.set(key, {
        kind: 'variables',
        changes: edit.changes,
        title: edit.title ?? first.name,
        why: message,
      })
  }
  return [...found.values()]
}

function renames({ settings, lint }: StepForInventory): readonly InventoryChange[] {
  const set = new Set(settings.settings.map(({ name }) => name))
  const found = new Map<string, InventoryChange>()
  for (const { code, key, meant, message, edit } of lint) {
    if (edit) continue
    const isRename = code === 'variable-renamed' || code === 'variable-stops-play'
    // Where the new name is set already, a person has to say which of the two values holds.
    if (!isRename || meant === undefined || !set.has(key) || set.has(meant)) continue
    found.set(key, {
      kind: 'variable',
      change: { kind: 'rename', name: key, to: meant },
      why: message,
    })
  }
  return [...found.values()]
}

function groupRenames({ lint }: StepForInventory): readonly InventoryChange[] {
  const found = new Map<string, InventoryChange>()
  for (const { code, key, meant, message } of lint) {
    if (code === 'group-renamed' && meant !== undefined)
      found.set(key, { kind: 'group', from: key, to: meant, why: message })
  }
  return [...found.values()]
}
