import { winning } from '../../catalogue/definitions.ts'
import { downloadEntries, renderEntry } from '../../catalogue/download-entries.ts'
import { networkPlugins } from '../../catalogue/network-plugins.ts'
import { isOfSample } from '../../inventory/find-inventories.ts'
import type { Architecture } from '../../model/architecture.ts'
import type { ImageAnswers } from '../../model/image-name.ts'
import type { PlainMap } from '../../yaml/values/plain-value.ts'
import type { Audited } from '../audited.ts'
import type { Container } from '../container.ts'
import { imageOf } from '../download-state.ts'
import { type Finding, type Found } from '../finding.ts'
import { buildsOf, runsOn } from '../known/builds-of.ts'
import { KNOWN_IMAGES } from '../known/known-images.ts'
import { codeSpan } from '../../model/code-span.ts'

/** Where releases say on which architectures network plugins work: since v2.10, moved in v2.25. */
export const ARCHITECTURE_DOCS = ['docs/advanced/arch.md', 'docs/arch.md'] as const

/** Whether the network plugin runs on each architecture of the cluster, and in a mix of them. */
export function auditNetworkPlugin(source: Audited, answers: ImageAnswers = new Map()): readonly Found[] {
  const plugin = networkPluginOf(source)
  if (plugin === undefined) return []
  const lacking = notBuiltFor(plugin, source, answers)
  const told = new Set(lacking.flatMap(({ architectures }) => architectures))
  // What the images are known to lack says more than that the release does not promise it.
  return [...lacking, ...(told.has('arm64') ? [] : saidOtherwise(plugin, source))]
}

/** The plugin the cluster runs: the inventory's, else the release's default. */
export function networkPluginOf(source: Audited): string | undefined {
  const value = source.variables.value('kube_network_plugin', {})
  return typeof value === 'string' ? value : undefined
}

function placeOf(source: Audited): Pick<Finding, 'file' | 'line'> {
  const definition = winning(source.definitions, 'kube_network_plugin')
  return { file: definition?.path ?? '', line: definition?.line ?? 1 }
}

/** One finding for each reason: architectures that lack the same image for the same cause are told together. */
function notBuiltFor(plugin: string, source: Audited, answers: ImageAnswers): readonly Found[] {
  const groups = new Map<string, { readonly on: Architecture[]; readonly lack: Lack }>()
  for (const architecture of source.architectures) {
    const lack = lackOn(plugin, { source, architecture, answers })
    if (!lack) continue
    const key = JSON.stringify(lack)
    const group = groups.get(key) ?? { on: [], lack }
    group.on.push(architecture)
    groups.set(key, group)
  }
  const place = placeOf(source)
  const isOwn = source.settings !== undefined && !isOfSample(place.file)
  return [...groups.values()].map(({ on, lack }) => ({
    code: 'network-plugin-architecture',
    severity: isOwn ? 'error' : 'warning',
    ...place,
    subject: plugin,
    architectures: on,
    facts: {
      kind: 'plugin-not-built',
      plugin,
      on,
      ...lack,
      ...otherPlugins(plugin, source),
      all: source.architectures,
      isOwn,
    },
  }))
}

interface Lack {
  /** Absent where the tree does not say from which image the plugin runs. */
  readonly image?: string
  readonly why: string
  readonly references: readonly string[]
}

/** What an architecture lacks of a plugin; an image that nothing is known of lacks nothing. */
function lackOn(
  plugin: string,
  { source, architecture, answers }: On & { readonly answers: ImageAnswers },
): Lack | undefined {
  const containers = imagesOf(plugin, source)
  if (containers.length === 0) return lackWithoutImage(plugin, architecture)
  for (const container of containers) {
    const image = imageOf(container, source, architecture)
    const found = image === undefined ? undefined : buildsOf(image)
    // One that a recipe mends is told with its image; and what its registry says counts more than what is known.
    if (image === undefined || !found || found.known.fix || answers.get(image)?.kind === 'found') continue
    const builds = found.builds ?? found.known.builds.at(-1)
    if (builds && runsOn(image, architecture) === 'no')
      return { image, why: builds.why, references: builds.references }
  }
  return undefined
}

function lackWithoutImage(plugin: string, architecture: Architecture): Lack | undefined {
  const newest = KNOWN_IMAGES.find(({ plugins }) => plugins?.includes(plugin))?.builds.at(-1)
  if (!newest?.lacks.includes(architecture)) return undefined
  return { why: newest.why, references: newest.references }
}

interface On {
  readonly source: Audited
  readonly architecture: Architecture
}

/** The images that a release runs a plugin from, whichever the cluster runs. */
function imagesOf(plugin: string, { variables, definitions }: Audited): readonly Container[] {
  const key = plugin.replaceAll('-', '_')
  const inputs = { architecture: 'amd64', kube_network_plugin: plugin }
  return [...downloadEntries(definitions)].flatMap(([name, raw]) => {
    if (!(raw instanceof Map) || !(raw as PlainMap).has('repo')) return []
    const isNamed = name === key || name.startsWith(`${key}_`)
    if (!isNamed && !isKnownFor(plugin, name)) return []
    const { enabled, file } = renderEntry(variables, [name, raw], inputs)
    return enabled && !file ? [{ name, fields: raw as PlainMap }] : []
  })
}

/** Canal runs Calico's node beside flannel, so not every image has its plugin's name. */
function isKnownFor(plugin: string, component: string): boolean {
  return plugin === 'canal' && /^(?:calico_node|calico_cni|flannel)$/.test(component)
}

/** The other plugins of this release with images for all architectures of the cluster, and those that a recipe gives them to. */
function otherPlugins(
  plugin: string,
  source: Audited,
): { readonly instead: readonly string[]; readonly afterFix: readonly string[] } {
  const { allowed, roles } = networkPlugins(source.files, source.definitions)
  const others = (allowed.length > 0 ? allowed : roles).filter((each) => each !== plugin)
  const runs = (other: string, how: (image: string, on: Architecture) => boolean): boolean => {
    const main = imagesOf(other, source).filter((container) => {
      const known = buildsOf(imageOf(container, source, 'amd64') ?? '')?.known
      return known?.plugins?.includes(other)
    })
    return (
      main.length > 0 &&
      !isDenied(other, source) &&
      source.architectures.every((on) => main.every((each) => how(imageOf(each, source, on) ?? '', on)))
    )
  }
  const instead = others.filter((other) => runs(other, (image, on) => runsOn(image, on) === 'yes'))
  const isMendable = (image: string, on: Architecture): boolean => {
    const known = buildsOf(image)?.known
    return runsOn(image, on) === 'yes' || (known?.fix !== undefined && known.suffixed?.includes(on) === true)
  }
  // The recipe is for the plugin of that name, and not for what runs its image beside another.
  const afterFix = others.filter(
    (other) => other === 'flannel' && !instead.includes(other) && runs(other, isMendable),
  )
  return { instead, afterFix }
}

/** Whether the release's own table says no. */
function isDenied(plugin: string, source: Audited): boolean {
  return saidOtherwise(plugin, source).some(({ severity }) => severity !== 'notice')
}

/** What the release's own table says, where it says no. It is stale for some plugins, so it is a warning, and not for what the tree proves. */
function saidOtherwise(plugin: string, source: Audited): readonly Finding[] {
  for (const path of ARCHITECTURE_DOCS) {
    const row = rowOf(source.text(path) ?? '', plugin)
    if (!row) continue
    const arm64 = source.architectures.includes('arm64')
    const mixed = source.architectures.length > 1
    if (arm64 && row.arm64 === false)
      return [saidNo(plugin, source, { path, what: 'arm64', code: 'network-plugin-architecture' })]
    if (arm64 && mixed && row.mixed === false)
      return [saidNo(plugin, source, { path, what: 'a mix of architectures', code: 'network-plugin-mix' })]
    return []
  }
  return []
}

function saidNo(
  plugin: string,
  source: Audited,
  { path, what, code }: { path: string; what: string; code: Finding['code'] },
): Finding {
  const loops = hasLoopOverArchitectures(plugin, source)
  const proof = loops
    ? ` Its manifest has one DaemonSet for each architecture, though, so it may well work.`
    : ' Try it on one node first, or take Calico, which this table promises everywhere.'
  return {
    code,
    severity: loops ? 'notice' : 'warning',
    ...placeOf(source),
    subject: plugin,
    architectures: ['arm64'],
    message: `Upstream's own table (${codeSpan(path)}) does not promise that \`${plugin}\` works on ${what}.${proof}`,
  }
}

function hasLoopOverArchitectures(plugin: string, source: Audited): boolean {
  const folder = `roles/network_plugin/${plugin}/templates/`
  return [...source.tree.keys()].some(
    (path) => path.startsWith(folder) && /\{%-? for arch in /.test(source.text(path) ?? ''),
  )
}

interface Row {
  readonly arm64: boolean | undefined
  readonly mixed: boolean | undefined
}

/** A row of the table: plugin, amd64, arm64, both in one cluster. */
function rowOf(text: string, plugin: string): Row | undefined {
  for (const line of text.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim())
    if (cells[1]?.toLowerCase() !== plugin.toLowerCase()) continue
    const says = (cell: string | undefined): boolean | undefined => (cell ? /^y/i.test(cell) : undefined)
    return { arm64: says(cells[3]), mixed: says(cells[4]) }
  }
  return undefined
}
