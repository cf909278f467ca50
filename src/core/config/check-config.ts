import { readLayoutSetting } from '../model/layout-setting.ts'
import { nearest } from '../model/nearest.ts'
import { isInside } from '../model/parent-of.ts'
import { compareReleases, minorOf } from '../model/release-tag.ts'
import { defined } from '../model/defined.ts'
import type { BrokenRule } from './broken-rule.ts'
import { checkClusters } from './check-clusters.ts'
import { addonName } from './resolve-config.ts'
import { configSchema, type FilledConfig } from './config-schema.ts'

/** What is known about the world when a config is checked; what is not known is not checked. */
export interface ConfigFacts {
  /** The fork itself, `owner/name`. */
  readonly repository?: string
  /** Upstream's release tags. */
  readonly releases?: readonly string[]
  /** Add-ons of the releases in question, without `_enabled`. */
  readonly addons?: readonly string[]
  /** Whether the repository has a folder or a file. */
  isThere?(this: void, path: string): boolean
}

/** What must hold between keys, and between a key and the world. */
export function checkConfig(config: FilledConfig, facts: ConfigFacts): readonly BrokenRule[] {
  return [
    ...RULES.flatMap((rule) => rule(config, facts)),
    ...checkClusters(config, facts.isThere),
    ...checkEach(config, facts),
  ]
}

/** What holds for a whole repository holds for what each of several clusters says for itself. */
function checkEach({ clusters = {} }: FilledConfig, facts: ConfigFacts): readonly BrokenRule[] {
  const silent = configSchema.parse({})
  return Object.entries(clusters).flatMap(([name, { folder: _, ...own }]) => {
    const kubernetes = { ...silent.kubernetes, ...defined(own.kubernetes ?? {}) }
    const alone = { ...silent, ...defined(own), kubernetes }
    const broken = RULES.flatMap((rule) => rule(alone, facts))
    return broken.map((each) => ({ ...each, path: ['clusters', name, ...each.path] }))
  })
}

type Rule = (config: FilledConfig, facts: ConfigFacts) => readonly BrokenRule[]

const RULES: readonly Rule[] = [
  upstreamIsSomebodyElse,
  branchIsNotOurs,
  inventoriesStandApart,
  minorIsReleased,
  baseIsReleased,
  baseIsNotInTheFiles,
  pinnedHasNoMaximum,
  addonsAreNamedOnce,
  addonsExist,
]

function upstreamIsSomebodyElse(
  { upstream }: FilledConfig,
  { repository }: ConfigFacts,
): readonly BrokenRule[] {
  if (!repository || upstream.toLowerCase() !== repository.toLowerCase()) return []
  const message = `\`upstream\` is this repository itself; name the one whose releases you follow, or leave it out.`
  return [{ code: 'config-own-upstream', message, path: ['upstream'], mark: 'value' }]
}

function branchIsNotOurs({ branch }: FilledConfig): readonly BrokenRule[] {
  if (!branch?.startsWith('multiarch/')) return []
  const message = `\`branch\` is \`${branch}\`, and branches under \`multiarch/\` are mine to move; keep your patches on another.`
  return [{ code: 'config-our-branch', message, path: ['branch'], mark: 'value' }]
}

function inventoriesStandApart({ inventories = [] }: FilledConfig): readonly BrokenRule[] {
  return inventories.flatMap((inner, index) => {
    const outer = inventories.find((each, at) => at !== index && isInside(inner, each))
    if (outer === undefined) return []
    const message = `\`${inner}\` stands inside \`${outer}\`, so I would edit its files twice; name one of the two.`
    return [{ code: 'config-nested-inventory', message, path: ['inventories', index], mark: 'value' }]
  })
}

function minorIsReleased({ follow }: FilledConfig, { releases }: ConfigFacts): readonly BrokenRule[] {
  if (follow === 'latest' || !releases || releases.length === 0) return []
  const minors = [...new Set([...releases].sort(compareReleases).map((tag) => `v${minorOf(tag)}`))]
  if (minors.includes(follow)) return []
  const message = `\`follow\` is \`${follow}\`, and upstream has no release of that minor; its newest is \`${minors.at(-1)}\`.`
  return [{ code: 'config-unknown-minor', message, path: ['follow'], mark: 'value' }]
}

function baseIsReleased({ base }: FilledConfig, { releases }: ConfigFacts): readonly BrokenRule[] {
  if (base === undefined || !releases || releases.length === 0 || releases.includes(base)) return []
  const meant = nearest(base, releases)
  const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`
  const message = `\`base\` is \`${base}\`, and upstream has no such release.${hint}`
  return [{ code: 'config-unknown-base', message, path: ['base'], mark: 'value' }]
}

function baseIsNotInTheFiles({ base, layout }: FilledConfig): readonly BrokenRule[] {
  const kind = layout === undefined ? undefined : readLayoutSetting(layout)?.kind
  if (base === undefined || (kind !== 'root' && kind !== 'folder' && kind !== 'submodule')) return []
  const message = `\`base\` says nothing while \`layout\` is \`${layout ?? ''}\`: Kubespray's own files tell its release; remove one of the two.`
  return [{ code: 'config-base-of-files', message, path: ['base'], mark: 'value' }]
}

function pinnedHasNoMaximum({ kubernetes }: FilledConfig): readonly BrokenRule[] {
  if (kubernetes.follow !== 'pinned' || !kubernetes.max) return []
  const message = `\`kubernetes.max\` says nothing while \`kubernetes.follow\` is \`pinned\`; remove one of the two.`
  return [{ code: 'config-pinned-maximum', message, path: ['kubernetes', 'max'], mark: 'value' }]
}

function addonsAreNamedOnce({ addons }: FilledConfig): readonly BrokenRule[] {
  return Object.keys(addons)
    .filter((name) => name !== addonName(name) && addonName(name) in addons)
    .map((name) => {
      const message = `\`${name}\` and \`${addonName(name)}\` are the same add-on; keep one of the two.`
      return { code: 'config-same-addon', message, path: ['addons', name], mark: 'key' }
    })
}

function addonsExist({ addons }: FilledConfig, { addons: known }: ConfigFacts): readonly BrokenRule[] {
  if (!known) return []
  return Object.keys(addons)
    .filter((name) => !known.includes(addonName(name)))
    .map((name) => {
      const meant = nearest(addonName(name), known)
      const hint = meant ? `did you mean \`${meant}\`?` : '`docs/addons.md` of the project has the names.'
      const message = `No release you can reach has an add-on \`${addonName(name)}\`; ${hint}`
      return { code: 'config-unknown-addon', message, path: ['addons', name], mark: 'key' }
    })
}
