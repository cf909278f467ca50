import { winning } from '../../catalogue/definitions.ts'
import { printed } from '../../catalogue/jinja/value.ts'
import { isOfSample } from '../../inventory/find-inventories.ts'
import { readArchitecture, type Architecture } from '../../model/architecture.ts'
import { enumerated } from '../../text/enumerated.ts'
import type { Audited } from '../audited.ts'
import { type Finding } from '../finding.ts'
import { codeSpan } from '../../model/code-span.ts'

/** Where releases say on which architectures network plugins work: since v2.10, moved in v2.25. */
export const ARCHITECTURE_DOCS = ['docs/advanced/arch.md', 'docs/arch.md'] as const

/** Which architectures a plugin's project builds for at all; a plugin that is not named here is not judged by this. */
const BUILT_FOR: Readonly<Record<string, readonly Architecture[]>> = {
  // Calico's releases have no 32-bit ARM; Kubespray's own map of calicoctl says 0 for arm.
  calico: ['amd64', 'arm64', 'ppc64le', 's390x'],
  // Calico for policies, flannel for the network.
  canal: ['amd64', 'arm64', 'ppc64le', 's390x'],
  cilium: ['amd64', 'arm64'],
  contiv: ['amd64'],
  ovn4nfv: ['amd64'],
}

/** Whether the network plugin runs on each architecture of the cluster, and in a mix of them. */
export function auditNetworkPlugin(source: Audited): readonly Finding[] {
  const plugin = networkPluginOf(source)
  if (plugin === undefined) return []
  return [...notBuiltFor(plugin, source), ...saidOtherwise(plugin, source)]
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

function notBuiltFor(plugin: string, source: Audited): readonly Finding[] {
  const built = BUILT_FOR[plugin]
  const lacking = built ? source.architectures.filter((each) => !built.includes(each)) : []
  if (!built || lacking.length === 0) return []
  const place = placeOf(source)
  const isOwn = source.settings !== undefined && !isOfSample(place.file)
  const whose = isOwn
    ? ''
    : ' That is upstream’s sample; your own inventory, which is not here, may name another.'
  return [
    {
      code: 'network-plugin-architecture',
      severity: isOwn ? 'error' : 'warning',
      ...place,
      subject: plugin,
      architectures: lacking,
      message: `The network plugin \`${plugin}\` is built for ${enumerated(built)} and not for ${enumerated(lacking)}: those nodes would have no network. Flannel has images for every architecture.${whose}`,
    },
  ]
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

/** Everything is downloaded once and pushed to all, whatever they are; true in all releases to v2.31 (`download_file.yml`). */
export function auditDownloadCache(source: Audited): readonly Finding[] {
  if (source.architectures.length < 2) return []
  return ['download_run_once', 'download_force_cache'].flatMap((name): readonly Finding[] => {
    const definition = winning(source.definitions, name)
    if (!definition || !/^(?:true|yes|on|1)$/i.test(printed(definition.value))) return []
    return [
      {
        code: 'download-cache-mix',
        severity: 'error',
        file: definition.path,
        line: definition.line,
        subject: name,
        architectures: source.architectures.filter((each) => each !== readArchitecture('amd64')),
        message: `\`${name}\` downloads everything once, for the architecture of the first node, and pushes it to all others. In a mix of ${enumerated(source.architectures)} it has to be off.`,
      },
    ]
  })
}
